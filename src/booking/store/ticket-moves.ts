import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { reservations, tickets } from '../tables.ts';
import { areTickets, nextVersion, type ReservationKey } from './columns.ts';
import { ticketIsFree } from './hold-expiry.ts';

/** Extend the hold on a Reservation's tickets to that of the Reservation; returns the number of tickets. */
export async function extendTicketHolds(
  tx: Tx,
  { eventId, id }: ReservationKey,
  places: readonly number[],
): Promise<number> {
  const heldUntil = sql`(
    select ${reservations.heldUntil} from ${reservations}
    where ${reservations.eventId} = ${eventId} and ${reservations.id} = ${id}
  )`;
  const rows = await named(tx, 'booking.extendTicketHolds')
    .update(tickets)
    .set({ heldUntil, version: nextVersion })
    .where(and(areTickets(eventId, places), eq(tickets.reservationId, id), eq(tickets.status, 'RESERVED')))
    .returning({ place: tickets.place });
  return rows.length;
}

/** Sell to a Reservation the tickets that it holds or that are free; returns their number. */
export async function sellToReservation(
  tx: Tx,
  { eventId, id }: ReservationKey,
  places: readonly number[],
): Promise<number> {
  const rows = await named(tx, 'booking.sellToReservation')
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

/** Free a Reservation's tickets in the given state, for the next buyer or to be withheld; returns their places. */
export async function freeTickets(
  tx: Tx,
  { eventId, id }: ReservationKey,
  places: readonly number[],
  status: 'RESERVED' | 'SOLD',
  next: 'AVAILABLE' | 'BLOCKED' = 'AVAILABLE',
): Promise<number[]> {
  const rows = await named(tx, 'booking.freeTickets')
    .update(tickets)
    .set({ status: next, reservationId: null, heldUntil: null, version: nextVersion })
    .where(and(areTickets(eventId, places), eq(tickets.reservationId, id), eq(tickets.status, status)))
    .returning({ place: tickets.place });
  return rows.map(({ place }) => place);
}

/** Block free tickets; returns their places. */
export async function blockFreeTickets(
  tx: Tx,
  eventId: string,
  places: readonly number[],
): Promise<number[]> {
  const rows = await named(tx, 'booking.blockFreeTickets')
    .update(tickets)
    .set({ status: 'BLOCKED', reservationId: null, heldUntil: null, version: nextVersion })
    .where(and(areTickets(eventId, places), ticketIsFree(tickets)))
    .returning({ place: tickets.place });
  return rows.map(({ place }) => place);
}

/** Make blocked tickets available; returns their places. */
export async function freeBlockedTickets(
  tx: Tx,
  eventId: string,
  places: readonly number[],
): Promise<number[]> {
  const rows = await named(tx, 'booking.freeBlockedTickets')
    .update(tickets)
    .set({ status: 'AVAILABLE', version: nextVersion })
    .where(and(areTickets(eventId, places), eq(tickets.status, 'BLOCKED')))
    .returning({ place: tickets.place });
  return rows.map(({ place }) => place);
}
