import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';

import type { Page } from '../../platform/connections.ts';
import { eventLocks } from '../../platform/db/advisory-locks.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { statesBefore, type ReservationStatus } from '../reservation-state.ts';
import { reservations } from '../tables.ts';
import {
  isReservation,
  reservationColumns,
  type Buyer,
  type ReservationKey,
  type ReservationRow,
} from './columns.ts';
import { reservationIsActive } from './conditions.ts';

/** Read one Reservation as it is now. `null`: there is none. */
export async function findReservation(
  db: DbOrTx,
  eventId: string,
  id: string,
): Promise<ReservationRow | null> {
  const [row] = await db.select(reservationColumns).from(reservations).where(isReservation({ eventId, id }));
  return row ?? null;
}

/** Lock one Reservation and read it as it is then. `null`: there is none. */
export async function lockReservation(tx: Tx, key: ReservationKey): Promise<ReservationRow | null> {
  const [row] = await tx
    .select(reservationColumns)
    .from(reservations)
    .where(isReservation(key))
    .for('update');
  return row ?? null;
}

/**
 * Let the calls of one buyer at one Event wait for each other until the transaction ends. A statement of its own: the
 * next one has to see what the call before it wrote.
 */
export async function lockBuyer(tx: Tx, { eventId, viewerId }: Buyer): Promise<void> {
  await tx.execute(sql`
    /* booking.lockBuyer */
    select pg_advisory_xact_lock(${eventLocks.buyer(eventId, viewerId)})`);
}

/** The same for several buyers, without waiting; answers whose lock nobody else has. */
export async function tryLockBuyers(
  tx: Tx,
  eventId: string,
  viewerIds: readonly string[],
): Promise<Set<string>> {
  const { rows: locked } = await tx.execute<{ viewer_id: string }>(sql`
    /* booking.tryLockBuyers */
    select viewer_id from unnest(${sql.param(viewerIds)}::text[]) as viewer_id
    where pg_try_advisory_xact_lock(${eventLocks.buyer(eventId, sql`viewer_id`)})`);
  return new Set(locked.map(({ viewer_id: viewerId }) => viewerId));
}

/** Read what buyers hold or own at Events at this moment, oldest first. */
export async function readLiveReservations(db: DbOrTx, buyers: readonly Buyer[]): Promise<ReservationRow[]> {
  return db
    .select(reservationColumns)
    .from(reservations)
    .where(
      and(
        sql`(${reservations.eventId}, ${reservations.viewerId}) in (
          select * from unnest(
            ${sql.param(buyers.map(({ eventId }) => eventId))}::uuid[],
            ${sql.param(buyers.map(({ viewerId }) => viewerId))}::text[]
          )
        )`,
        sql`(${reservations.status} = 'BOOKED' or ${reservationIsActive(reservations)})`,
      ),
    )
    .orderBy(asc(reservations.createdAt), asc(reservations.id));
}

/**
 * Move a locked Reservation to its next state. The row has to be in one that MOVES leads from: if it is not, somebody
 * moved it past our lock, which must not be, and everything is undone.
 */
export async function transitionReservation(
  tx: Tx,
  key: ReservationKey,
  next: ReservationStatus,
): Promise<ReservationRow> {
  const [row] = await tx
    .update(reservations)
    .set({ status: next, payingSince: null })
    .where(and(isReservation(key), inArray(reservations.status, statesBefore(next))))
    .returning(reservationColumns);
  if (row === undefined) throw new Error(`reservation ${key.id} cannot become ${next}`);
  return row;
}

/** Write down that a locked Reservation has lost its places, and that nobody is paying for it any more. */
export async function expireReservation(tx: Tx, key: ReservationKey): Promise<void> {
  await tx
    .update(reservations)
    .set({ status: 'EXPIRED', payingSince: null })
    .where(and(isReservation(key), inArray(reservations.status, [...statesBefore('EXPIRED'), 'EXPIRED'])));
}

/** What can be said about the payment for a Reservation. */
export type PaymentChange = 'begins' | 'ends' | 'unchanged';

/** Let a locked Reservation hold until `heldUntil` at least, an instant by the database's clock; never for less long. */
export async function extendReservationHold(
  tx: Tx,
  key: ReservationKey,
  heldUntil: SQL,
  paying: PaymentChange = 'unchanged',
): Promise<ReservationRow> {
  const payingSince = { begins: { payingSince: sql`now()` }, ends: { payingSince: null }, unchanged: {} }[
    paying
  ];
  const [row] = await tx
    .update(reservations)
    .set({ heldUntil: sql`greatest(${reservations.heldUntil}, ${heldUntil})`, ...payingSince })
    .where(and(isReservation(key), reservationIsActive(reservations)))
    .returning(reservationColumns);
  if (row === undefined) throw new Error(`reservation ${key.id} no longer holds`);
  return row;
}

/** Write down that nobody is paying for a Reservation any more. */
export async function clearPayment(tx: Tx, key: ReservationKey): Promise<ReservationRow> {
  const [row] = await tx
    .update(reservations)
    .set({ payingSince: null })
    .where(isReservation(key))
    .returning(reservationColumns);
  if (row === undefined) throw new Error(`there is no reservation ${key.id}`);
  return row;
}

/** Which Reservations of a viewer to list. */
export interface ReservationFilter {
  viewerId: string;
  eventId: string | null;
  statuses: readonly ReservationStatus[] | null;
}

/** Read a page of a viewer's Reservations, newest first, and one more if there is one. */
export async function listReservations(
  db: DbOrTx,
  { viewerId, eventId, statuses }: ReservationFilter,
  { limit, after }: Page<ReservationKey>,
): Promise<ReservationRow[]> {
  return db
    .select(reservationColumns)
    .from(reservations)
    .where(
      and(
        eq(reservations.viewerId, viewerId),
        eventId === null ? undefined : eq(reservations.eventId, eventId),
        statuses === null
          ? undefined
          : sql`(${reservationColumns.status})::text = any(${sql.param(statuses)}::text[])`,
        after === null
          ? undefined
          : sql`(${reservations.createdAt}, ${reservations.id}) < (
              select last.created_at, last.id from ${reservations} as last
              where last.event_id = ${after.eventId} and last.id = ${after.id}
            )`,
      ),
    )
    .orderBy(desc(reservations.createdAt), desc(reservations.id))
    .limit(limit + 1);
}
