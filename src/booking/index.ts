/**
 * Tickets and Reservations: who holds which place, until when. No seat is sold twice.
 *
 * Reading order: schema/booking.graphql → resolvers → reserve-tickets → read-order → place-order → take-turn →
 * order-groups → hold-together → store-* → tables; what cannot be decided together with others goes by hold-order →
 * pick-tickets. Those who leave the choice to us come by the same door:
 * reserve-best-available → read-criteria → free-places → choose-best → place-order. What a Reservation can become is in
 * reservation-state; the fence against late holders in lock-hold; what payments do with a Reservation in
 * hold-for-payment, sell-tickets, give-back-tickets.
 */
export { expireReservations } from './hold/expire-reservations.ts';
export { giveBackTickets } from './hold/return-tickets.ts';
export { endPaymentAttempt, holdForPayment } from './hold/hold-for-payment.ts';
export { describeTickets, openBookingLoaders, type BookingLoaders } from './loaders.ts';
export { reservationNotFound, reservationOver } from './outcomes.ts';
export { putOnSale } from './organiser/put-on-sale.ts';
export { nodes, resolvers } from './resolvers.ts';
export { sellTickets } from './hold/sell-tickets.ts';
export type { ReservationRow, TicketRow } from './store/columns.ts';
export { isOnSale, ticketIsFree } from './store/conditions.ts';
export { findReservation } from './store/reservations.ts';
export { reservations, tickets } from './tables.ts';
