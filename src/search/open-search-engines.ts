import type { Platform } from '../platform/index.ts';
import { SharedCache } from '../platform/redis/shared-cache.ts';
import { cacheBrowse, cacheEngine } from './cached-engine.ts';
import { openElasticsearchClient } from './elasticsearch/client.ts';
import { openElasticsearchEngine } from './elasticsearch/elasticsearch-engine.ts';
import { openElasticsearchBreaker } from './elasticsearch/open-breaker.ts';
import { aliasOf, type SearchIndex } from './elasticsearch/search-index.ts';
import { MAX_WARM_UP_MS, warmUp } from './elasticsearch/warm-up.ts';
import { openPostgresBrowse, openPostgresSearch } from './postgres/postgres-engine.ts';
import type { BrowseEngine, SearchEngine } from './search-engine.ts';
import { onlyEngine, withFallback, type SearchEngines } from './search-engines.ts';

export interface ElasticsearchLocation {
  url: string;
  indexPrefix: string;
}

interface EngineCaches {
  search: (engine: SearchEngine, maxWaitMs?: number) => SearchEngine;
  browse: (engine: BrowseEngine) => BrowseEngine;
}

/** For one request; less than a search has, so that the breaker counts it before the search goes to Postgres. */
const REQUEST_TIMEOUT_MS = 400;

/** For an answer that another process is computing: what a search has left beside a request that is too slow. */
const MAX_CLAIM_WAIT_MS = 100;

/** Of the cache: some 50 lists of 100 hits and their counts in a second, or ten times as many first pages. */
const MAX_CACHE_BYTES = 8_388_608;
/** In front of Redis, and on top of the time that an answer spent there. */
const PROCESS_CACHE_MS = 1_000;

/**
 * Open Elasticsearch with Postgres behind it or, without a location, Postgres alone. Warms Elasticsearch up first, for at most
 * `MAX_WARM_UP_MS`.
 */
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
  await using opening = new AsyncDisposableStack();
  const client = opening.use(await openElasticsearchClient(location.url));
  const breaker = openElasticsearchBreaker({ log, metrics });
  const engineOf = (index: Pick<SearchIndex, 'timeoutMs' | 'breaker'>): SearchEngine =>
    openElasticsearchEngine({ client, name: aliasOf(location.indexPrefix), ...index }, (clauses) =>
      database.findCorrections(clauses),
    );
  // without a breaker: slow searches of the warm-up are no failures
  const cold = engineOf({ timeoutMs: MAX_WARM_UP_MS, breaker: { run: (work) => work() } });
  await warmUp(cold, openPostgresBrowse(db), { log });
  const warm = engineOf({ timeoutMs: REQUEST_TIMEOUT_MS, breaker });
  const owned = opening.move();
  return {
    ...withFallback(search(warm, MAX_CLAIM_WAIT_MS), postgres, { log, metrics }),
    browse: browsing,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
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
  return {
    search: (engine, maxWaitMs) => cacheEngine(engine, cache, maxWaitMs),
    browse: (engine) => cacheBrowse(engine, cache),
  };
}
