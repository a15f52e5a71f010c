import { returnTickets } from '../../booking/index.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { STATUS_OF } from '../checkout-steps.ts';
import {
  bookingCancelled,
  bookingNotCancellable,
  bookingNotFound,
  type CancelBookingOutcome,
} from '../outcomes.ts';
import { cancelBookingTickets } from '../store/booking-tickets.ts';
import { moveToCancelling } from '../store/booking-transitions.ts';
import { findBooking, type BookingKey, type BookingRow } from '../store/bookings.ts';
import { advanceCheckout } from './advance-checkout.ts';
import { FIRST_RECOVERY_SECONDS } from './checkout-deadlines.ts';
import { inBackground, type Checkouts } from './checkout-deps.ts';
import { scheduleRecovery } from './schedule-recovery.ts';

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
    const cancelling = await releaseAndRefund(checkouts, booking);
    if (cancelling !== null) await checkouts.atCrashPoint('cancelling', booking.id);
  }
  const current = await advanceCheckout(inBackground(checkouts), key); // a refund yields to buyers
  return STATUS_OF[current.step] === 'CANCELLED' ? bookingCancelled(current) : bookingNotCancellable(current);
}

/** `null`: the Event has started, or a concurrent call was faster. */
function releaseAndRefund({ platform }: Checkouts, booking: BookingRow): Promise<BookingRow | null> {
  const { eventId, reservationId } = booking;
  return inTransaction(platform, 'payments.cancelBooking', async (tx, abort) => {
    // The Reservation is locked before the Booking, in the same order as in every other transaction.
    await returnTickets(tx, { eventId, id: reservationId });
    const cancelling = await moveToCancelling(tx, booking);
    if (cancelling === null) return abort(null);
    await cancelBookingTickets(tx, booking);
    await scheduleRecovery(tx, cancelling, FIRST_RECOVERY_SECONDS);
    return cancelling;
  });
}

const mayCancel = ({ viewerId }: BookingRow, viewer: Viewer): boolean =>
  viewerId === viewer.id || viewer.roles.has('ADMIN');
