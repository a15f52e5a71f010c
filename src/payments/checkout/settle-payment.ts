import { endPaymentAttempt, lockReservation, sellTickets } from '../../booking/index.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { violatedConstraint } from '../../platform/db/sql-state.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import { listDisputesOf } from '../ledger/disputes.ts';
import { recordCharge } from '../ledger/entries.ts';
import { recordRefund } from '../ledger/refunds.ts';
import type { RefundRecord } from '../refund-status.ts';
import type { PaidReservation } from '../store/attempts.ts';
import { insertBookingTickets, readPrices } from '../store/booking-tickets.ts';
import { moveBooking, type BookingChange } from '../store/booking-transitions.ts';
import { findBooking, findLiveBooking, type BookingRow } from '../store/bookings.ts';
import { recordForeignRefund } from '../store/foreign-refunds.ts';
import { isIntentSettled, markRefundDue } from '../store/intent-refunds.ts';
import { allocatePrice } from './allocate-price.ts';
import type { Checkouts } from './checkout-deps.ts';
import { declineCheckout } from './decline-checkout.ts';
import { alarmIfRejected } from './earlier-refund.ts';
import {
  alarmIfUnusable,
  reportFailedRefund,
  reportUnknown,
  requireIntentId,
  type Progress,
} from './progress.ts';

/**
 * `paid`: sell the tickets or make the refund due, in one transaction: never both, never neither. `declined`: the same, for a
 * payment that succeeded past the server, unless another attempt is in progress or has bought the tickets. `charged`: the card
 * was charged by this call.
 */
