import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';

import type { Page } from '../../platform/connections.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { statesBefore, type ReservationStatus } from '../reservation-state.ts';
import { archivedReservations, reservations } from '../tables.ts';
import { findArchivedReservation } from './archive.ts';
import {
  isReservation,
  reservationColumns,
  storedReservationColumns,
  type Buyer,
  type ReservationKey,
  type ReservationRow,
} from './columns.ts';
import { reservationIsActive } from './hold-expiry.ts';

/** Find one Reservation by key, if need be in the archive. */
export async function findReservation(
  db: DbOrTx,
  eventId: string,
  id: string,
): Promise<ReservationRow | null> {
  const [row] = await named(db, 'booking.findReservation')
    .select(reservationColumns)
    .from(reservations)
    .where(isReservation({ eventId, id }));
  return row ?? findArchivedReservation(db, { eventId, id });
}

/** Lock one Reservation and read it. */
export async function lockReservation(tx: Tx, key: ReservationKey): Promise<ReservationRow | null> {
  const [row] = await named(tx, 'booking.lockReservation')
    .select(reservationColumns)
    .from(reservations)
    .where(isReservation(key))
    .for('update');
  return row ?? null;
}

/**
 * Read what these viewers hold or own at an Event now: a list for each viewer, oldest first. Rows are matched by position, so
 * that no limit depends on the database giving back a viewer's id as it was sent. One Event: for several, Postgres may read all
 * that the viewers have ever reserved.
 */
export async function readLiveReservations(
  db: DbOrTx,
  eventId: string,
  viewerIds: readonly string[],
): Promise<ReservationRow[][]> {
  const viewers = sql`${sql.param(viewerIds)}::text[]`;
  const rows = await named(db, 'booking.readLiveReservations')
    .select({
      ...reservationColumns,
      position: sql<number>`array_position(${viewers}, ${reservations.viewerId})`,
    })
    .from(reservations)
    .where(
      and(
        eq(reservations.eventId, eventId),
        sql`${reservations.viewerId} = any(${viewers})`,
        sql`(${reservations.status} = 'BOOKED' or ${reservationIsActive(reservations)})`,
      ),
    )
    .orderBy(asc(reservations.createdAt), asc(reservations.id));
  const lists = viewerIds.map((): ReservationRow[] => []);
  for (const { position, ...row } of rows) lists[position - 1]!.push(row);
  return lists;
}

/** Read what one buyer holds or owns at an Event now, oldest first. */
export async function readLiveReservationsOf(
  db: DbOrTx,
  { eventId, viewerId }: Buyer,
): Promise<ReservationRow[]> {
  const [live] = await readLiveReservations(db, eventId, [viewerId]);
  return live!;
}

/**
 * Move a locked Reservation to its next state. Throws, and so rolls back, if RESERVATION_TRANSITIONS has no transition from
 * the row's state: the row changed despite the lock.
 */
export async function transitionReservation(
  tx: Tx,
  key: ReservationKey,
  next: Exclude<ReservationStatus, 'HELD'>,
): Promise<ReservationRow> {
  const [row] = await named(tx, 'booking.transitionReservation')
    .update(reservations)
    .set({ status: next, payingSince: null })
    .where(and(isReservation(key), inArray(reservations.status, statesBefore(next))))
    .returning(storedReservationColumns);
  if (row === undefined) throw new Error(`reservation ${key.id} cannot become ${next}`);
  return { ...row, secondsLeft: 0 };
}

/** Remove places from a locked Reservation, which keeps at least one. */
export async function removePlaces(tx: Tx, key: ReservationKey, places: readonly number[]): Promise<void> {
  await named(tx, 'booking.removePlaces')
    .update(reservations)
    .set({
      places: sql`array(
        select place from unnest(${reservations.places}) with ordinality as kept (place, position)
        where place <> all (${sql.param([...places])}::int[]) order by position)`,
    })
    .where(isReservation(key));
}

