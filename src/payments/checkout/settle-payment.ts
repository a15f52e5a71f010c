import { sellTickets } from '../../booking/index.ts';
import { violatedConstraint } from '../../platform/db/sql-state.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import { insertBookingTickets, readPrices } from '../store/booking-tickets.ts';
import { moveBooking, type BookingRow } from '../store/bookings.ts';
import { allocatePrice } from './allocate-price.ts';
import type { Checkouts } from './checkout-deps.ts';
import { declineCheckout } from './decline-checkout.ts';
import type { Progress } from './take-payment.ts';

/** `paid`: make the tickets the buyer's, or owe the money back: one transaction, so that it is one or the other. */
export async function confirmOrRefund(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  const reservation = { eventId: booking.eventId, id: booking.reservationId };
  try {
    const settled = await inTransaction(
      checkouts.platform,
      'payments.sellOrOwe',
      async (tx, abort: Abort<null>) => {
        if ((await sellTickets(tx, reservation)) === 'lost') {
          return (await moveBooking(tx, booking, 'paid', 'refunding')) ?? abort(null);
        }
        const prices = await readPrices(tx, reservation);
        const amounts = allocatePrice(
          booking.amount,
          prices.map(({ amount }) => amount),
        );
        const confirmed = await moveBooking(tx, booking, 'paid', 'confirmed');
        if (confirmed === null) return abort(null);
        await insertBookingTickets(
          tx,
          booking,
          prices.map(({ place }, index) => ({ place, amount: amounts[index]! })),
        );
        for (const job of checkouts.onConfirmed)
          await job.enqueue(tx, { eventId: booking.eventId, id: booking.id });
        await checkouts.atCrashPoint('sold', booking.id);
        return confirmed;
      },
    );
    if (settled !== null) {
      checkouts.platform.log.info({ bookingId: booking.id, step: settled.step }, 'payment settled');
      await checkouts.atCrashPoint('settled', booking.id);
    }
  } catch (error) {
    if (violatedConstraint(error) !== 'one_owner_per_place') throw error;
    // The tickets say they are ours to sell and a Booking says they are sold. Somebody has to look; the buyer gets the money.
    checkouts.alarm('place-sold-twice', { bookingId: booking.id, eventId: booking.eventId });
    await moveBooking(checkouts.platform.db, booking, 'paid', 'refunding');
  }
  return 'moved';
}

/** `declining`: make sure that nothing can be taken any more, then say so. */
export async function cancelPayment(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  if (booking.intentId === null) return declineCheckout(checkouts, booking, 'declining');
  const answer = await checkouts.stripe.cancelIntent(booking.intentId);
  await checkouts.atCrashPoint('intent-cancelled', booking.id);
  switch (answer.kind) {
    case 'cancelled':
      return declineCheckout(checkouts, booking, 'declining');
    case 'succeeded': // it was paid while we gave it up: the buyer has paid, and gets the tickets if they are to be had
      await moveBooking(checkouts.platform.db, booking, 'declining', 'paid', {
        failureCode: null,
        failureMessage: null,
      });
      return 'moved';
    default:
      checkouts.platform.log.warn({ bookingId: booking.id, answer }, 'a payment could not be cancelled yet');
      if (answer.kind === 'unknown' && answer.needsOperator)
        checkouts.alarm('stripe-unusable', { bookingId: booking.id });
      return 'waits';
  }
}

/** `refunding`, `cancelling`: tell Stripe to send the money back. It has been owed since the step began. */
export async function refundPayment(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  const refund =
    booking.intentId === null ? null : await checkouts.stripe.refundIntent(booking.intentId, booking.id);
  if (refund !== null && refund.kind !== 'refunded') {
    const reason = refund.kind === 'refused' ? `${refund.code}: ${refund.message}` : refund.reason;
    checkouts.platform.log.warn({ bookingId: booking.id, reason }, 'a refund could not be made yet');
    if (refund.kind === 'refused' || refund.needsOperator)
      checkouts.alarm('refund-refused', { bookingId: booking.id, reason });
    return 'waits';
  }
  await checkouts.atCrashPoint('refund-made', booking.id);
  const change = refund === null ? {} : { refundId: refund.refundId, refundStatus: refund.status };
  const paidBack =
    booking.step === 'refunding'
      ? await moveBooking(checkouts.platform.db, booking, 'refunding', 'refunded', change)
      : await moveBooking(checkouts.platform.db, booking, 'cancelling', 'cancelled', change);
  if (paidBack !== null) {
    checkouts.platform.log.info({ bookingId: booking.id, ...change }, 'money sent back');
    await checkouts.atCrashPoint('settled', booking.id);
  }
  return 'moved';
}
