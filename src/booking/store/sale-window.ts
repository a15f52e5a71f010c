import { sql, type SQL } from 'drizzle-orm';

import type { Columns } from './sql-columns.ts';

// When an Event is on sale: the only definitions in SQL, by the database's clock. They take the columns, so that they serve
// tables under any alias: `isOnSale(alias(events, 'e'))`.

/** SQL condition: the sale of this Event has begun, or has no start of its own. */
export const saleHasBegun = ({ saleStartsAt }: Columns<'saleStartsAt'>): SQL =>
  sql`coalesce(${saleStartsAt}, '-infinity') <= now()`;

/** SQL expression: when the sale of this Event ends, which is its start unless it has an end of its own. */
export const saleEnd = ({ saleEndsAt, startsAt }: Columns<'saleEndsAt' | 'startsAt'>): SQL =>
  sql`coalesce(${saleEndsAt}, ${startsAt})`;

/** SQL condition: tickets of this Event are on sale now. */
export const isOnSale = (event: Columns<'status' | 'saleStartsAt' | 'saleEndsAt' | 'startsAt'>): SQL =>
  sql`(${event.status} = 'ON_SALE' and ${saleHasBegun(event)} and ${saleEnd(event)} > now())`;
