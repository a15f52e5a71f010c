import type { BrowseEngine, EventQuery, FacetCount, FacetName, LocalDays } from '../search-engine.ts';
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

/**
 * The filters that a facet leaves out, so that it shows what may be chosen in place of them, or beside them. A filter of the input
 * replaces a place or a price of the term; days of the term have to be met whatever month is chosen.
 */
const ownFilters = (termDays: LocalDays | null): Readonly<Record<FacetName, Partial<EventQuery>>> => ({
  categories: { categories: null },
  genres: { genres: null },
  cities: { cities: null },
  countries: { country: null },
  venues: { venueId: null },
  months: { from: null, before: null, days: termDays },
  prices: { price: null },
  availability: { onSale: false, available: false, accessible: false },
});

/**
 * Count the Events that meet the query and a condition of its term by facets. Those whose own filter is not given share one
 * count, and each of the others has its own. `termDays`: of the days of the query those that its term says.
 */
export async function countFacets(
  engine: Pick<BrowseEngine, 'countFacets'>,
  query: EventQuery,
  match: TextMatch | null,
  { facets, termDays }: { facets: readonly FacetName[]; termDays: LocalDays | null },
): Promise<FacetCount[]> {
  const own = ownFilters(termDays);
  const isFiltered = (facet: FacetName): boolean =>
    Object.entries(own[facet]).some(([name, none]) => query[name as keyof EventQuery] !== none);
  const [filtered, others] = [
    facets.filter((facet) => isFiltered(facet)),
    facets.filter((facet) => !isFiltered(facet)),
  ];
  const counts = await Promise.all([
    ...(others.length > 0 ? [engine.countFacets(query, match, others)] : []),
    ...filtered.map((facet) => engine.countFacets({ ...query, ...own[facet] }, match, [facet])),
  ]);
  return counts.flat();
}
