import { findReservation } from '../../booking/index.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import {
  findIdleIntents,
  leaveSharedIntents,
  markIntentClosed,
  type PaidReservation,
} from '../store/attempts.ts';
import type { Checkouts } from './checkout-deps.ts';
import { alarmIfUnusable } from './progress.ts';
import { scheduleClosing } from './schedule-recovery.ts';
import { settleLatePayment } from './settle-late-payment.ts';

/**
 * Cancel the intents that declined attempts left open, once the hold has ended: a buyer with the client secret could pay
 * with them. Until then the next attempt uses them, also while one is in progress: it may be declined at any moment.
 */
export async function closeIntents(checkouts: Checkouts, reservation: PaidReservation): Promise<void> {
  const { db } = checkouts.platform;
  const hold = await findReservation(db, reservation.eventId, reservation.id);
  if (hold?.status === 'HELD') {
    await inTransaction(checkouts.platform, 'payments.closeLater', (tx) =>
      scheduleClosing(tx, reservation, hold.secondsLeft),
    );
    return;
  }
  // A hold that has ended is not paid again, so no attempt begins with these intents any more.
  for (const intentId of await findIdleIntents(db, reservation)) {
    await closeIntent(checkouts, reservation, intentId);
  }
  await inTransaction(checkouts.platform, 'payments.leaveIntents', (tx) =>
    leaveSharedIntents(tx, reservation),
  );
}

/** Cancel an intent that no Booking in progress has; throws, so that the job is repeated, if its status is not final then. */
async function closeIntent(
  checkouts: Checkouts,
  reservation: PaidReservation,
  intentId: string,
): Promise<void> {
  const status = await checkouts.stripe.cancelIntent(intentId);
  await checkouts.atCrashPoint('intent-cancelled', reservation.id);
  if (status.kind === 'succeeded') return settleLatePayment(checkouts, reservation, intentId);
  if (status.kind === 'unknown') await alarmIfUnusable(checkouts, status, intentId, { intentId });
  if (status.kind !== 'cancelled')
    throw new Error(`payment intent ${intentId} cannot be cancelled: ${status.kind}`);
  await inTransaction(checkouts.platform, 'payments.closeIntent', (tx) =>
    markIntentClosed(tx, reservation, intentId),
  );
  return undefined;
}
