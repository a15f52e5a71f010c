import { describeTickets, findReservation } from '../booking/index.ts';
import type { Context, Resolvers } from '../generated/graphql.ts';
import { signedIn } from '../platform/auth/viewer.ts';
import { decodeIdOf, encodeEventScopedId, type Decoded } from '../platform/ids.ts';
import { cancelBooking } from './cancellation/cancel-booking.ts';
import { cancelEvent } from './cancellation/cancel-event.ts';
import { STATUS_OF } from './checkout-steps.ts';
import { confirmBooking } from './checkout/confirm-booking.ts';
import { myBookings } from './checkout/my-bookings.ts';
import { shownDisputeStatus, shownRefundStatus } from './dispute-status.ts';
import { bookingsCsvPath } from './export/export-route.ts';
import { listDisputesOf } from './ledger/disputes.ts';
import { listRefundsOf } from './ledger/refunds.ts';
import { refundAmount } from './refunds/refund-amount.ts';
import { refundTickets } from './refunds/refund-tickets.ts';
import { eventBookings } from './sales/event-bookings.ts';
import { findBooking } from './store/bookings.ts';
import { readCancellationProgress } from './store/event-cancellations.ts';

/** Fetch a Booking by its id: the viewer's own; one at an organiser's own Event; any, for an admin. */
export const nodes = {
  Booking: async (key: Decoded<'Booking'>, { platform, viewer, loaders }: Context) => {
    const booking = viewer && (await findBooking(platform.db, key))?.booking;
    if (!booking) return null;
    if (booking.viewerId === viewer.id || viewer.roles.has('ADMIN')) return booking;
    if (!viewer.roles.has('ORGANISER')) return null;
    return (await loaders.event.load(key.eventId))?.organiserId === viewer.id ? booking : null;
  },
};

/** Resolvers of `schema/payments.graphql`, `schema/refunds.graphql` and `schema/sales.graphql`. */
export const resolvers: Resolvers = {
  Mutation: {
    confirmBooking: (_root, { input }, context) =>
      confirmBooking(context.checkouts, { viewer: signedIn(context), address: context.address }, input),
    cancelBooking: (_root, { input }, context) =>
      cancelBooking(context.checkouts, signedIn(context), decodeIdOf('Booking', input.booking)),
    refundTickets: (_root, { input }, context) => refundTickets(context.checkouts, signedIn(context), input),
    refundAmount: (_root, { input }, context) => refundAmount(context.checkouts, signedIn(context), input),
    cancelEvent: (_root, { input }, context) => cancelEvent(context.platform, signedIn(context), input),
  },
  Event: {
    cancellation: ({ id, status }, _args, { platform }) =>
      status === 'CANCELLED' ? readCancellationProgress(platform.db, id) : null,
    sales: ({ id }, _args, { sales }) => sales.read(id),
    bookings: ({ id }, args, { platform }) => eventBookings(platform.db, id, args),
    bookingsCsvPath: ({ id }) => bookingsCsvPath(id),
  },
  EventCancellation: {
    refundedAmount: ({ refundedAmount: amount, currency }) =>
      currency === null ? null : { amount, currency },
  },
  Viewer: {
    bookings: ({ id }, args, { platform }) => myBookings(platform.db, id, args),
  },
  Booking: {
    id: ({ eventId, id }) => encodeEventScopedId('Booking', eventId, id),
    event: async ({ eventId }, _args, { loaders }) => {
      const event = await loaders.event.load(eventId);
      if (event === null) throw new Error(`event ${eventId} not found`);
      return event;
    },
    status: ({ step }) => STATUS_OF[step],
    tickets: async ({ eventId, reservationId }, _args, { loaders, platform }) => {
      const reservation = await findReservation(platform.db, eventId, reservationId);
      return describeTickets(loaders, eventId, reservation?.places ?? []);
    },
    total: ({ amount, currency }) => ({ amount, currency }),
    cancelledWithEvent: ({ cancelledWithEvent }) => cancelledWithEvent === true,
    // The client secret pays: not even an admin gets it.
    paymentAction: ({ step, viewerId, clientSecret, redirectUrl, payUntil }, _args, { viewer }) =>
      step === 'awaiting_payment' && clientSecret !== null && viewerId === viewer?.id
        ? { clientSecret, redirectUrl, expiresAt: payUntil }
        : null,
    buyer: ({ viewerId }) => viewerId,
    refunds: (booking, _args, { platform }) => listRefundsOf(platform.db, booking),
    disputes: (booking, _args, { platform }) => listDisputesOf(platform.db, booking),
  },
  Refund: {
    status: ({ status }) => shownRefundStatus(status),
    amount: ({ amount, currency }) => ({ amount, currency }),
  },
  Dispute: {
    status: ({ status }) => shownDisputeStatus(status),
    amount: ({ amount, currency }) => ({ amount, currency }),
    respondBy: ({ evidenceDueBy }) => evidenceDueBy,
  },
};
