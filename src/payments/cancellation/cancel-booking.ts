import type { Viewer } from '../../platform/auth/viewer.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { STATUS_OF } from '../checkout-steps.ts';
import { advanceCheckout } from '../checkout/advance-checkout.ts';
import { FIRST_RECOVERY_SECONDS } from '../checkout/checkout-deadlines.ts';
import { inBackground, type Checkouts } from '../checkout/checkout-deps.ts';
import {
  bookingCancelled,
  bookingNotCancellable,
  bookingNotFound,
  type CancelBookingOutcome,
} from '../outcomes.ts';
import { findBooking, type BookingKey, type BookingRow } from '../store/bookings.ts';
import { releaseAndRefund } from './release-and-refund.ts';

/**
 * Cancel a confirmed Booking and refund it.
 *
 * One transaction releases the tickets and makes the refund due; then the refund is retried until Stripe accepts it. In the
 * opposite order, a crash in between would leave the buyer with both the money and the tickets.
 */
export async function cancelBooking(
  checkouts: Checkouts,
  viewer: Viewer,
  key: BookingKey | null,
): Promise<CancelBookingOutcome> {
  return countOutcome(checkouts.platform, 'cancelBooking', await cancel(checkouts, viewer, key));
}

async function cancel(
  checkouts: Checkouts,
  viewer: Viewer,
  key: BookingKey | null,
): Promise<CancelBookingOutcome> {
  const booking = key && (await findBooking(checkouts.platform.db, key))?.booking;
  if (!key || !booking || !mayCancel(booking, viewer)) return bookingNotFound();
  if (booking.step === 'confirmed') {
    const cancelling = await releaseAndRefund(checkouts, booking, FIRST_RECOVERY_SECONDS);
    if (cancelling !== null) await checkouts.atCrashPoint('cancelling', booking.id);
  }
  const current = await advanceCheckout(inBackground(checkouts), key); // a refund yields to buyers
  return STATUS_OF[current.step] === 'CANCELLED' ? bookingCancelled(current) : bookingNotCancellable(current);
}

const mayCancel = ({ viewerId }: BookingRow, viewer: Viewer): boolean =>
  viewerId === viewer.id || viewer.roles.has('ADMIN');
