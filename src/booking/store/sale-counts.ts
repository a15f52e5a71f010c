import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import { archivedReservations, archivedTickets, reservations, tickets } from '../tables.ts';
import { ticketIsFree } from './hold-expiry.ts';

/** Tickets of consecutive places; each is counted once. */
export interface RangeCounts {
  /** Index of the range. */
  range: number;
  sold: number;
  held: number;
  blocked: number;
  left: number;
}

/**
 * Count the tickets of an Event by ranges of places, live or archived. `firstPlaces` begins with 0 and ascends. It reads all of
 * them, 100,000 at most; ranges without a ticket are missing.
 */
export async function countTicketsByRange(
  db: DbOrTx,
  eventId: string,
  firstPlaces: readonly number[],
): Promise<RangeCounts[]> {
  const columns = (table: typeof tickets | typeof archivedTickets) =>
    sql`select place, status, held_until from ${table} where event_id = ${eventId}`;
  const { rows } = await db.execute<RangeCounts & Record<string, unknown>>(sql`
    /* booking.countTicketsByRange */
    select width_bucket(place, ${sql.param(firstPlaces)}::int[]) - 1 as range,
      (count(*) filter (where status = 'SOLD'))::int as sold,
      (count(*) filter (where status = 'RESERVED' and not ${IS_FREE}))::int as held,
      (count(*) filter (where status = 'BLOCKED'))::int as blocked,
      (count(*) filter (where ${IS_FREE}))::int as left
    from (${columns(tickets)} union all ${columns(archivedTickets)}) as of_event
    group by 1`);
  return rows;
}

/** The columns of the union have no table. */
const IS_FREE = ticketIsFree({ status: sql`status`, heldUntil: sql`held_until` });

/** Count the Reservations ever made at an Event. */
export async function countReservations(db: DbOrTx, eventId: string): Promise<number> {
  const of = (table: typeof reservations | typeof archivedReservations) =>
    sql`(select count(*) from ${table} where event_id = ${eventId})`;
  const {
    rows: [row],
  } = await db.execute<{ made: number }>(sql`
    /* booking.countReservations */
    select (${of(reservations)} + ${of(archivedReservations)})::int as made`);
  return row!.made;
}
