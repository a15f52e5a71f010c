import type { Platform } from '../platform/index.ts';
import { SharedCache } from '../platform/redis/shared-cache.ts';
import { cacheBrowse, cacheEngine } from './cached-engine.ts';
import { openElasticsearchClient } from './elasticsearch/client.ts';
import { openElasticsearchEngine } from './elasticsearch/elasticsearch-engine.ts';
import { aliasOf } from './elasticsearch/search-index.ts';
import { openPostgresBrowse, openPostgresSearch } from './postgres/postgres-engine.ts';
import type { BrowseEngine, SearchEngine } from './search-engine.ts';
import { onlyEngine, withFallback, type SearchEngines } from './search-engines.ts';

export interface ElasticsearchLocation {
  url: string;
  indexPrefix: string;
}

interface EngineCaches {
  search: (engine: SearchEngine) => SearchEngine;
  browse: (engine: BrowseEngine) => BrowseEngine;
}

/** For one request; all requests of a search together have less. */
const REQUEST_TIMEOUT_MS = 500;

/** Of the cache: some 50 lists of 100 hits and their counts in a second, or ten times as many first pages. */
const MAX_CACHE_BYTES = 8_388_608;
/** In front of Redis, and on top of the time that an answer spent there. */
const PROCESS_CACHE_MS = 1_000;

/** Open Elasticsearch with Postgres behind it or, without a location, Postgres alone. */
export async function openSearchEngines(
  { db, redis, log, metrics }: Pick<Platform, 'db' | 'redis' | 'log' | 'metrics'>,
  location: ElasticsearchLocation | null,
  cacheSeconds: number,
): Promise<SearchEngines & AsyncDisposable> {
  const { search, browse } = cachesOf({ redis, metrics }, cacheSeconds);
  const database = openPostgresSearch(db);
  const postgres = search(database);
  const browsing = browse(openPostgresBrowse(db));
  if (location === null) return { ...onlyEngine(postgres, browsing), [Symbol.asyncDispose]: async () => {} };
  const client = await openElasticsearchClient(location.url);
  const index = { client, name: aliasOf(location.indexPrefix), timeoutMs: REQUEST_TIMEOUT_MS };
  return {
    ...withFallback(
      search(openElasticsearchEngine(index, (clauses) => database.findCorrections(clauses))),
      postgres,
      {
        log,
        metrics,
      },
    ),
    browse: browsing,
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** Puts one cache in front of all engines of a process; 0 seconds: none. */
function cachesOf(
  { redis, metrics }: Pick<Platform, 'redis' | 'metrics'>,
  cacheSeconds: number,
): EngineCaches {
  if (cacheSeconds === 0) return { search: (engine) => engine, browse: (engine) => engine };
  const cache = new SharedCache(redis, {
    feature: 'search-cache',
    sharedMs: cacheSeconds * 1_000,
    processMs: PROCESS_CACHE_MS,
    maxBytes: MAX_CACHE_BYTES,
    onResult: (result) => metrics.searchCache.inc({ result }),
  });
  return { search: (engine) => cacheEngine(engine, cache), browse: (engine) => cacheBrowse(engine, cache) };
}
