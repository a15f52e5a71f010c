import { and, asc, desc, eq, getTableColumns, gt, lt, sql } from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { archivedReservations, reservations, tickets, viewerAtEvent } from '../tables.ts';
import { isReservation, reservationColumns, type ReservationKey, type ReservationRow } from './columns.ts';

// The archive is read under the names of the live tables, so that their columns and conditions serve it, too.
// A row is in one of both tables: a reader that looks into the live one first, then into the archive, never misses it.
// A plan that was made before the first Event was archived would read it from end to end: the reads plan anew.
// Every move is of one Event whose row the caller has locked.

/** Rows that a batch has moved, and the key that the next batch continues at; null: none is left. */
export interface MovedBatch<Key> {
  moved: number;
  next: Key | null;
}

/** Find one Reservation in the archive. */
export async function findArchivedReservation(
  db: DbOrTx,
  key: ReservationKey,
): Promise<ReservationRow | null> {
  const [row] = await named(db, 'booking.findArchivedReservation: plan anew')
    .select(reservationColumns)
    .from(alias(archivedReservations, 'reservations'))
    .where(isReservation(key));
  return row ?? null;
}

/** Read the ids of all Reservations of a viewer at an Event, archived or not, in no order. */
export async function readReservationIdsOf(db: DbOrTx, eventId: string, viewerId: string): Promise<string[]> {
  const live = await named(db, 'booking.readReservationIdsOf')
    .select({ id: reservations.id })
    .from(reservations)
    .where(and(eq(reservations.eventId, eventId), eq(reservations.viewerId, viewerId)));
  const archived = await named(db, 'booking.readArchivedReservationIds: plan anew')
    .select({ id: archivedReservations.id })
    .from(archivedReservations)
    .where(sql`${viewerAtEvent(archivedReservations)} = ${`${viewerId}@${eventId}`}`);
  return [...live, ...archived].map(({ id }) => id);
}

/** Count the Reservations of an Event that hold tickets, or that have run out and were not swept yet. */
export async function countHolds(db: DbOrTx, eventId: string): Promise<number> {
  const [row] = await named(db, 'booking.countHolds')
    .select({ holds: sql<number>`count(*)::int` })
    .from(reservations)
    .where(and(eq(reservations.eventId, eventId), eq(reservations.status, sql`'HELD'`)));
  return row!.holds;
}

/** Move up to `limit` Reservations of an Event to the archive, in order of id. */
export async function archiveReservations(
  tx: Tx,
  eventId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<MovedBatch<string>> {
  const rows = await named(tx, 'booking.lockReservationsToArchive')
    .select({ id: reservations.id })
    .from(reservations)
    .where(and(eq(reservations.eventId, eventId), after === null ? undefined : gt(reservations.id, after)))
    .orderBy(asc(reservations.id))
    .limit(limit)
    .for('update');
  if (rows.length === 0) return { moved: 0, next: null };
  const ids = sql`${sql.param(rows.map(({ id }) => id))}::uuid[]`;
  const columns = sql.raw(RESERVATION_COLUMNS);
  await tx.execute(sql`
    /* booking.copyReservations */
    insert into archived_reservations (${columns})
    select ${columns} from reservations where event_id = ${eventId} and id = any(${ids})`);
  await tx.execute(sql`
    /* booking.deleteReservations */
    delete from reservations where event_id = ${eventId} and id = any(${ids})`);
  return { moved: rows.length, next: rows.length < limit ? null : rows.at(-1)!.id };
}

/**
 * Move up to `limit` tickets of an Event to the archive, those of the highest places first: what is left are its first places,
 * so that a map that is read meanwhile is too short, and shows no place with the status of another.
 */
export async function archiveTickets(
  tx: Tx,
  eventId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<MovedBatch<number>> {
  const rows = await named(tx, 'booking.lockTicketsToArchive')
    .select({ place: tickets.place })
    .from(tickets)
    .where(and(eq(tickets.eventId, eventId), before === null ? undefined : lt(tickets.place, before)))
    .orderBy(desc(tickets.place))
    .limit(limit)
    .for('update');
  if (rows.length === 0) return { moved: 0, next: null };
  const places = sql`${sql.param(rows.map(({ place }) => place))}::int[]`;
  const columns = sql.raw(TICKET_COLUMNS);
  await tx.execute(sql`
    /* booking.copyTickets */
    insert into archived_tickets (${columns})
    select ${columns} from tickets where event_id = ${eventId} and place = any(${places})`);
  await tx.execute(sql`
    /* booking.deleteTickets */
    delete from tickets where event_id = ${eventId} and place = any(${places})`);
  return { moved: rows.length, next: rows.length < limit ? null : rows.at(-1)!.place };
}

const namesOf = (columns: Readonly<Record<string, PgColumn>>): string =>
  Object.values(columns)
    .map(({ name }) => name)
    .join(', ');
const TICKET_COLUMNS = namesOf(getTableColumns(tickets));
const RESERVATION_COLUMNS = namesOf(getTableColumns(reservations));
