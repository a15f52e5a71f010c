import { and, asc, eq, sql, type SQL } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import { areTickets, nextVersion, type ReservationKey } from './columns.ts';
import { reservationExpired } from './hold-expiry.ts';

/** The longest overdue Reservations of an Event, or these. */
export type OverdueScope = { eventId: string } & ({ atMost: number } | { ids: readonly string[] });

/** Numbers of Reservations: found and locked, and set to EXPIRED. */
export interface ExpiredHolds {
  found: number;
  expired: number;
}

/** A Reservation that has run out, locked. */
type OverdueHold = Pick<typeof reservations.$inferSelect, 'id' | 'places'>;

/**
 * Set Reservations of an Event that have run out to EXPIRED, and free their remaining tickets.
 *
 * It skips rows that other transactions have locked, and leaves them to the next call; so a transaction that already holds
 * locks can call it without deadlock. A Reservation becomes EXPIRED only when all of its tickets are free, for no later
 * sweep would find them.
 *
 * Each step is a statement of its own that gets the keys of the step before as an array: a join of the steps would be
 * planned by statistics that know nothing of a sale that has just begun.
 */
export async function expireOverdue(tx: Tx, scope: OverdueScope): Promise<ExpiredHolds> {
  const { eventId } = scope;
  const overdue = await lockOverdue(tx, scope);
  if (overdue.length === 0) return { found: 0, expired: 0 };
  const unfinished = await freeTicketsOf(tx, eventId, overdue);
  const finished = overdue.filter(({ id }) => !unfinished.has(id));
  if (finished.length > 0) {
    await named(tx, 'booking.expireOverdue')
      .update(reservations)
      .set({ status: 'EXPIRED' })
      .where(areReservations(eventId, ids(finished)));
  }
  return { found: overdue.length, expired: finished.length };
}

async function lockOverdue(tx: Tx, scope: OverdueScope): Promise<OverdueHold[]> {
  const columns = { id: reservations.id, places: reservations.places };
  if ('ids' in scope) {
    // By key alone: with the condition of the partial index, Postgres may read all overdue holds of the Event.
    const rows = await named(tx, 'booking.lockOverdueByKey')
      .select({ ...columns, isOverdue: sql<boolean>`${reservationExpired(reservations)}` })
      .from(reservations)
      .where(areReservations(scope.eventId, scope.ids))
      .for('update', { skipLocked: true });
    return rows.filter(({ isOverdue }) => isOverdue);
  }
  return named(tx, 'booking.lockOverdue')
    .select(columns)
    .from(reservations)
    .where(and(eq(reservations.eventId, scope.eventId), reservationExpired(reservations)))
    .orderBy(asc(reservations.heldUntil))
    .limit(scope.atMost)
    .for('update', { skipLocked: true });
}

/** Free the tickets that locked Reservations still hold; returns the Reservations of which one is locked elsewhere. */
async function freeTicketsOf(tx: Tx, eventId: string, overdue: readonly OverdueHold[]): Promise<Set<string>> {
  const places = overdue.flatMap((hold) => hold.places);
  const theirs = and(
    areTickets(eventId, places),
    sql`${tickets.reservationId} = any(${sql.param(ids(overdue))}::uuid[])`,
    eq(tickets.status, 'RESERVED'),
  );
  const locked = await named(tx, 'booking.lockOverdueTickets')
    .select({ place: tickets.place })
    .from(tickets)
    .where(theirs)
    .for('update', { skipLocked: true });
  if (locked.length > 0) {
    await named(tx, 'booking.freeOverdueTickets')
      .update(tickets)
      .set({ status: 'AVAILABLE', reservationId: null, heldUntil: null, version: nextVersion })
      .where(areTickets(eventId, locked.map(({ place }) => place))); // prettier-ignore
  }
  if (locked.length === places.length) return new Set();
  const left = await named(tx, 'booking.readOverdueTickets')
    .select({ reservationId: tickets.reservationId })
    .from(tickets)
    .where(theirs);
  return new Set(left.map(({ reservationId }) => reservationId!));
}

const ids = (holds: readonly Pick<ReservationKey, 'id'>[]): string[] => holds.map(({ id }) => id);

const areReservations = (eventId: string, of: readonly string[]): SQL =>
  and(eq(reservations.eventId, eventId), sql`${reservations.id} = any(${sql.param(of)}::uuid[])`)!;

/** An Event with active or overdue holds. */
export interface EventWithHolds {
  eventId: string;
  isOverdue: boolean;
}

/**
 * Find Events with holds, in order of id, and whether the oldest of each has run out. It reads one entry per Event of the
 * index `reservations_held_at_event`, in whose order each step looks for the next.
 */
export async function findEventsWithHolds(
  db: Db,
  { after, limit }: { after: string | null; limit: number },
): Promise<EventWithHolds[]> {
  const oldestAfter = (eventId: SQL) => sql`
    select hold.event_id, hold.held_until from reservations hold
    where hold.status = 'HELD' and hold.event_id > ${eventId}
    order by hold.event_id, hold.held_until
    limit 1`;
  const { rows } = await db.execute<{ eventId: string; isOverdue: boolean }>(sql`
    /* booking.findEventsWithHolds */
    with recursive oldest as (
      (${oldestAfter(sql`coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')`)})
      union all
      select next.event_id, next.held_until from oldest cross join lateral (${oldestAfter(sql`oldest.event_id`)}) next
    )
    select event_id as "eventId", held_until <= now() as "isOverdue" from oldest limit ${limit}`);
  return rows;
}
