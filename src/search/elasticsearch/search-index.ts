import type { estypes } from '@elastic/elasticsearch';

import { QueryRefused } from '../search-engine.ts';
import { hasStatus, type ElasticsearchClient } from './client.ts';

/** The documents of a search, and how long an answer may take. */
export interface SearchIndex {
  client: ElasticsearchClient;
  /** Name or alias. */
  name: string;
  timeoutMs: number;
}

/** The alias that searches use. */
export const aliasOf = (indexPrefix: string): string => `${indexPrefix}events`;

/**
 * Search the documents. Rejects unless all shards answer in time: part of an answer would be a wrong one, and Postgres has the whole.
 * The server gives up at the same time, so that searches which no client waits for do not pile up.
 */
export async function searchIndex<Source>(
  { client, name, timeoutMs }: SearchIndex,
  body: estypes.SearchRequest,
): Promise<estypes.SearchResponse<Source>> {
  const response = await client
    .search<Source>(
      { index: name, timeout: `${timeoutMs}ms`, allow_partial_search_results: false, ...body },
      { signal: AbortSignal.timeout(timeoutMs) },
    )
    .catch((error: unknown) => {
      if (hasStatus(error, 400)) throw new QueryRefused(error.message, { cause: error });
      throw error;
    });
  requireComplete(response);
  return response;
}

/** Run several searches in one request, in the order of their results. */
export async function searchIndexEach(
  { client, name, timeoutMs }: SearchIndex,
  bodies: readonly estypes.SearchSearchRequestBody[],
): Promise<estypes.MsearchMultiSearchItem[]> {
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
      throw response.status === 400 ? new QueryRefused(message) : new Error(message);
    }
    requireComplete(response);
    return response;
  });
}

function requireComplete({ timed_out: isTimedOut }: { timed_out: boolean }): void {
  if (isTimedOut) throw new Error('search timed out on the server');
}
