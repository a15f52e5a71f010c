import type { SearchEngine } from '../search-engine.ts';
import { countEach, countHits } from './count-hits.ts';
import { findHits } from './find-hits.ts';
import type { SearchIndex } from './search-index.ts';

/**
 * Search engine on Elasticsearch, with corrections from the vocabulary of the database: so the same words are corrected to the same
 * whichever engine answers. Rejects if it does not answer in time.
 */
export function openElasticsearchEngine(
  index: SearchIndex,
  findCorrections: SearchEngine['findCorrections'],
): SearchEngine {
  return {
    name: 'elasticsearch',
    findHits: (query, plan, limit, after) => findHits(index, query, plan, limit, after),
    countHits: (query, match) => countHits(index, query, match),
    countEach: (query, matches, most) => countEach(index, query, matches, most),
    findCorrections,
  };
}
