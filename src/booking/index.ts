/**
 * Tickets and Reservations: who holds which place, until when.
 *
 * Reading order: schema/booking.graphql → tables → store.
 */
export { reservations, tickets } from './tables.ts';
