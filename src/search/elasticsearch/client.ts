import { Client } from '@elastic/elasticsearch';

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
export function openElasticsearchClient(url: string): ElasticsearchClient {
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
