import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import { reservationIsActive, ticketIsFree } from './hold-expiry.ts';

/** Count the tickets of an Event that can be had, and those that are held. Null: it has no tickets. */
export async function countStock(
  db: DbOrTx,
  eventId: string,
): Promise<{ available: number; held: number } | null> {
  const [row] = await named(db, 'booking.countStock')
    .select({
      total: sql<number>`count(*)::int`,
      available: sql<number>`(count(*) filter (where ${ticketIsFree(tickets)}))::int`,
      reserved: sql<number>`(count(*) filter (where ${tickets.status} = 'RESERVED' and not ${ticketIsFree(tickets)}))::int`,
    })
    .from(tickets)
    .where(eq(tickets.eventId, eventId));
  const { total, available, reserved } = row!;
  return total === 0 ? null : { available, held: reserved };
}

/** Read the viewers that hold tickets of an Event now, at most `limit`. */
export async function readHolders(db: DbOrTx, eventId: string, limit: number): Promise<string[]> {
  const rows = await named(db, 'booking.readHolders')
    .selectDistinct({ viewerId: reservations.viewerId })
    .from(reservations)
    .where(and(eq(reservations.eventId, eventId), reservationIsActive(reservations)))
    .limit(limit);
  return rows.map(({ viewerId }) => viewerId);
}
