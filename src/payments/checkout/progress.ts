import type { RequestRefused, UnknownResult } from '../provider/payment-provider.ts';
import { findFirstRaised } from '../store/alarms.ts';
import type { BookingRow } from '../store/bookings.ts';
import { REFUND_OVERDUE_AFTER_SECONDS } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';

/**
 * Whether a checkout advanced, here or in a concurrent call, or waits for the buyer, the bank or Stripe. `charged`: it advanced
 * because this call has just charged the card. `superseding`: this call has just opened it in the place of one that waits for the buyer.
 */
export type Progress = 'advanced' | 'charged' | 'superseding' | 'waiting';

/** Log an inconclusive result of Stripe; alarm if retries cannot succeed. */
export async function reportUnknown(
  checkouts: Checkouts,
  booking: BookingRow,
  result: UnknownResult,
): Promise<void> {
  const { id: bookingId, step } = booking;
  checkouts.platform.log.warn({ bookingId, step, reason: result.reason }, 'payment status unknown');
  await alarmIfUnusable(checkouts, result, bookingId, { bookingId });
}

/** Raise the alarm for a result that no retry changes. Where the caller throws, this comes first: a failed job raises none. */
export async function alarmIfUnusable(
  checkouts: Checkouts,
  { code, reason, needsOperator }: UnknownResult,
  subject: string,
  details: object,
): Promise<void> {
  if (needsOperator)
    await checkouts.alarm('stripe-unusable', { subject, reason: code }, { ...details, reason });
}

/** Log a refund that Stripe did not accept; alarm if retries cannot succeed, and once none has for a day, for any reason. */
export async function reportFailedRefund(
  checkouts: Checkouts,
  refund: RequestRefused | UnknownResult,
  details: { bookingId: string; requestId?: string; dueSince: Date } | { intentId: string },
): Promise<void> {
  const reason = refund.kind === 'refused' ? `${refund.code}: ${refund.message}` : refund.reason;
  checkouts.platform.log.warn({ ...details, reason }, 'refund failed');
  const subject = 'bookingId' in details ? (details.requestId ?? details.bookingId) : details.intentId;
  if (refund.kind === 'refused' || refund.needsOperator)
    await checkouts.alarm('refund-refused', { subject, reason: refund.code }, { ...details, reason });
  const dueSince =
    'bookingId' in details
      ? details.dueSince
      : await findFirstRaised(checkouts.platform.db, 'payment-without-booking', subject);
  if (dueSince !== null && Date.now() - dueSince.getTime() >= REFUND_OVERDUE_AFTER_SECONDS * 1_000)
    await checkouts.alarm('refund-overdue', { subject }, { ...details, dueSince, reason });
}

/** The intent of a checkout that has one. */
export function requireIntentId({ id, intentId }: BookingRow): string {
  if (intentId === null) throw new Error(`booking ${id} has no payment intent`);
  return intentId;
}
