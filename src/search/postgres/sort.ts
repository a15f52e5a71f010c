import { sql, type SQL } from 'drizzle-orm';

import type { SearchPosition, StagePlan } from '../search-engine.ts';

/** Behind every price, and a number in JSON, unlike infinity. */
const NO_PRICE = 1e300;

/** First sort key of the hits of a stage. `null`: they are sorted by their start alone. */
export function sortKey({ sort }: StagePlan): SQL | null {
  switch (sort) {
    case 'RELEVANCE':
      return sql`-score`;
    case 'DATE':
      return null;
    case 'DISTANCE':
      return sql`metres`;
    case 'PRICE':
      return sql`coalesce(price, ${NO_PRICE}::float8)`;
  }
}

/** Sort order of hits: the key, then start, then id, so that the order is total. */
export const orderOf = (key: SQL | null): SQL =>
  key === null ? sql`starts_at, id` : sql`${key}, starts_at, id`;

/** Condition: the hit comes after this position in the sort order. */
export function isAfter(after: SearchPosition | null, key: SQL | null): SQL {
  if (after === null) return sql`true`;
  const start = sql`${new Date(after.startsAt).toISOString()}::timestamptz, ${after.id}::uuid`;
  return sql`(${orderOf(key)}) > (${key === null ? start : sql`${after.key}::float8, ${start}`})`;
}
