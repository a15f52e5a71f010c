import type { BrowseEngine, EventQuery, FacetCount, FacetName } from '../search-engine.ts';
import type { TextMatch } from '../text-match.ts';

/** Prices in major units, inclusive as in the filter: a price at the end of one is counted in the next, too. */
export const PRICE_BANDS = [
  { min: 0, max: 0 },
  { min: 1, max: 20 },
  { min: 20, max: 50 },
  { min: 50, max: 100 },
  { min: 100, max: 200 },
  { min: 200, max: null },
] as const satisfies readonly { min: number; max: number | null }[];

/** The filters that a facet leaves out, so that it shows what may be chosen in place of them, or beside them. */
const OWN_FILTERS: Readonly<Record<FacetName, Partial<EventQuery>>> = {
  categories: { categories: null },
  genres: { genres: null },
  cities: { cities: null },
  countries: { country: null },
  venues: { venueId: null },
  months: { from: null, before: null, days: null },
  prices: { price: null },
  availability: { onSale: false, available: false, accessible: false },
};

/**
 * Count the Events that meet the query and a condition of its term by facets. Those whose own filter is not given share one
 * count, and each of the others has its own.
 */
export async function countFacets(
  engine: Pick<BrowseEngine, 'countFacets'>,
  query: EventQuery,
  match: TextMatch | null,
  facets: readonly FacetName[],
): Promise<FacetCount[]> {
  const [filtered, others] = [
    facets.filter((facet) => isFilteredBy(query, facet)),
    facets.filter((facet) => !isFilteredBy(query, facet)),
  ];
  const counts = await Promise.all([
    ...(others.length > 0 ? [engine.countFacets(query, match, others)] : []),
    ...filtered.map((facet) => engine.countFacets({ ...query, ...OWN_FILTERS[facet] }, match, [facet])),
  ]);
  return counts.flat();
}

const isFilteredBy = (query: EventQuery, facet: FacetName): boolean =>
  Object.entries(OWN_FILTERS[facet]).some(([name, none]) => query[name as keyof EventQuery] !== none);
