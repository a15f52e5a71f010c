import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { isOnSale } from '../../booking/index.ts';
import { events, priceOfTier } from '../../catalog/index.ts';
import type { EventQuery } from '../search-engine.ts';
import { isInCircle } from './geo.ts';
import { matchesTerm, type Alternatives } from './match-term.ts';

/** Alias of `events` in the statements of the engine. */
const e = alias(events, 'e');

/** All filters of a query as one condition on `events e`. */
export function conditions(query: EventQuery, alternatives: Alternatives): SQL {
  const { term, near, category, genre, from, before, price, onSale } = query;
  const all = [sql`e.status <> 'DRAFT'`, sql`e.starts_at >= now()`];
  if (term !== null) all.push(matchesTerm(term, alternatives));
  if (near !== null) all.push(isInCircle(near));
  if (category !== null) all.push(sql`e.category = ${category}`);
  if (genre !== null) all.push(sql`e.genre = ${genre}`);
  if (from !== null) all.push(sql`e.starts_at >= ${from.toISOString()}::timestamptz`);
  if (before !== null) all.push(sql`e.starts_at < ${before.toISOString()}::timestamptz`);
  if (price !== null) all.push(hasTicketsAt(price));
  if (onSale) all.push(isOnSale(e));
  return sql.join(all, sql` and `);
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
    select 1 from price_tiers where price_tiers.event_id = e.id and ${sql.join(bounds, sql` and `)})`;
}
