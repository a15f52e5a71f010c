import type { estypes } from '@elastic/elasticsearch';

import { UNUSUAL_DECIMALS } from '../../platform/money.ts';
import type { EventQuery, LocalDays, PriceRange } from '../search-engine.ts';
import { anyOf } from './text-queries.ts';

type Query = estypes.QueryDslQueryContainer;

/** Filters of a query, without the term; `now` decides which Events are over, and which are on sale. */
export function filtersOf(query: EventQuery, now: Date): Query[] {
  const { near, before, days, price } = query;
  const filters = [endsAfter(query.from, now), ...termsOf(query)];
  if (near !== null) {
    const { latitude: lat, longitude: lon, radiusKm } = near;
    const metres = Math.round(radiusKm * 1_000) + 0.5; // distances are rounded to whole metres
    filters.push({ geo_distance: { distance: `${metres}m`, location: { lat, lon } } });
  }
  if (before !== null) filters.push({ range: { startsAt: { lt: before.toISOString() } } });
  if (days !== null) filters.push(...takesPlaceOn(days));
  if (price !== null) filters.push(...hasTicketsAt(price));
  if (query.onSale || query.available || query.accessible) filters.push(isOnSale(now));
  if (query.available) filters.push({ terms: { availability: ['FEW', 'SOME', 'MANY'] } });
  if (query.accessible) filters.push({ term: { accessible: true } });
  return filters;
}

function termsOf({ cities, country, venueId, performerId, categories, genres }: EventQuery): Query[] {
  const one = { country, venueId, performerIds: performerId };
  const any = { city: cities, category: categories, genres };
  return [
    ...Object.entries(one).flatMap(([field, value]) =>
      value === null ? [] : [{ term: { [field]: value } }],
    ),
    ...Object.entries(any).flatMap(([field, values]) =>
      values === null ? [] : [{ terms: { [field]: [...values] } }],
    ),
  ];
}

/** The Event is not over, and ends after `from`. The document of an Event that is hidden has no end. */
export function endsAfter(from: Date | null, now: Date): Query {
  const since = (from === null || from < now ? now : from).toISOString();
  return anyOf([{ range: { endsAt: { gt: since } } }, { range: { startsAt: { gte: since } } }]);
}

/** Tickets of the Event are on sale. */
export const isOnSale = (now: Date): Query => ({
  bool: {
    filter: [{ term: { status: 'ON_SALE' } }, { range: { saleEndsAt: { gt: now.toISOString() } } }],
    must_not: [{ range: { saleStartsAt: { gt: now.toISOString() } } }],
  },
});

/** In the time zone of each Event. */
function takesPlaceOn({ from, to, fromHour = 0 }: LocalDays): Query[] {
  const begin = `${from}T${String(fromHour).padStart(2, '0')}:00:00`;
  return [
    { range: { startsAtLocal: { lt: `${to}T00:00:00||+1d` } } },
    anyOf([{ range: { startsAtLocal: { gte: begin } } }, { range: { endsAtLocal: { gt: begin } } }]),
  ];
}

/** One tier has to be in range: the cheapest may be below it and the dearest above, with none between. */
function hasTicketsAt({ currency, min, max }: PriceRange): Query[] {
  if (currency !== null) return [{ term: { currency } }, ...inRange(min, max, 1)];
  if (min === null && max === null) return [{ exists: { field: 'currency' } }];
  const unusual = Map.groupBy(UNUSUAL_DECIMALS.keys(), (code) => UNUSUAL_DECIMALS.get(code)!);
  const ofUnusual = [...unusual].map(([decimals, codes]): Query => ({
    bool: { filter: [{ terms: { currency: codes } }, ...inRange(min, max, 10 ** decimals)] },
  }));
  const ofOthers: Query = {
    bool: {
      filter: inRange(min, max, 100),
      must_not: [{ terms: { currency: [...UNUSUAL_DECIMALS.keys()] } }],
    },
  };
  return [anyOf([ofOthers, ...ofUnusual])];
}

/** In minor units, of which a major one has `units`. Beyond 2^53 no price is. */
function inRange(min: number | null, max: number | null, units: number): Query[] {
  if (min === null && max === null) return [];
  const minor = (amount: number) => Math.min(amount * units, Number.MAX_SAFE_INTEGER);
  const prices = { ...(min !== null && { gte: minor(min) }), ...(max !== null && { lte: minor(max) }) };
  return [{ range: { prices } }];
}
