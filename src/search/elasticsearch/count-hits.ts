import type { estypes } from '@elastic/elasticsearch';

import { periodBegin } from '../local-days.ts';
import type { EventQuery } from '../search-engine.ts';
import { MAX_TOTAL_COUNT } from '../search-limits.ts';
import type { TextMatch } from '../text-match.ts';
import { endsAfter, filtersOf } from './filters.ts';
import { searchIndex, searchIndexEach, type SearchIndex } from './search-index.ts';
import { queryOf } from './text-queries.ts';

/** Events that meet the filters and this condition, up to `MAX_TOTAL_COUNT`. */
export async function countHits(
  index: SearchIndex,
  query: EventQuery,
  match: TextMatch | null,
): Promise<number> {
  const filter = filtersOf(query, new Date());
  if (match !== null) filter.push(queryOf(match));
  const { hits } = await searchIndex(index, countOf(filter, MAX_TOTAL_COUNT));
  return totalOf(hits.total, MAX_TOTAL_COUNT);
}

/** For each condition the Events that meet it in the period; counting stops behind `most`. */
export async function countEach(
  index: SearchIndex,
  period: Pick<EventQuery, 'from' | 'days'>,
  matches: readonly TextMatch[],
  most: number,
): Promise<number[]> {
  if (matches.length === 0) return [];
  const current = endsAfter(periodBegin(period), new Date());
  const results = await searchIndexEach(
    index,
    matches.map((match) => countOf([current, queryOf(match)], most)),
  );
  return results.map(({ hits }) => totalOf(hits.total, most));
}

const countOf = (filter: estypes.QueryDslQueryContainer[], most: number) => ({
  query: { bool: { filter } },
  size: 0,
  track_total_hits: most,
});

/** `total` may be a little above `most`, as counting stops between two blocks. */
const totalOf = (total: estypes.SearchHitsMetadata['total'], most: number): number =>
  Math.min(typeof total === 'object' ? total.value : (total ?? 0), most);
