import { sql, type SQL } from 'drizzle-orm';

import { endOf, eventEnd, type EventRow } from '../../catalog/index.ts';
import type { Columns } from './sql-columns.ts';

// When an Event is on sale: the only definitions in SQL, by the database's clock. They take the columns, so that they serve
// tables under any alias: `isOnSale(alias(events, 'e'))`.

/** SQL condition: the sale of this Event has begun, or has no start of its own. */
export const saleHasBegun = ({ saleStartsAt }: Columns<'saleStartsAt'>): SQL =>
  sql`coalesce(${saleStartsAt}, '-infinity') <= now()`;

/**
 * SQL expression: when the sale of this Event ends, which is its start unless it has an end of its own. An Event that is over
 * sells nothing, even if its sale was to end later.
 */
export const saleEnd = (event: Columns<'saleEndsAt' | 'startsAt' | 'endsAt'>): SQL =>
  sql`least(coalesce(${event.saleEndsAt}, ${event.startsAt}), ${eventEnd(event)})`;

/** The same for a row that was read. */
export function saleEndOf(event: Pick<EventRow, 'saleEndsAt' | 'startsAt' | 'endsAt'>): Date {
  const [own, end] = [event.saleEndsAt ?? event.startsAt, endOf(event)];
  return own < end ? own : end;
}

type SaleColumns = Columns<'status' | 'salePausedAt' | 'saleStartsAt' | 'saleEndsAt' | 'startsAt' | 'endsAt'>;

/** SQL condition: tickets of this Event are on sale now, and the sale is not paused. */
export const isOnSale = (event: SaleColumns): SQL => sql`(${isDue(event)} and ${event.salePausedAt} is null)`;

/** SQL condition: tickets of this Event would be on sale now, but the sale is paused. */
export const isPausedSale = (event: SaleColumns): SQL =>
  sql`(${isDue(event)} and ${event.salePausedAt} is not null)`;

const isDue = (event: SaleColumns): SQL =>
  sql`(${event.status} = 'ON_SALE' and ${saleHasBegun(event)} and ${saleEnd(event)} > now())`;
