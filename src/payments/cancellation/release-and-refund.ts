import { returnTickets } from '../../booking/index.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { scheduleRecovery } from '../checkout/schedule-recovery.ts';
import { cancelBookingTickets } from '../store/booking-tickets.ts';
import { moveToCancelling } from '../store/booking-transitions.ts';
import type { BookingRow } from '../store/bookings.ts';

/**
 * Release the tickets of a confirmed Booking and make its refund due, in one transaction; a job makes the refund after
 * `delaySeconds`. `null`: the Booking is not cancellable any more, or a concurrent call was faster.
 */
export function releaseAndRefund(
  { platform }: Pick<Checkouts, 'platform'>,
  booking: BookingRow,
  delaySeconds: number,
): Promise<BookingRow | null> {
  const { eventId, reservationId } = booking;
  return inTransaction(platform, 'payments.cancelBooking', async (tx, abort) => {
    // The Reservation is locked before the Booking, in the same order as in every other transaction.
    await returnTickets(tx, { eventId, id: reservationId });
    const cancelling = await moveToCancelling(tx, booking);
    if (cancelling === null) return abort(null);
    await cancelBookingTickets(tx, booking);
    await scheduleRecovery(tx, cancelling, delaySeconds);
    return cancelling;
  });
}