/** Set a locked Reservation that has lost its places to EXPIRED, and end its payment attempt. */
export async function expireReservation(tx: Tx, key: ReservationKey): Promise<void> {
  await named(tx, 'booking.expireReservation')
    .update(reservations)
    .set({ status: 'EXPIRED', payingSince: null })
    .where(and(isReservation(key), inArray(reservations.status, [...statesBefore('EXPIRED'), 'EXPIRED'])));
}

export type PaymentChange = 'begins' | 'ends' | 'unchanged';

/** Extend a locked hold to at least `heldUntil`, by the database's clock; never shorten it. */
export async function extendReservationHold(
  tx: Tx,
  key: ReservationKey,
  heldUntil: SQL,
  paying: PaymentChange = 'unchanged',
): Promise<ReservationRow> {
  const payingSince = { begins: { payingSince: sql`now()` }, ends: { payingSince: null }, unchanged: {} }[
    paying
  ];
  const { rowCount } = await named(tx, 'booking.extendReservationHold')
    .update(reservations)
    .set({
      // Not a condition of the statement: Postgres might look for the row among all holds of the Event, by a partial index.
      heldUntil: sql`case when ${reservationIsActive(reservations)}
        then greatest(${reservations.heldUntil}, ${heldUntil}) else ${reservations.heldUntil} end`,
      ...payingSince,
    })
    .where(isReservation(key));
  if (rowCount !== 1) throw new Error(`there is no reservation ${key.id}`);
  const row = await readLocked(tx, key);
  if (row.status !== 'HELD') throw new Error(`reservation ${key.id} holds no longer`);
  return row;
}

/** End the payment attempt of a Reservation. */
export async function clearPayment(tx: Tx, key: ReservationKey): Promise<ReservationRow> {
  await named(tx, 'booking.clearPayment')
    .update(reservations)
    .set({ payingSince: null })
    .where(isReservation(key));
  return readLocked(tx, key);
}

/** Read a Reservation that the transaction has locked and changed. */
async function readLocked(tx: Tx, key: ReservationKey): Promise<ReservationRow> {
  const row = await findReservation(tx, key.eventId, key.id);
  if (row === null) throw new Error(`there is no reservation ${key.id}`);
  return row;
}

export interface ReservationFilter {
  viewerId: string;
  eventId: string | null;
  statuses: readonly ReservationStatus[] | null;
}

/**
 * Read a page of a viewer's Reservations that are not archived, newest first, plus one row that shows whether there is a next
 * page. `after` may have been archived since the page that it ended.
 */
export async function listReservations(
  db: DbOrTx,
  filter: ReservationFilter,
  { limit, after }: Page<ReservationKey>,
): Promise<ReservationRow[]> {
  const rows = await readPage(db, filter, limit, after && createdAtOf(after, reservations));
  if (rows.length > 0 || after === null || !(await findArchivedReservation(db, after))) return rows;
  return readPage(db, filter, limit, createdAtOf(after, archivedReservations));
}

/** SQL expression: the position of a Reservation in the lists of its viewer; the row has microseconds, which JSON has not. */
const createdAtOf = (
  { eventId, id }: ReservationKey,
  table: typeof reservations | typeof archivedReservations,
) => sql`(
  select last.created_at, last.id from ${table} as last where last.event_id = ${eventId} and last.id = ${id}
)`;

async function readPage(
  db: DbOrTx,
  { viewerId, eventId, statuses }: ReservationFilter,
  limit: number,
  after: SQL | null,
): Promise<ReservationRow[]> {
  return named(db, 'booking.listReservations')
    .select(reservationColumns)
    .from(reservations)
    .where(
      and(
        eq(reservations.viewerId, viewerId),
        eventId === null ? undefined : eq(reservations.eventId, eventId),
        statuses === null
          ? undefined
          : sql`(${reservationColumns.status})::text = any(${sql.param(statuses)}::text[])`,
        after === null ? undefined : sql`(${reservations.createdAt}, ${reservations.id}) < ${after}`,
      ),
    )
    .orderBy(desc(reservations.createdAt), desc(reservations.id))
    .limit(limit + 1);
}
