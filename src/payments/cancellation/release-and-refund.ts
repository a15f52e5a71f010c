import { returnTickets, type ReturnOptions } from '../../booking/index.ts';
import type { Tx } from '../../platform/db/pool.ts';
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
  return inTransaction(
    platform,
    'payments.cancelBooking',
    async (tx, abort) => (await cancelConfirmed(tx, booking, { delaySeconds })) ?? abort(null),
  );
}

interface CancelOptions extends Partial<ReturnOptions> {
  delaySeconds: number;
  /** Whether or not its buyer may still cancel it. */
  byOrganiser?: boolean;
}

/** The same in the caller's transaction, which has to roll back for `null`. */
export async function cancelConfirmed(
  tx: Tx,
  booking: BookingRow,
  { delaySeconds, byOrganiser = false, returnToSale = true }: CancelOptions,
): Promise<BookingRow | null> {
  // The Reservation is locked before the Booking, in the same order as in every other transaction.
  await returnTickets(tx, { eventId: booking.eventId, id: booking.reservationId }, { returnToSale });
  const cancelling = await moveToCancelling(tx, booking, { byOrganiser });
  if (cancelling === null) return null;
  await cancelBookingTickets(tx, booking);
  await scheduleRecovery(tx, cancelling, delaySeconds);
  return cancelling;
}
