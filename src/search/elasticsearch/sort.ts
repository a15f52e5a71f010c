import type { estypes } from '@elastic/elasticsearch';

import type { SearchPosition, StagePlan } from '../search-engine.ts';
import { NEAREST } from './nearness.ts';

/** Behind every price; as in Postgres. */
const NO_PRICE = 1e300;

/** Sort order of the hits of a stage: its key, then start, then id, so that the order is total. */
export function sortOf({ sort }: StagePlan): estypes.SortCombinations[] {
  const byStart: estypes.SortCombinations[] = [{ startsAt: 'asc' }, { id: 'asc' }];
  switch (sort) {
    case 'RELEVANCE':
    case 'DISTANCE':
      return [{ _score: { order: 'desc' } }, ...byStart];
    case 'DATE':
      return byStart;
    case 'PRICE':
      return [{ lowestMajorPrice: { order: 'asc', missing: NO_PRICE } }, ...byStart];
  }
}

/** The position as values of that order. */
export function searchAfter(
  { sort }: StagePlan,
  after: SearchPosition | null,
): Pick<estypes.SearchRequest, 'search_after'> {
  if (after === null) return {};
  const { key, startsAt, id } = after;
  return { search_after: [...(sort === 'DATE' ? [] : [valueOf(sort, key)]), startsAt, id] };
}

/** The position of a hit, from its values in that order. */
export function positionOf(
  { sort }: StagePlan,
  values: estypes.SortResults,
): Pick<SearchPosition, 'key' | 'startsAt' | 'id'> {
  const [startsAt, id] = values.slice(-2) as [number, string];
  return { key: sort === 'DATE' ? 0 : valueOf(sort, values[0] as number), startsAt, id };
}

/** The value of a key, and the key of a value. */
function valueOf(sort: Exclude<StagePlan['sort'], 'DATE'>, key: number): number {
  if (sort === 'RELEVANCE') return -key;
  return sort === 'DISTANCE' ? NEAREST - key : key;
}
