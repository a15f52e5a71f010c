import { sql, type SQL } from 'drizzle-orm';

import { hasAccessibleTickets, hasTickets, isOnSale } from '../../booking/index.ts';
import { eventEnd, priceOfTier } from '../../catalog/index.ts';
import { unitsOf } from '../../platform/db/amount-columns.ts';
import { latestInstantOf } from '../local-days.ts';
import type { EventQuery, LocalDays, PriceRange } from '../search-engine.ts';
import { isInCircle } from './geo.ts';
import { e } from './sources.ts';

/** Filters of a query as one condition on `e`, without the term and the period. */
export function filtersOf(query: EventQuery): SQL {
  const { near, cities, country, venueId, performerId, categories, genres, before, days, price } = query;
  const all = [sql`e.status <> 'DRAFT'`];
  if (near !== null) all.push(isInCircle(near));
  if (cities !== null) all.push(sql`e.folded_city = any(${sql.param(cities)}::text[])`);
  if (country !== null) all.push(sql`e.country_code = ${country}`);
  if (venueId !== null) all.push(sql`e.venue_id = ${venueId}::uuid`);
  if (performerId !== null) all.push(isPerformedBy(performerId));
  if (categories !== null) all.push(sql`e.category = any(${sql.param(categories)}::text[])`);
  if (genres !== null) all.push(sql`e.genre = any(${sql.param(genres)}::text[])`);
  if (before !== null) all.push(sql`e.starts_at < ${before.toISOString()}::timestamptz`);
  if (days !== null) all.push(takesPlaceOn(days));
  if (price !== null) all.push(hasTicketsAt(price));
  if (query.onSale) all.push(isOnSale(e));
  if (query.available) all.push(hasTickets(e));
  if (query.accessible) all.push(hasAccessibleTickets(e));
  return sql.join(all, sql` and `);
}

const isPerformedBy = (performerId: string): SQL =>
  sql`e.id in (select event_id from event_performers where performer_id = ${performerId}::uuid)`;

/** The zone is that of the Event; the instant is for the index by start. */
function takesPlaceOn({ from, to, fromHour = 0 }: LocalDays): SQL {
  const latest = latestInstantOf(to);
  const begin = sql`${from}::date + make_interval(hours => ${fromHour}::int)`;
  const start = sql`local_time_of(e.starts_at, e.timezone)`;
  return sql`(e.starts_at < ${latest.toISOString()}::timestamptz and ${start} < ${to}::date + 1
    and (${start} >= ${begin} or local_time_of(${eventEnd(e)}, e.timezone) > ${begin}))`;
}

/** One tier has to be in range: the cheapest may be below it and the dearest above, with none between. */
function hasTicketsAt({ currency, min, max }: PriceRange): SQL {
  const inCurrency = currency === null ? sql`e.currency is not null` : sql`e.currency = ${currency}`;
  if (min === null && max === null) return inCurrency;
  const minor = (amount: number) =>
    currency === null ? sql`${amount}::numeric * ${unitsOf(sql`e.currency`)}` : sql`${amount}::bigint`;
  const bounds = [
    ...(min === null ? [] : [sql`${priceOfTier} >= ${minor(min)}`]),
    ...(max === null ? [] : [sql`${priceOfTier} <= ${minor(max)}`]),
  ];
  return sql`${inCurrency} and exists (
    select 1 from price_tiers where price_tiers.event_id = e.id and ${sql.join(bounds, sql` and `)}
    offset 0 /* a planner fence: as a join it may read the prices of all past Events */)`;
}

/** SQL expression: the lowest price of `e` in major units of its currency; null if it has no price. */
export const lowestPrice: SQL = sql`(coalesce(e.lowest_price_minor, e.lowest_price)::float8 / ${unitsOf(sql`e.currency`)})`;
