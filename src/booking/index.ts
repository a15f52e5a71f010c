/**
 * Tickets and Reservations: who holds which place, until when.
 *
 * Reading order: schema/booking.graphql → tables → store.
 */
export type { ReservationRow, TicketRow } from './store.ts';
export { reservations, tickets } from './tables.ts';
