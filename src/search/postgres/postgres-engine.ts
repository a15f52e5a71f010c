import type { Db } from '../../platform/db/pool.ts';
import type { BrowseEngine, SearchEngine } from '../search-engine.ts';
import { findSuggestions } from '../suggest/find-suggestions.ts';
import { countFacets } from './count-facets.ts';
import { countEach, countHits } from './count-hits.ts';
import { findHits } from './find-hits.ts';
import { findCorrections } from './misspellings.ts';

/** Search engine on Postgres: full text, plus corrections of misspelt words. Needs no other service. */
export function openPostgresSearch(db: Db): SearchEngine {
  return {
    name: 'postgres',
    findHits: (query, plan, limit, after) => findHits(db, query, plan, limit, after),
    countHits: (query, match) => countHits(db, query, match),
    countEach: (query, matches, most) => countEach(db, query, matches, most),
    findCorrections: (clauses) => findCorrections(db, clauses),
  };
}

/** Counts and suggestions from Postgres. */
export function openPostgresBrowse(db: Db): BrowseEngine {
  return {
    countFacets: (query, match, facets) => countFacets(db, query, match, facets),
    suggest: (query) => findSuggestions(db, query),
  };
}
