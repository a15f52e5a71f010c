/**
 * Tickets and Reservations: which buyer holds which place, until when. No place is sold twice.
 *
 * Reading order: schema/booking.graphql → resolvers → reserve/reserve-tickets → validate-order → submit-order →
 * acquire-seat-locks → order-batcher → commit-batch → store/holds → tables. Orders that cannot share a transaction go
 * from submit-order to commit-single → lock-order-tickets. Best available joins at submit-order:
 * best-available/reserve-best-available → validate-criteria → availability-view → choose-best → submit-order.
 *
 * The states of a Reservation are in reservation-state, the fence against stale holders in hold/lock-hold, what payments do
 * with a Reservation in hold/hold-for-payment, sell-tickets and return-tickets. When a hold has run out and when an Event
 * is on sale is defined in store/hold-expiry and store/sale-window.
 */
export { expireReservations } from './hold/expire-reservations.ts';
export { endPaymentAttempt, holdForPayment, MAX_PAYMENT_EXTENSION_SECONDS } from './hold/hold-for-payment.ts';
export { returnSomeTickets, returnTickets, type ReturnOptions } from './hold/return-tickets.ts';
export { sellTickets } from './hold/sell-tickets.ts';
export { describeTickets, openBookingLoaders, type BookingLoaders } from './loaders.ts';
export { changeOwnEvent } from './organiser/change-own-event.ts';
export { describePlaces } from './organiser/describe-places.ts';
export { putOnSale } from './organiser/put-on-sale.ts';
export {
  reservationNotFound,
  reservationOfCancelledEvent,
  reservationOver,
  type OrphanSeat,
  type TicketsUnavailable,
} from './outcomes.ts';
export { nodes, resolvers } from './resolvers.ts';
export { accessiblePlaces } from './stock/accessible-places.ts';
export { refreshStock, refreshUncounted } from './stock/refresh-stock.ts';
export { StockKeeper } from './stock/stock-keeper.ts';
export {
  archiveReservations,
  archiveTickets,
  countHolds,
  readReservationIdsOf,
  type MovedBatch,
} from './store/archive.ts';
export type { ReservationRow, TicketRow } from './store/columns.ts';
export { hasAccessibleTickets, hasTickets } from './store/event-stock.ts';
export { ticketIsFree } from './store/hold-expiry.ts';
export { isEventCancelled } from './store/sale.ts';
export { readIsOnSale, readStock } from './store/stock.ts';
export { isOnSale, saleEndOf } from './store/sale-window.ts';
export { countReservations, countTicketsByRange, type RangeCounts } from './store/sale-counts.ts';
export { countTicketsByTier, isAnyAvailable, type TicketCounts } from './store/ticket-counts.ts';
export { findReservation, lockReservation } from './store/reservations.ts';
export { reservations, tickets } from './tables.ts';
