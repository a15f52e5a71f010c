import { giveBackTickets } from '../../booking/index.ts';
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
import { findBooking, moveToCancelling, type BookingKey, type BookingRow } from '../store/bookings.ts';
import { advanceCheckout } from './advance-checkout.ts';
import { FIRST_RECOVERY_SECONDS } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { scheduleRecovery } from './schedule-recovery.ts';

/**
 * Give a confirmed Booking back.
 *
 * One transaction frees the tickets and owes the money; from there the money is sent back until Stripe has taken it on,
 * whoever crashes. The other way round, a crash in between would leave a buyer with the money and the tickets.
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
  if (!key || !booking || !isTheirs(booking, viewer)) return bookingNotFound();
  if (booking.step === 'confirmed') {
    const begun = await releaseAndRefund(checkouts, booking);
    if (begun !== null) await checkouts.atCrashPoint('cancelling', booking.id);
  }
  const current = await advanceCheckout(checkouts, key);
  return STATUS_OF[current.step] === 'CANCELLED' ? bookingCancelled(current) : bookingNotCancellable(current);
}

/** `null`: its Event has begun, or somebody else was faster. */
function releaseAndRefund({ platform }: Checkouts, booking: BookingRow): Promise<BookingRow | null> {
  const { eventId, reservationId } = booking;
  return inTransaction(platform, 'payments.cancelBooking', async (tx, abort) => {
    await giveBackTickets(tx, { eventId, id: reservationId }); // locks first what everybody locks first
    const cancelling = await moveToCancelling(tx, booking);
    if (cancelling === null) return abort(null);
    await cancelBookingTickets(tx, booking);
    await scheduleRecovery(tx, booking, FIRST_RECOVERY_SECONDS);
    return cancelling;
  });
}

const isTheirs = ({ viewerId }: BookingRow, viewer: Viewer): boolean =>
  viewerId === viewer.id || viewer.roles.has('ADMIN');
