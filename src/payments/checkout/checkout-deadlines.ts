import { MAX_PAYMENT_EXTENSION_SECONDS } from '../../booking/index.ts';
import { isRefundDue } from '../checkout-steps.ts';
import type { BookingRow } from '../store/bookings.ts';

/** Deadline of a payment: 3-D Secure pages of banks expire after some ten minutes. */
export const PAYMENT_TIMEOUT_SECONDS = 14 * 60;

/** The hold outlives the payment deadline by a minute, so that a payment in time finds its tickets held. */
export const PAYMENT_HOLD_SECONDS = PAYMENT_TIMEOUT_SECONDS + 60;

/** Time to try another card after a decline. */
export const MIN_HOLD_AFTER_DECLINE_SECONDS = 120;

/** Delay of the first recovery job: the request has finished by then, or its process is dead. Both at once do no harm. */
export const FIRST_RECOVERY_SECONDS = 30;

/** Idle time after which a checkout without a waiting job gets a new one. */
export const STUCK_AFTER_SECONDS = 60;

/**
 * Backoff of the recovery job by the age of the checkout: 5 s while the buyer waits, at most 45 s, which is less than the
 * minute between the payment deadline and the end of the hold.
 */
const MAX_RETRY_SECONDS = 45;

/** Of a refund that is due, by the time since then: no tickets depend on it, and what Stripe refuses it refuses for long. */
const MAX_REFUND_RETRY_SECONDS = 60 * 60;

/** Age of a due refund at which an operator learns of it, although Stripe has refused none of its requests. */
export const REFUND_OVERDUE_AFTER_SECONDS = 24 * 60 * 60;

/** Seconds until the next run of the recovery job: a quarter of the time that the checkout, or its refund, has taken so far. */
export function nextRetrySeconds(
  { step, createdAt, updatedAt }: Pick<BookingRow, 'step' | 'createdAt' | 'updatedAt'>,
  now = Date.now(),
): number {
  return isRefundDue(step)
    ? nextRefundSeconds(updatedAt, now)
    : quarterOfAge(createdAt, now, MAX_RETRY_SECONDS);
}

/** Seconds until the next request for a refund that is due since then. */
export const nextRefundSeconds = (dueSince: Date, now = Date.now()): number =>
  quarterOfAge(dueSince, now, MAX_REFUND_RETRY_SECONDS);

const quarterOfAge = (since: Date, now: number, maxSeconds: number): number =>
  Math.min(Math.max((now - since.getTime()) / 4_000, 5), maxSeconds);

/** Seconds from now for which a payment may hold the tickets: `wantedSeconds`, or less near the limit beyond the cap. */
export function holdExtension(
  hold: { heldUntil: Date; heldUntilCap: Date; secondsLeft: number },
  wantedSeconds: number,
): number {
  const untilCap = (hold.heldUntilCap.getTime() - hold.heldUntil.getTime()) / 1_000 + hold.secondsLeft;
  return Math.min(Math.max(untilCap + MAX_PAYMENT_EXTENSION_SECONDS, 0), wantedSeconds);
}

/** The request that charges a card times out after 10 s. */
const MIN_PAYMENT_TIMEOUT_SECONDS = 20;

/** Seconds until the payment deadline, for a hold of `heldSeconds`. */
export const paymentTimeoutSeconds = (heldSeconds: number): number =>
  Math.max(heldSeconds - (PAYMENT_HOLD_SECONDS - PAYMENT_TIMEOUT_SECONDS), MIN_PAYMENT_TIMEOUT_SECONDS);
