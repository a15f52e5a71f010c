import type { estypes } from '@elastic/elasticsearch';

import type { EventQuery, SearchPosition, StagePlan } from '../search-engine.ts';

/** Behind every price; as in Postgres. */
const NO_PRICE = 1e300;

/** Sort order of the hits of a stage: its key, then start, then id, so that the order is total. */
export function sortOf({ sort }: StagePlan, { near }: EventQuery): estypes.SortCombinations[] {
  const byStart: estypes.SortCombinations[] = [{ startsAt: 'asc' }, { id: 'asc' }];
  switch (sort) {
    case 'RELEVANCE':
      return [{ _score: { order: 'desc' } }, ...byStart];
    case 'DATE':
      return byStart;
    case 'DISTANCE': {
      const { latitude: lat, longitude: lon } = near!;
      return [{ _geo_distance: { location: { lat, lon }, unit: 'm', order: 'asc' } }, ...byStart];
    }
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
  if (sort === 'DATE') return { search_after: [startsAt, id] };
  return { search_after: [sort === 'RELEVANCE' ? -key : key, startsAt, id] };
}

/** The position of a hit, from its values in that order. */
export function positionOf(
  { sort }: StagePlan,
  values: estypes.SortResults,
): Pick<SearchPosition, 'key' | 'startsAt' | 'id'> {
  const [startsAt, id] = values.slice(-2) as [number, string];
  const key = sort === 'DATE' ? 0 : (values[0] as number);
  return { key: sort === 'RELEVANCE' ? -key : key, startsAt, id };
}
