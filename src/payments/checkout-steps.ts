import type { BookingStatus } from '../generated/graphql.ts';
import type { checkoutStep } from './tables.ts';

/** Where a checkout stands. */
export type CheckoutStep = (typeof checkoutStep.enumValues)[number];

/**
 * opened            the row is written, the tickets are held; Stripe may know an intent, but nothing can be charged
 * charging          Stripe's intent is known by its id; the card may or may not have been charged
 * awaiting_payment  Stripe has the card; the buyer (3-D Secure) or the bank takes its time
 * paid              Stripe has the money
 * confirmed         the tickets are the buyer's; from here only giving them back leads on
 * declining         the payment is being given up: its intent is cancelled first, so that it cannot succeed later
 * declined          nothing was taken, and nothing ever will be
 * refunding         the money came too late for the tickets and is owed to the buyer
 * refunded          Stripe has been told to send it back
 * cancelling        given back: the tickets are free again, the money is owed to the buyer
 * cancelled         Stripe has been told to send it back
 *
 * Whoever notices first moves a checkout on: the mutation, a webhook, or the recovery job. What has not come to rest
 * is nobody's in particular, and is asked about until it has.
 */
export const CHECKOUT_TRANSITIONS = {
  opened: [
    'charging',
    'paid', // nothing to pay
    'declined', // Stripe made no intent, or the time was up before it was asked
  ],
  charging: ['awaiting_payment', 'paid', 'declining'],
  awaiting_payment: ['paid', 'declining'],
  paid: ['confirmed', 'refunding'],
  confirmed: ['cancelling'],
  declining: [
    'declined',
    'paid', // the payment succeeded before it could be cancelled
  ],
  declined: [],
  refunding: ['refunded'],
  refunded: [],
  cancelling: ['cancelled'],
  cancelled: [],
} as const satisfies Record<CheckoutStep, readonly CheckoutStep[]>;

/** What clients see of each step. A refund that is owed counts as made: nothing but time stands between the two. */
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

/** Every step, in the order a checkout goes through them. */
export const CHECKOUT_STEPS = Object.keys(CHECKOUT_TRANSITIONS) as CheckoutStep[];

/** Steps at which a checkout is done, until somebody asks for more. The index `bookings_under_way` leaves out the same. */
export const TERMINAL_STEPS = [
  'confirmed',
  'declined',
  'refunded',
  'cancelled',
] as const satisfies CheckoutStep[];

/** Tell whether a checkout has come to rest at this step. */
export const isTerminal = (step: CheckoutStep): boolean => TERMINAL_STEPS.includes(step as never);

/** The steps that clients see as one of these statuses. */
export function stepsWithStatus(statuses: readonly BookingStatus[]): CheckoutStep[] {
  return CHECKOUT_STEPS.filter((step) => statuses.includes(STATUS_OF[step]));
}
