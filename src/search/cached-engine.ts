import type { SharedCache } from '../platform/redis/shared-cache.ts';
import type { BrowseEngine, SearchEngine } from './search-engine.ts';

/**
 * An engine whose answers come from a cache for some seconds: first pages, counts and corrections. Queries are normalised, so that
 * case, accents and spaces make no difference. Few viewers share a later page: it is not cached.
 * `maxWaitMs`: for what another process is computing.
 */
export function cacheEngine(engine: SearchEngine, cache: SharedCache, maxWaitMs?: number): SearchEngine {
  const read = <T>(method: string, args: readonly unknown[], compute: () => Promise<T>): Promise<T> =>
    cache.read(JSON.stringify([engine.name, method, ...args]), compute, maxWaitMs);
  return {
    name: engine.name,
    uncached: engine,
    findHits: (query, plan, limit, after) =>
      after === null
        ? read('hits', [query, plan, limit], () => engine.findHits(query, plan, limit, after))
        : engine.findHits(query, plan, limit, after),
    countHits: (query, match) => read('count', [query, match], () => engine.countHits(query, match)),
    countEach: (query, matches, most) => {
      const { term, from, days } = query;
      return read('count each', [term, from, days, matches, most], () =>
        engine.countEach(query, matches, most),
      );
    },
    async findCorrections(clauses) {
      const entries = await read('corrections', [clauses], async () => [
        ...(await engine.findCorrections(clauses)),
      ]);
      return new Map(entries);
    },
  };
}

/** The same for facets and suggestions. */
export const cacheBrowse = (engine: BrowseEngine, cache: SharedCache): BrowseEngine => ({
  uncached: engine,
  countFacets: (query, match, facets) =>
    cache.read(JSON.stringify(['facets', query, match, facets]), () =>
      engine.countFacets(query, match, facets),
    ),
  suggest: (query) => cache.read(JSON.stringify(['suggest', query]), () => engine.suggest(query)),
});
