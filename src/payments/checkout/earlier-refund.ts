import type { PaidReservation } from '../store/attempts.ts';
import type { BookingRow } from '../store/bookings.ts';
import { recordIntentRefund } from '../store/intent-refunds.ts';
import type { Checkouts } from './checkout-deps.ts';

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
  if (refunds.kind === 'unknown')
    throw new Error(`refunds of payment intent ${intentId} unknown: ${refunds.reason}`);
  if (refunds.kind === 'none') return false;
  const { refundId, status, whole } = refunds;
  const changed = await recordIntentRefund(checkouts.platform, reservation, intentId, {
    refundId,
    status,
  });
  if (changed && !whole)
    checkouts.alarm('refund-incomplete', { intentId, refundId, status, reservationId: reservation.id });
  return true;
}

/** Raise the alarm for a refund that the bank rejected: an operator has to pay the buyer by other means. */
export function alarmIfRejected(
  checkouts: Checkouts,
  { refundId, status }: { refundId: string; status: string },
  details: { bookingId: string } | { intentId: string | null },
): void {
  if (isRejected(status)) checkouts.alarm('refund-failed', { ...details, refundId });
}

/** Whether a refund gives nothing back. */
export const isRejected = (status: string): boolean => status === 'failed' || status === 'canceled';

/** A first attempt that succeeds within this time is paid by the server's own request, before an operator could refund it. */
const MAX_FRESH_MS = 60_000;

/**
 * Whether a succeeded payment may have been made, and refunded, before the server saw it: with the client secret of an
 * earlier attempt, or while webhooks were lost. Each other sale saves a request to Stripe.
 */
export const mayBeRefunded = ({ amount, attempt, createdAt }: BookingRow): boolean =>
  amount > 0 && (attempt !== 1 || Date.now() - createdAt.getTime() > MAX_FRESH_MS);
