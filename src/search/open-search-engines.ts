import type { Platform } from '../platform/index.ts';
import { openElasticsearchClient } from './elasticsearch/client.ts';
import { openElasticsearchEngine } from './elasticsearch/elasticsearch-engine.ts';
import { aliasOf } from './elasticsearch/search-index.ts';
import { openPostgresBrowse, openPostgresSearch } from './postgres/postgres-engine.ts';
import { onlyEngine, withFallback, type SearchEngines } from './search-engines.ts';

export interface ElasticsearchLocation {
  url: string;
  indexPrefix: string;
}

/** For one request; all requests of a search together have less. */
const REQUEST_TIMEOUT_MS = 500;

/** Open Elasticsearch with Postgres behind it or, without a location, Postgres alone. */
export function openSearchEngines(
  { db, log, metrics }: Pick<Platform, 'db' | 'log' | 'metrics'>,
  location: ElasticsearchLocation | null,
): SearchEngines & AsyncDisposable {
  const postgres = openPostgresSearch(db);
  const browse = openPostgresBrowse(db);
  if (location === null) return { ...onlyEngine(postgres, browse), [Symbol.asyncDispose]: async () => {} };
  const client = openElasticsearchClient(location.url);
  const index = { client, name: aliasOf(location.indexPrefix), timeoutMs: REQUEST_TIMEOUT_MS };
  return {
    ...withFallback(openElasticsearchEngine(index), postgres, { log, metrics }),
    browse,
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}
