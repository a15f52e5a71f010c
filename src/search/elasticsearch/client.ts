import type { Client } from '@elastic/elasticsearch';

/** Per process; further requests queue, within their timeout. */
const MAX_CONNECTIONS = 20;
/** For requests that state no timeout of their own. */
const DEFAULT_TIMEOUT_MS = 10_000;
/** An answer of 100 hits has 50 kB; one without a bound would fill the memory. */
const MAX_RESPONSE_BYTES = 50_000_000;

/** A client of Elasticsearch; disposing closes its connections. */
export type ElasticsearchClient = Client & AsyncDisposable;

/**
 * Open a client; connects with the first request. User and password may be part of the URL. It neither retries nor looks for other
 * nodes: callers know what to do without an answer, and an address behind a proxy or in a container is not that of a node.
 */
export async function openElasticsearchClient(url: string): Promise<ElasticsearchClient> {
  // takes 0.3 s and 43 MB, which processes without an index do not spend
  const { Client } = await import('@elastic/elasticsearch');
  const client = new Client({
    node: url,
    maxRetries: 0,
    requestTimeout: DEFAULT_TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    agent: { connections: MAX_CONNECTIONS },
    compression: false, // a query has some kB
    enableMetaHeader: false,
  });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

/** An error of the client that carries an answer of Elasticsearch with one of these HTTP statuses. */
export function hasStatus<Status extends number>(
  error: unknown,
  ...statuses: Status[]
): error is Error & { statusCode: Status } {
  if (!(error instanceof Error && error.name === 'ResponseError' && 'statusCode' in error)) return false;
  return statuses.some((status) => status === error.statusCode);
}
