import type { BookingStatus } from '../generated/graphql.ts';
import type { checkoutStep } from './tables.ts';

export type CheckoutStep = (typeof checkoutStep.enumValues)[number];

/**
 * opened            the tickets are held, the card is not charged; Stripe may have an unconfirmed intent
 * charging          the intent's id is stored, by this attempt or an earlier one; the card may or may not be charged
 * awaiting_payment  the intent waits for the buyer (3-D Secure) or for the bank
 * paid              the intent succeeded
 * confirmed         the tickets are sold to the buyer; only a cancellation leaves this step
 * declining         the payment expired; its intent is being cancelled, so that it cannot succeed later
 * declined          nothing was charged; the intent takes the next attempt, or is cancelled when the hold ends
 * refunding         the payment succeeded after the tickets were lost; the refund is due
 * refunded          Stripe accepted the refund
 * cancelling        the buyer cancelled: the tickets are released, the refund is due
 * cancelled         Stripe accepted the refund
 *
 * The mutation, a webhook and the recovery job all advance a checkout, concurrently if it happens. A checkout at a step that
 * is not terminal has no owner: the recovery job retries it until it is.
 */
export const CHECKOUT_TRANSITIONS = {
  opened: [
    'charging',
    'paid', // the total is 0
    'declined', // Stripe created no intent, or the payment expired before the request
  ],
  charging: ['awaiting_payment', 'paid', 'declined', 'declining'],
  awaiting_payment: ['paid', 'declined', 'declining'],
  paid: ['confirmed', 'refunding'],
  confirmed: ['cancelling'],
  declining: [
    'declined',
    'paid', // the payment succeeded before the cancellation
  ],
  declined: [
    'confirmed', // the buyer went on with the intent past the server, with its client secret
    'refunding',
  ],
  refunding: ['refunded'],
  refunded: [],
  cancelling: ['cancelled'],
  cancelled: [],
} as const satisfies Record<CheckoutStep, readonly CheckoutStep[]>;

/** Status that clients see at each step. A due refund shows as made: it is retried until Stripe accepts it. */
export const STATUS_OF = {
  opened: 'PENDING',
  charging: 'PENDING',
  awaiting_payment: 'PENDING',
  paid: 'PENDING',
  declining: 'PENDING',
  confirmed: 'CONFIRMED',
  declined: 'DECLINED',
  refunding: 'REFUNDED',
  refunded: 'REFUNDED',
  cancelling: 'CANCELLED',
  cancelled: 'CANCELLED',
} as const satisfies Record<CheckoutStep, BookingStatus>;

/** All steps, in the order of a checkout. */
export const CHECKOUT_STEPS = Object.keys(CHECKOUT_TRANSITIONS) as CheckoutStep[];

/** Steps at which no work is due. The index `bookings_under_way` excludes the same. */
export const TERMINAL_STEPS = [
  'confirmed',
  'declined',
  'refunded',
  'cancelled',
] as const satisfies CheckoutStep[];

/** Whether no work is due at this step. */
export const isTerminal = (step: CheckoutStep): boolean => TERMINAL_STEPS.includes(step as never);

/** Whether a refund is due at this step, and no sale depends on it any more. */
export const isRefundDue = (step: CheckoutStep): boolean => step === 'refunding' || step === 'cancelling';

/** Steps that clients see as one of these statuses. */
export function stepsWithStatus(statuses: readonly BookingStatus[]): CheckoutStep[] {
  return CHECKOUT_STEPS.filter((step) => statuses.includes(STATUS_OF[step]));
}
