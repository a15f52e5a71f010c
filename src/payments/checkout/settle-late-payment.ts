import { recordStrayPayment } from '../ledger/stray-payments.ts';
import { isUnsettled } from '../refund-status.ts';
import { findDeclinedAttempt, type PaidReservation } from '../store/attempts.ts';
import { findBookingByIntent, findLiveBooking, type BookingRow } from '../store/bookings.ts';
import { recordIntentRefund } from '../store/intent-refunds.ts';
import { advanceCheckout } from './advance-checkout.ts';
import type { Checkouts } from './checkout-deps.ts';
import { alarmIfRejected, recordEarlierRefund } from './earlier-refund.ts';
import { reportFailedRefund } from './progress.ts';
import { confirmOrRefund } from './settle-payment.ts';

/**
 * Account for an intent of a Reservation that has succeeded: by the attempt in progress; by a declined one, if the buyer went on
 * past the server with the client secret; or by a refund.
 */
export async function settleLatePayment(
  checkouts: Checkouts,
  reservation: PaidReservation,
  intentId: string,
): Promise<void> {
  const { db } = checkouts.platform;
  const live = await findLiveBooking(db, reservation);
  if (live !== null) await advanceCheckout(checkouts, live);
  if (isAccountedFor(await findBookingByIntent(db, intentId))) return;
  await checkouts.atCrashPoint('late-payment-found', reservation.id);
  const declined = await findDeclinedAttempt(db, reservation, intentId);
  if (declined !== null) {
    if (declined.refundStatus !== null && !isUnsettled(declined.refundStatus)) return; // recorded, or ended by an operator
    if (await recordEarlierRefund(checkouts, reservation, intentId)) return;
    await confirmOrRefund(checkouts, declined, 'declined');
    await advanceCheckout(checkouts, declined);
    if (isAccountedFor(await findBookingByIntent(db, intentId))) return;
  }
  await refundStrayPayment(checkouts, intentId, reservation.id, reservation, reservation.eventId);
}

const isAccountedFor = (booking: BookingRow | null): boolean =>
  booking !== null && booking.step !== 'declined';

/**
 * Refund a payment without a Booking, as after restoring the database from a backup, or of a declined one. `eventId`: in the
 * metadata of the payment.
 */
export async function refundStrayPayment(
  checkouts: Checkouts,
  intentId: string,
  causeId: string,
  reservation: PaidReservation | null,
  eventId: string,
): Promise<void> {
  await checkouts.alarm('payment-without-booking', { subject: intentId }, { intentId, causeId });
  const refund = await checkouts.stripe.refundIntent(intentId, causeId);
  if (refund.kind !== 'refunded') {
    await reportFailedRefund(checkouts, refund, { intentId });
    throw new Error(`refund of stray payment ${intentId} failed`); // the job is repeated
  }
  await checkouts.atCrashPoint('stray-refunded', causeId);
  await alarmIfRejected(checkouts, refund, { intentId });
  if (reservation !== null)
    await recordIntentRefund(checkouts.platform, reservation, intentId, refund, 'stray');
  if ((await findBookingByIntent(checkouts.platform.db, intentId)) === null)
    await recordStray(checkouts, { eventId, intentId });
}

/** Book a payment that no Booking has, as Stripe has it. Throws, so that the job is repeated, if that is not known. */
async function recordStray(
  { stripe, platform }: Checkouts,
  payment: { eventId: string; intentId: string },
): Promise<void> {
  const owner = await stripe.retrieveOwner(payment.intentId);
  const refunds = await stripe.listRefunds(payment.intentId);
  if (owner.kind === 'unknown' || refunds.kind === 'unknown')
    throw new Error(`stray payment ${payment.intentId} cannot be read`);
  await recordStrayPayment(platform, payment, owner.received, refunds.refunds);
}
