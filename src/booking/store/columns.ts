import { and, eq, getTableColumns, lte, or, sql, type SQL } from 'drizzle-orm';

import type { ReservationStatus } from '../reservation-state.ts';
import { reservations, tickets, type ticketStatus } from '../tables.ts';

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

// Whether a hold still holds is said in these few expressions, by the database's clock, and nowhere else.

/** A hold on this ticket has run out. */
const ticketRanOut: SQL = and(eq(tickets.status, 'RESERVED'), lte(tickets.heldUntil, sql`now()`))!;
/** Anybody may have this ticket. */
export const ticketIsFree: SQL = or(eq(tickets.status, 'AVAILABLE'), ticketRanOut)!;
/** This Reservation holds its tickets. */
export const reservationHolds: SQL = sql`${reservations.status} = 'HELD' and ${reservations.heldUntil} > now()`;

/** What `TicketRow` is read from. */
export const ticketColumns = {
  ...getTableColumns(tickets),
  status: sql<TicketStatus>`case when ${ticketRanOut} then 'AVAILABLE' else ${tickets.status} end`,
};

/** What `ReservationRow` is read from. */
export const reservationColumns = {
  ...getTableColumns(reservations),
  status: sql<ReservationStatus>`case
    when ${reservations.status} = 'HELD' and ${reservations.heldUntil} <= now() then 'EXPIRED'
    else ${reservations.status}
  end`,
  secondsLeft: sql<number>`case
    when ${reservationHolds} then ceil(extract(epoch from ${reservations.heldUntil} - now()))::int
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
