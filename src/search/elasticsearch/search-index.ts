import type { estypes } from '@elastic/elasticsearch';

import type { Breaker } from '../../platform/breaker.ts';
import { QueryRefused } from '../search-engine.ts';
import { hasStatus, type ElasticsearchClient } from './client.ts';
import { MAPPING_VERSION } from './mapping.ts';

/** The documents of a search, and how long an answer may take. */
export interface SearchIndex {
  client: ElasticsearchClient;
  /** Name or alias. */
  name: string;
  timeoutMs: number;
  /** Counts each request that fails or is too slow, once, however many viewers share its answer. */
  breaker: Pick<Breaker, 'run'>;
}

/** The alias that searches of a version use: an index of another mapping may lack what it asks for (decision 0056). */
export const aliasOf = (indexPrefix: string, mapping = MAPPING_VERSION): string =>
  `${indexPrefix}events-m${mapping}`;

/**
 * Search the documents. Rejects unless all shards answer in time: part of an answer would be a wrong one, and Postgres has the whole.
 * The server gives up at the same time, so that searches which no client waits for do not pile up.
 */
export async function searchIndex<Source>(
  { client, name, timeoutMs, breaker }: SearchIndex,
  body: estypes.SearchRequest,
): Promise<estypes.SearchResponse<Source>> {
  return runIn(breaker, async () => {
    const response = await client
      .search<Source>(
        { index: name, timeout: `${timeoutMs}ms`, allow_partial_search_results: false, ...body },
        { signal: AbortSignal.timeout(timeoutMs) },
      )
      .catch((error: unknown) => {
        if (hasStatus(error, 400)) throw new QueryRefused(typeOf(error), error.message, { cause: error });
        throw error;
      });
    requireComplete(response);
    return response;
  });
}

/** Run several searches in one request, in the order of their results. */
export async function searchIndexEach(
  { client, name, timeoutMs, breaker }: SearchIndex,
  bodies: readonly estypes.SearchSearchRequestBody[],
): Promise<estypes.MsearchMultiSearchItem[]> {
  return runIn(breaker, async () => {
    const { responses } = await client.msearch(
      {
        searches: bodies.flatMap((body) => [
          { index: name, allow_partial_search_results: false },
          { timeout: `${timeoutMs}ms`, ...body },
        ]),
      },
      { signal: AbortSignal.timeout(timeoutMs) },
    );
    return responses.map((response) => {
      if ('error' in response) {
        const message = `search failed: ${response.error.reason ?? response.error.type}`;
        throw response.status === 400 ? new QueryRefused(response.error.type, message) : new Error(message);
      }
      requireComplete(response);
      return response;
    });
  });
}

/** Run a request in the breaker; a query that Elasticsearch refuses is an answer to it. */
async function runIn<T>(breaker: SearchIndex['breaker'], request: () => Promise<T>): Promise<T> {
  const answer = await breaker.run(() =>
    request().then(
      (result) => ({ result }),
      (error: unknown) => {
        if (error instanceof QueryRefused) return error;
        throw error;
      },
    ),
  );
  if ('result' in answer) return answer.result;
  throw answer;
}

/** Type of the first cause, as `query_shard_exception`. */
function typeOf(error: Error & { body?: unknown }): string {
  const { error: cause } = (error.body ?? {}) as { error?: estypes.ErrorCause };
  return cause?.root_cause?.[0]?.type ?? cause?.type ?? 'unknown';
}

function requireComplete({ timed_out: isTimedOut }: { timed_out: boolean }): void {
  if (isTimedOut) throw new Error('search timed out on the server');
}
