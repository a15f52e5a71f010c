import { inTransaction } from '../../platform/db/transaction.ts';
import { replaceIntent } from '../store/attempts.ts';
import { moveBooking } from '../store/booking-transitions.ts';
import type { BookingRow } from '../store/bookings.ts';
import { intentRequest } from './attempt-requests.ts';
import type { Checkouts } from './checkout-deps.ts';
import { PAYMENT_EXPIRED, PAYMENT_UNAVAILABLE, refusalChange } from './failures.ts';
import { reportUnknown, requireIntentId, type Progress } from './progress.ts';

/** Bounds the intents of one attempt, if something cancels each at once. */
const MAX_INTENT_REPLACEMENTS = 3;

/**
 * `charging`: the intent was cancelled, in the dashboard or because Stripe limits how often one is confirmed, so the card was
 * not charged. The attempt goes on with a new intent, or ends at `declining`, which cancels what a concurrent call made.
 */
export async function replaceCancelledIntent(checkouts: Checkouts, booking: BookingRow): Promise<Progress> {
  const { db, log } = checkouts.platform;
  const cancelled = requireIntentId(booking);
  if (booking.intentReplacements >= MAX_INTENT_REPLACEMENTS) {
    log.warn({ bookingId: booking.id, intentId: cancelled }, 'payment intent not replaced again');
    await moveBooking(db, booking, 'charging', 'declining', PAYMENT_EXPIRED);
    return 'advanced';
  }
  const result = await checkouts.stripe.createIntent(await intentRequest(checkouts, booking, cancelled));
  switch (result.kind) {
    case 'created': {
      if (result.intentId === cancelled) return 'waiting';
      const replaced = { ...booking, intentId: cancelled };
      const changed = await inTransaction(checkouts.platform, 'payments.replaceIntent', (tx) =>
        replaceIntent(tx, replaced, result.intentId),
      );
      if (changed)
        log.warn({ bookingId: booking.id, cancelled, intentId: result.intentId }, 'payment intent replaced');
      await checkouts.atCrashPoint('intent-replaced', booking.id);
      return 'advanced';
    }
    case 'refused':
      await moveBooking(db, booking, 'charging', 'declining', refusalChange(checkouts, booking, result));
      return 'advanced';
    case 'unknown':
      await reportUnknown(checkouts, booking, result);
      if (result.inProgress) return 'waiting'; // a concurrent call is creating it
      // Stripe replays an error 500 under its key for a day: only another attempt can create an intent.
      await moveBooking(db, booking, 'charging', 'declining', PAYMENT_UNAVAILABLE);
      return 'advanced';
  }
}
