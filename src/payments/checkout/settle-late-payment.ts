import { findDeclinedAttempt, type PaidReservation } from '../store/attempts.ts';
import { findBookingByIntent, findLiveBooking, type BookingRow } from '../store/bookings.ts';
import { advanceCheckout } from './advance-checkout.ts';
import type { Checkouts } from './checkout-deps.ts';
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
  const declined = await findDeclinedAttempt(db, reservation, intentId);
  if (declined !== null) {
    await confirmOrRefund(checkouts, declined, 'declined');
    await advanceCheckout(checkouts, declined);
    if (isAccountedFor(await findBookingByIntent(db, intentId))) return;
  }
  await refundStrayPayment(checkouts, intentId, reservation.id);
}

const isAccountedFor = (booking: BookingRow | null): boolean =>
  booking !== null && booking.step !== 'declined';

/** Refund a payment without a Booking, as after restoring the database from a backup. */
export async function refundStrayPayment(
  checkouts: Checkouts,
  intentId: string,
  causeId: string,
): Promise<void> {
  checkouts.alarm('payment-without-booking', { intentId, causeId });
  const refund = await checkouts.stripe.refundIntent(intentId, causeId);
  if (refund.kind !== 'refunded') throw new Error(`refund of stray payment ${intentId} failed`);
}
