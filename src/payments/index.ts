/**
 * Paying for Reservations: Bookings, checkouts, refunds.
 *
 * Reading order: schema/payments.graphql → tables → store.
 */
export type { BookingRow } from './store.ts';
export { bookings, bookingTickets, webhookEvents } from './tables.ts';
