import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';

import type { ReservationStatus } from '../reservation-state.ts';
import { reservations, tickets, type ticketStatus } from '../tables.ts';
import { reservationExpired, reservationIsActive, ticketHoldExpired } from './conditions.ts';

/** What is the matter with a ticket. */
export type TicketStatus = (typeof ticketStatus.enumValues)[number];
/** A row of `tickets`, its status as of now: a hold that has run out reads as AVAILABLE. */
export type TicketRow = typeof tickets.$inferSelect;
/** A row of `reservations`, its status as of now: a hold that has run out reads as EXPIRED, with 0 `secondsLeft`. */
export type ReservationRow = typeof reservations.$inferSelect & { secondsLeft: number };

/** Names one Reservation. */
export interface ReservationKey {
  eventId: string;
  id: string;
}

/** Names one buyer at one Event. */
export interface Buyer {
  eventId: string;
  viewerId: string;
}

/** What `TicketRow` is read from. */
export const ticketColumns = {
  ...getTableColumns(tickets),
  status: sql<TicketStatus>`case when ${ticketHoldExpired(tickets)} then 'AVAILABLE' else ${tickets.status} end`,
};

/** What `ReservationRow` is read from. */
export const reservationColumns = {
  ...getTableColumns(reservations),
  status: sql<ReservationStatus>`case
    when ${reservationExpired(reservations)} then 'EXPIRED'
    else ${reservations.status}
  end`,
  secondsLeft: sql<number>`case
    when ${reservationIsActive(reservations)} then ceil(extract(epoch from ${reservations.heldUntil} - now()))::int
    else 0
  end`,
};

/** The Reservation with this key. */
export const isReservation = ({ eventId, id }: ReservationKey): SQL =>
  and(eq(reservations.eventId, eventId), eq(reservations.id, id))!;

/** The tickets at these places of an Event; one array, so that the statement is the same for any number of them. */
export const areTickets = (eventId: string, places: readonly number[]): SQL =>
  and(eq(tickets.eventId, eventId), sql`${tickets.place} = any(${sql.param(places)}::int[])`)!;

/** An instant so many seconds from now. */
export const secondsFromNow = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds})`;

/** Every change to a ticket makes its version grow: whoever read an older one is behind. */
export const nextVersion: SQL = sql`${tickets.version} + 1`;
