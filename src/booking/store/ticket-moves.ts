import { and, eq, sql } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import { areTickets, nextVersion, type ReservationKey } from './columns.ts';
import { ticketIsFree } from './conditions.ts';

/** Make the tickets that a Reservation holds last as long as it does; returns how many there are. */
export async function extendTicketHolds(
  tx: Tx,
  { eventId, id }: ReservationKey,
  places: readonly number[],
): Promise<number> {
  const heldUntil = sql`(
    select ${reservations.heldUntil} from ${reservations}
    where ${reservations.eventId} = ${eventId} and ${reservations.id} = ${id}
  )`;
  const rows = await tx
    .update(tickets)
    .set({ heldUntil, version: nextVersion })
    .where(and(areTickets(eventId, places), eq(tickets.reservationId, id), eq(tickets.status, 'RESERVED')))
    .returning({ place: tickets.place });
  return rows.length;
}

/** Make tickets a Reservation's own: those it holds, and those that are free. Returns how many it got. */
export async function sellToReservation(
  tx: Tx,
  { eventId, id }: ReservationKey,
  places: readonly number[],
): Promise<number> {
  const rows = await tx
    .update(tickets)
    .set({ status: 'SOLD', reservationId: id, heldUntil: null, version: nextVersion })
    .where(
      and(
        areTickets(eventId, places),
        sql`(${ticketIsFree(tickets)} or (${tickets.status} = 'RESERVED' and ${tickets.reservationId} = ${id}))`,
      ),
    )
    .returning({ place: tickets.place });
  return rows.length;
}

/** Take tickets back from a Reservation that has them in the given state; returns the places that are free now. */
export async function freeTickets(
  tx: Tx,
  { eventId, id }: ReservationKey,
  places: readonly number[],
  status: 'RESERVED' | 'SOLD',
): Promise<number[]> {
  const rows = await tx
    .update(tickets)
    .set({ status: 'AVAILABLE', reservationId: null, heldUntil: null, version: nextVersion })
    .where(and(areTickets(eventId, places), eq(tickets.reservationId, id), eq(tickets.status, status)))
    .returning({ place: tickets.place });
  return rows.map(({ place }) => place);
}

/** Keep free tickets back; returns the places that are blocked by it. */
export async function blockFreeTickets(
  tx: Tx,
  eventId: string,
  places: readonly number[],
): Promise<number[]> {
  const rows = await tx
    .update(tickets)
    .set({ status: 'BLOCKED', reservationId: null, heldUntil: null, version: nextVersion })
    .where(and(areTickets(eventId, places), ticketIsFree(tickets)))
    .returning({ place: tickets.place });
  return rows.map(({ place }) => place);
}

/** Free tickets that were kept back; returns their places. */
export async function freeBlockedTickets(
  tx: Tx,
  eventId: string,
  places: readonly number[],
): Promise<number[]> {
  const rows = await tx
    .update(tickets)
    .set({ status: 'AVAILABLE', version: nextVersion })
    .where(and(areTickets(eventId, places), eq(tickets.status, 'BLOCKED')))
    .returning({ place: tickets.place });
  return rows.map(({ place }) => place);
}
