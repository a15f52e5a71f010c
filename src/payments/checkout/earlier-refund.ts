import { isRejected } from '../refund-status.ts';
import type { PaidReservation } from '../store/attempts.ts';
import { recordIntentRefund } from '../store/intent-refunds.ts';
import type { Checkouts } from './checkout-deps.ts';
import { alarmIfUnusable } from './progress.ts';

/**
 * Whether the payment of declined attempts was refunded already, in the dashboard or as a stray one: its intent stays
 * `succeeded`. Recorded at the attempts; it buys nothing, even if the refund was partial or failed, which raises an alarm.
 */
export async function recordEarlierRefund(
  checkouts: Checkouts,
  reservation: PaidReservation,
  intentId: string,
): Promise<boolean> {
  const refunds = await checkouts.stripe.retrieveRefunds(intentId);
  if (refunds.kind === 'unknown') {
    await alarmIfUnusable(checkouts, refunds, intentId, { intentId });
    throw new Error(`refunds of payment intent ${intentId} unknown: ${refunds.reason}`);
  }
  if (refunds.kind === 'none') return false;
  const { refundId, status, whole, all } = refunds;
  if (!whole) {
    const cause = { subject: refundId, reason: isRejected(status) ? status : 'partial' };
    const details = { intentId, refundId, status, reservationId: reservation.id };
    await checkouts.alarm('refund-incomplete', cause, details);
  }
  await recordIntentRefund(checkouts.platform, reservation, intentId, refunds, 'elsewhere', all);
  return true;
}

/** Raise the alarm for a refund that the bank rejected: an operator has to pay the buyer by other means. */
export async function alarmIfRejected(
  checkouts: Pick<Checkouts, 'alarm'>,
  { refundId, status }: { refundId: string; status: string },
  details: { bookingId: string } | { intentId: string | null },
): Promise<void> {
  if (isRejected(status))
    await checkouts.alarm('refund-failed', { subject: refundId, reason: status }, { ...details, refundId });
}
