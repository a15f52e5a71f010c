import { endPaymentAttempt, findReservation } from '../../booking/index.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import { moveBooking, type BookingChange } from '../store/booking-transitions.ts';
import { type BookingRow } from '../store/bookings.ts';
import { holdExtension, MIN_HOLD_AFTER_DECLINE_SECONDS } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { scheduleClosing } from './schedule-recovery.ts';

/**
 * Decline a checkout that can no longer charge: the Reservation is held again, for another attempt. An intent that takes one is
 * cancelled when the hold ends.
 */
export async function declineCheckout(
  checkouts: Checkouts,
  booking: BookingRow,
  from: 'opened' | 'charging' | 'awaiting_payment' | 'declining',
  change: BookingChange = {},
): Promise<'advanced'> {
  const ended = await inTransaction(
    checkouts.platform,
    'payments.endAttempt',
    async (tx, abort: Abort<null>) => {
      const { eventId, reservationId: id } = booking;
      const hold = await findReservation(tx, eventId, id);
      const atLeastSeconds = hold === null ? 0 : holdExtension(hold, MIN_HOLD_AFTER_DECLINE_SECONDS);
      const { secondsLeft } = await endPaymentAttempt(tx, { eventId, id, atLeastSeconds });
      const declined = (await moveBooking(tx, booking, from, 'declined', change)) ?? abort(null);
      if (declined.sharedIntent) await scheduleClosing(tx, { eventId, id }, secondsLeft);
      return declined;
    },
  );
  if (ended !== null) {
    checkouts.platform.log.info(
      { bookingId: booking.id, attempt: ended.attempt, code: ended.failureCode },
      'payment declined',
    );
    await checkouts.atCrashPoint('settled', booking.id);
  }
  return 'advanced';
}
