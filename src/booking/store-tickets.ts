import { and, asc, count, eq, gte, lt, sql } from 'drizzle-orm';

import type { DbOrTx, Tx } from '../platform/db/pool.ts';
import { areTickets, ticketColumns, ticketIsFree, type TicketRow } from './store.ts';
import { reservations, tickets } from './tables.ts';

/** Places from `from` up to, not including, `to`. */
export interface PlaceRange {
  from: number;
  to: number;
}

/** Read tickets at places of Events, in any order. */
export async function readTickets(
  db: DbOrTx,
  places: readonly { eventId: string; place: number }[],
): Promise<TicketRow[]> {
  return db
    .select(ticketColumns)
    .from(tickets)
    .where(
      sql`(${tickets.eventId}, ${tickets.place}) in (
        select * from unnest(
          ${sql.param(places.map(({ eventId }) => eventId))}::uuid[],
          ${sql.param(places.map(({ place }) => place))}::int[]
        )
      )`,
    );
}

/** Read which of the places the viewer cannot have, because others do or the organiser keeps them back. */
export async function readPlacesOfOthers(
  db: DbOrTx,
  eventId: string,
  places: readonly number[],
  viewerId: string,
): Promise<number[]> {
  const rows = await db
    .select({ place: tickets.place })
    .from(tickets)
    .where(
      and(
        areTickets(eventId, places),
        sql`not (${ticketIsFree})`,
        sql`not exists (
          select 1 from ${reservations}
          where ${reservations.eventId} = ${tickets.eventId} and ${reservations.id} = ${tickets.reservationId}
            and ${reservations.viewerId} = ${viewerId}
        )`,
      ),
    )
    .orderBy(asc(tickets.place));
  return rows.map(({ place }) => place);
}

/** Lock the tickets at these places, in order of place, and read them as they are then. */
export async function lockTickets(
  tx: Tx,
  eventId: string,
  places: readonly number[],
  { rowLocks }: { rowLocks: boolean } = { rowLocks: true },
): Promise<TicketRow[]> {
  const query = tx
    .select(ticketColumns)
    .from(tickets)
    .where(areTickets(eventId, places))
    .orderBy(asc(tickets.place))
    .$dynamic();
  return rowLocks ? query.for('update') : query;
}

/**
 * Lock up to `limit` free tickets of a range, in order of place. Either skip those that somebody else has locked, or
 * wait to learn what becomes of them.
 */
export async function lockFreeTickets(
  tx: Tx,
  eventId: string,
  range: PlaceRange,
  limit: number,
  { rowLocks, skipLocked }: { rowLocks: boolean; skipLocked: boolean },
): Promise<TicketRow[]> {
  const query = tx
    .select(ticketColumns)
    .from(tickets)
    .where(and(inRange(eventId, range), ticketIsFree))
    .orderBy(asc(tickets.place))
    .limit(limit)
    .$dynamic();
  return rowLocks ? query.for('update', skipLocked ? { skipLocked: true } : {}) : query;
}

/** Count the free tickets of a range, those included that somebody else has locked. */
export async function countFreeTickets(db: DbOrTx, eventId: string, range: PlaceRange): Promise<number> {
  const [row] = await db
    .select({ free: count() })
    .from(tickets)
    .where(and(inRange(eventId, range), ticketIsFree));
  return row?.free ?? 0;
}

function inRange(eventId: string, { from, to }: PlaceRange) {
  return and(eq(tickets.eventId, eventId), gte(tickets.place, from), lt(tickets.place, to));
}
