import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';

import { readAmount } from '../../platform/db/amount-columns.ts';
import type { ReservationStatus } from '../reservation-state.ts';
import { reservations, tickets, type ticketStatus } from '../tables.ts';
import { reservationExpired, reservationIsActive, ticketHoldExpired } from './hold-expiry.ts';

export type TicketStatus = (typeof ticketStatus.enumValues)[number];
/** A row of `tickets` with its status as of now: AVAILABLE if the hold has run out. */
export type TicketRow = typeof tickets.$inferSelect;
/** A row of `reservations` with its status as of now: EXPIRED with 0 `secondsLeft` if it has run out. */
export type ReservationRow = Omit<typeof reservations.$inferSelect, 'amount' | 'amount32'> & {
  amount: number;
  secondsLeft: number;
};

export interface ReservationKey {
  eventId: string;
  id: string;
}

/** One buyer at one Event. */
export interface Buyer {
  eventId: string;
  viewerId: string;
}

/** Columns of a `TicketRow`. */
export const ticketColumns = {
  ...getTableColumns(tickets),
  status: sql<TicketStatus>`case when ${ticketHoldExpired(tickets)} then 'AVAILABLE' else ${tickets.status} end`,
};

const { amount32, ...withoutAmount32 } = getTableColumns(reservations);

/** Columns of `reservations` as stored. A change returns no more: on several nodes, `returning` takes no `now()`. */
export const storedReservationColumns = {
  ...withoutAmount32,
  amount: readAmount(reservations.amount, amount32),
};

/** Columns of a `ReservationRow`. */
export const reservationColumns = {
  ...storedReservationColumns,
  status: sql<ReservationStatus>`case
    when ${reservationExpired(reservations)} then 'EXPIRED'
    else ${reservations.status}
  end`,
  secondsLeft: sql<number>`case
    when ${reservationIsActive(reservations)} then ceil(extract(epoch from ${reservations.heldUntil} - now()))::int
    else 0
  end`,
};

/** SQL condition: the Reservation with this key. */
export const isReservation = ({ eventId, id }: ReservationKey): SQL =>
  and(eq(reservations.eventId, eventId), eq(reservations.id, id))!;

/** SQL condition: the tickets at these places of an Event. One array, so that the statement is the same for any number. */
export const areTickets = (eventId: string, places: readonly number[]): SQL =>
  and(eq(tickets.eventId, eventId), sql`${tickets.place} = any(${sql.param(places)}::int[])`)!;

/** SQL expression: the time `seconds` from now. */
export const secondsFromNow = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds})`;

/** Every update of a ticket increments its version; readers compare it to detect stale rows. */
export const nextVersion: SQL = sql`${tickets.version} + 1`;
