import type { RequestRefused, UnknownResult } from '../provider/payment-provider.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { Checkouts } from './checkout-deps.ts';

/**
 * Whether a checkout advanced, here or in a concurrent call, or waits for the buyer, the bank or Stripe. `charged`: it advanced
 * because this call has just charged the card.
 */
export type Progress = 'advanced' | 'charged' | 'waiting';

/** Log an inconclusive result of Stripe; alarm if retries cannot succeed. */
export async function reportUnknown(
  checkouts: Checkouts,
  booking: BookingRow,
  { code, reason, needsOperator }: UnknownResult,
): Promise<void> {
  checkouts.platform.log.warn(
    { bookingId: booking.id, step: booking.step, reason },
    'payment status unknown',
  );
  const cause = { subject: booking.id, reason: code };
  if (needsOperator) await checkouts.alarm('stripe-unusable', cause, { bookingId: booking.id, reason });
}

/** Log a refund that Stripe did not accept; alarm if retries cannot succeed. */
export async function reportFailedRefund(
  checkouts: Checkouts,
  refund: RequestRefused | UnknownResult,
  details: { bookingId: string } | { intentId: string },
): Promise<void> {
  const reason = refund.kind === 'refused' ? `${refund.code}: ${refund.message}` : refund.reason;
  checkouts.platform.log.warn({ ...details, reason }, 'refund failed');
  const subject = 'bookingId' in details ? details.bookingId : details.intentId;
  if (refund.kind === 'refused' || refund.needsOperator)
    await checkouts.alarm('refund-refused', { subject, reason: refund.code }, { ...details, reason });
}

/** The intent of a checkout that has one. */
export function requireIntentId({ id, intentId }: BookingRow): string {
  if (intentId === null) throw new Error(`booking ${id} has no payment intent`);
  return intentId;
}
