import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { isOnSale } from '../../booking/index.ts';
import { events, eventsOfDays, priceOfTier, startsLateEnough } from '../../catalog/index.ts';
import type { EventQuery } from '../search-engine.ts';
import { isInCircle } from './geo.ts';

/** Alias of `events` in the statements of the engine. */
const e = alias(events, 'e');

/** Filters of a query as one condition on `e`, without the term and the period. */
export function filtersOf(query: EventQuery): SQL {
  const { near, category, genre, before, price, onSale } = query;
  const all = [sql`e.status <> 'DRAFT'`];
  if (near !== null) all.push(isInCircle(near));
  if (category !== null) all.push(sql`e.category = ${category}`);
  if (genre !== null) all.push(sql`e.genre = ${genre}`);
  if (before !== null) all.push(sql`e.starts_at < ${before.toISOString()}::timestamptz`);
  if (price !== null) all.push(hasTicketsAt(price));
  if (onSale) all.push(isOnSale(e));
  return sql.join(all, sql` and `);
}

/** A source of Events, as `e`, and its condition. */
export interface Source {
  from: SQL;
  where: SQL;
}

/**
 * Sources that hold each Event once that is not over and ends after `from`. Apart, none of them reads the history: hits of a term
 * and in a circle are found among those by start or by an index of their own, whichever has fewer.
 */
export function sourcesOf({ from }: EventQuery): Source[] {
  const since = from === null ? sql`now()` : sql`greatest(now(), ${from.toISOString()}::timestamptz)`;
  return [
    { from: sql`events e`, where: startsLateEnough(e, since) },
    { from: sql`${eventsOfDays(since)} e`, where: sql`true` },
  ];
}

/** One tier has to be in range: the cheapest may be below it and the dearest above, with none between. */
function hasTicketsAt({ currency, min, max }: NonNullable<EventQuery['price']>): SQL {
  const inCurrency = sql`e.currency = ${currency}`;
  if (min === null && max === null) return inCurrency;
  const bounds = [
    ...(min === null ? [] : [sql`${priceOfTier} >= ${min}`]),
    ...(max === null ? [] : [sql`${priceOfTier} <= ${max}`]),
  ];
  return sql`${inCurrency} and exists (
    select 1 from price_tiers where price_tiers.event_id = e.id and ${sql.join(bounds, sql` and `)}
    offset 0 /* a planner fence: as a join it may read the prices of all past Events */)`;
}
