import { inTransaction } from '../../platform/db/transaction.ts';
import { countAttempts, replaceIntent } from '../store/attempts.ts';
import { moveBooking } from '../store/booking-transitions.ts';
import type { BookingRow } from '../store/bookings.ts';
import { intentRequest } from './attempt-requests.ts';
import type { Checkouts } from './checkout-deps.ts';
import { PAYMENT_EXPIRED } from './failures.ts';
import { reportUnknown, requireIntentId, type Progress } from './progress.ts';

/** Bounds the intents of one Reservation, if something cancels each at once. */
const MAX_INTENTS = 10;

/**
 * `charging`: the intent was cancelled, in the dashboard or because Stripe limits how often one is confirmed, so the card was
 * not charged. The attempt goes on with a new intent.
 */
export async function replaceCancelledIntent(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  const { db } = checkouts.platform;
  const { intents } = await countAttempts(db, { eventId: booking.eventId, id: booking.reservationId });
  if (intents >= MAX_INTENTS) {
    await moveBooking(db, booking, 'charging', 'declining', PAYMENT_EXPIRED);
    return 'advanced';
  }
  const result = await checkouts.stripe.createIntent(await intentRequest(checkouts, booking, intents));
  if (result.kind === 'created') {
    const replaced = { ...booking, intentId: requireIntentId(booking) };
    await inTransaction(checkouts.platform, 'payments.replaceIntent', (tx) =>
      replaceIntent(tx, replaced, result.intentId),
    );
    await checkouts.atCrashPoint('intent-replaced', booking.id);
    return 'advanced';
  }
  if (result.kind === 'unknown') reportUnknown(checkouts, booking, result);
  return 'waiting';
}