export async function confirmOrRefund(
  checkouts: Checkouts,
  booking: BookingRow,
  from: 'paid' | 'declined',
  charged = false,
): Promise<Progress> {
  const reservation = { eventId: booking.eventId, id: booking.reservationId };
  // A payment that was not made just now may have been refunded since. Each other sale saves a request to Stripe.
  if (from === 'paid' && booking.amount > 0 && !charged) {
    const refunds = await checkouts.stripe.retrieveRefunds(requireIntentId(booking));
    if (refunds.kind === 'unknown') {
      await reportUnknown(checkouts, booking, refunds);
      return 'waiting';
    }
    if (refunds.kind === 'found') return endAttemptAndRefund(checkouts, booking, 'paid');
  }
  try {
    const settled = await inTransaction(
      checkouts.platform,
      'payments.confirmOrRefund',
      async (tx, abort: Abort<null>) => {
        if (from === 'declined' && !(await mayBuyLate(tx, reservation, requireIntentId(booking))))
          return null;
        const sale = await sellTickets(tx, reservation); // locks the Reservation
        if (sale === 'unavailable') return (await endPaid(tx, booking, from, 'refunding')) ?? abort(null);
        const prices = await readPrices(tx, reservation);
        const amounts = allocatePrice(
          booking.amount,
          prices.map(({ amount }) => amount),
        );
        const confirmed = await endPaid(tx, booking, from, 'confirmed');
        if (confirmed === null) return abort(null);
        await insertBookingTickets(
          tx,
          booking,
          prices.map(({ place }, index) => ({ place, amount: amounts[index]! })),
        );
        for (const write of checkouts.whileConfirming) await write(tx, confirmed);
        for (const job of checkouts.onConfirmed)
          await job.enqueue(tx, booking.eventId, { eventId: booking.eventId, id: booking.id });
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
    // A bug: a ticket was reserved although another Booking has its place. The buyer is refunded; an operator has to look.
    const { id: bookingId, eventId } = booking;
    await checkouts.alarm('place-sold-twice', { subject: bookingId }, { bookingId, eventId });
    return endAttemptAndRefund(checkouts, booking, from);
  }
  return 'advanced';
}

/**
 * Decide under the lock of the Reservation whether a succeeded intent of declined attempts buys the tickets. If another attempt
 * is in progress or has bought them, the refund is due from here on, so that no concurrent or later call sells them for it.
 */
async function mayBuyLate(tx: Tx, reservation: PaidReservation, intentId: string): Promise<boolean> {
  await lockReservation(tx, reservation);
  if (await isIntentSettled(tx, reservation, intentId)) return false;
  if ((await findLiveBooking(tx, reservation)) === null) return true;
  await markRefundDue(tx, reservation, intentId);
  return false;
}

/**
 * The payment buys nothing, though its Reservation may still hold: it was refunded before the checkout saw it, and what is left
 * is refunded, too; or a place of it is sold. The Reservation can be released again.
 */
async function endAttemptAndRefund(
  checkouts: Checkouts,
  booking: BookingRow,
  from: 'paid' | 'declined',
): Promise<Progress> {
  const { eventId, reservationId: id } = booking;
  await inTransaction(checkouts.platform, 'payments.endAttemptAndRefund', async (tx, abort: Abort<null>) => {
    await endPaymentAttempt(tx, { eventId, id, atLeastSeconds: 0 });
    return (await endPaid(tx, booking, from, 'refunding')) ?? abort(null);
  });
  return 'advanced';
}

const NO_FAILURE: BookingChange = { failureCode: null, failureMessage: null };

/** End the attempt of a payment that has succeeded, and record that in the ledger. `null`: a concurrent call was faster. */
async function endPaid(
  tx: Tx,
  booking: BookingRow,
  from: 'paid' | 'declined',
  to: 'confirmed' | 'refunding',
): Promise<BookingRow | null> {
  const { eventId, id: bookingId, intentId } = booking;
  const ended = await moveBooking(tx, booking, from, to, NO_FAILURE);
  if (ended !== null && intentId !== null)
    await recordCharge(
      tx,
      { eventId, bookingId, intentId },
      booking,
      to === 'confirmed' ? 'booking' : 'late',
    );
  return ended;
}

/** `declining`: cancel the intent, so that it cannot succeed later; then decline the checkout. */
export async function cancelPayment(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  if (booking.intentId === null) return declineCheckout(checkouts, booking, 'declining');
  const status = await checkouts.stripe.cancelIntent(booking.intentId);
  await checkouts.atCrashPoint('intent-cancelled', booking.id);
  switch (status.kind) {
    case 'cancelled':
      return declineCheckout(checkouts, booking, 'declining', { sharedIntent: false });
    case 'succeeded': // the payment won the race: the buyer gets the tickets if they are still available
      await moveBooking(checkouts.platform.db, booking, 'declining', 'paid', NO_FAILURE);
      return 'advanced';
    default:
      checkouts.platform.log.warn({ bookingId: booking.id, status }, 'payment cancellation failed');
      if (status.kind === 'unknown')
        await alarmIfUnusable(checkouts, status, booking.id, { bookingId: booking.id });
      return 'waiting';
  }
}

/** `refunding`, `cancelling`: refund the payment; retried until Stripe accepts it. */
export async function refundPayment(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  const refund =
    booking.intentId === null ? null : await checkouts.stripe.refundIntent(booking.intentId, booking.id);
  if (refund !== null && refund.kind !== 'refunded') {
    await reportFailedRefund(checkouts, refund, { bookingId: booking.id, dueSince: booking.updatedAt });
    return refund.kind === 'refused' && refund.code === 'charge_disputed'
      ? endAfterLostDispute(checkouts, booking)
      : 'waiting';
  }
  await checkouts.atCrashPoint('refund-made', booking.id);
  if (refund !== null) await alarmIfRejected(checkouts, refund, { bookingId: booking.id });
  const change = refund === null ? {} : { refundId: refund.refundId, refundStatus: refund.status };
  const settled = await inTransaction(checkouts.platform, 'payments.recordRefund', async (tx) => {
    const moved = await endRefund(tx, booking, change);
    if (moved === null || refund === null) return moved;
    const payment = { eventId: booking.eventId, bookingId: booking.id, intentId: requireIntentId(booking) };
    await recordRefund(tx, payment, refund, booking.step === 'refunding' ? 'late' : 'cancellation');
    return moved;
  });
  if (settled !== null) {
    checkouts.platform.log.info({ bookingId: booking.id, ...change }, 'payment refunded');
    await checkouts.atCrashPoint('settled', booking.id);
  } else if (refund !== null) await reportUnexpectedRefund(checkouts, booking, refund);
  return 'advanced';
}

/** End a Booking whose refund is due. `null`: it has ended. */
const endRefund = (db: DbOrTx, booking: BookingRow, change: BookingChange): Promise<BookingRow | null> =>
  booking.step === 'refunding'
    ? moveBooking(db, booking, 'refunding', 'refunded', change)
    : moveBooking(db, booking, 'cancelling', 'cancelled', change);

/**
 * The bank has given a payment back whose dispute is lost, and Stripe never refunds it: the Booking ends without a refund. While a
 * dispute is open, or was won, the refund is retried.
 */
async function endAfterLostDispute(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  const { id: bookingId } = booking;
  const disputes = await listDisputesOf(checkouts.platform.db, booking);
  const lost = disputes.find(({ status }) => status === 'lost');
  if (lost === undefined) return 'waiting';
  const cause = { subject: bookingId, reason: 'dispute_lost' };
  await checkouts.alarm('refund-refused', cause, { bookingId, disputeId: lost.id });
  const ended = await endRefund(checkouts.platform.db, booking, { refundStatus: 'canceled' });
  if (ended !== null)
    checkouts.platform.log.info({ bookingId, disputeId: lost.id }, 'refund ended by a lost dispute');
  return 'advanced';
}

/** The Booking ended while its refund was made: by a concurrent call with the same refund, or by an operator without one. */
async function reportUnexpectedRefund(
  checkouts: Checkouts,
  booking: BookingRow,
  refund: RefundRecord,
): Promise<void> {
  const { refundId } = refund;
  const ended = (await findBooking(checkouts.platform.db, booking))?.booking;
  if (ended === undefined || ended.refundId === refundId) return;
  const details = { bookingId: ended.id, step: ended.step, refundId };
  await checkouts.alarm('refunded-elsewhere', { subject: refundId }, details);
  await recordForeignRefund(checkouts.platform, ended, refund);
}
