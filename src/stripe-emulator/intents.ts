import type Stripe from 'stripe';

import { invalidRequest } from './api-error.ts';
import type { ApiError } from './api-error.ts';

/** Where a payment can be, as far as the emulator goes. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

/**
 * requires_payment_method  nothing to charge: new, or the last attempt failed
 * requires_confirmation    a card is attached and the merchant's go-ahead is missing
 * requires_action          the buyer has to pass 3-D Secure
 * processing               the network takes its time; nobody can cancel
 * requires_capture         the money is set aside; the merchant takes or releases it
 * succeeded, canceled      final; money comes back by a refund alone
 */
export const INTENT_TRANSITIONS = {
  requires_payment_method: [
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  requires_confirmation: [
    'requires_payment_method',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  requires_action: [
    'requires_payment_method',
    'requires_confirmation',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ],
  processing: ['requires_payment_method', 'requires_capture', 'succeeded'],
  requires_capture: ['succeeded', 'canceled'],
  succeeded: [],
  canceled: [],
} as const satisfies Record<IntentStatus, readonly IntentStatus[]>;

/** What may be asked for, and in which states. */
export const ALLOWED = {
  confirm: ['requires_payment_method', 'requires_confirmation', 'requires_action'],
  cancel: ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action'],
  capture: ['requires_capture'],
  update: ['requires_payment_method', 'requires_confirmation', 'requires_action'],
} as const satisfies Record<string, readonly IntentStatus[]>;

/** Move an intent along an arrow of the table; any other move is a bug of the emulator. */
export function move(
  intent: Stripe.PaymentIntent,
  to: IntentStatus,
  changes: Partial<Stripe.PaymentIntent> = {},
): Stripe.PaymentIntent {
  const arrows: readonly string[] = INTENT_TRANSITIONS[intent.status as IntentStatus];
  if (intent.status !== to && !arrows.includes(to)) {
    throw new Error(`No arrow leads a payment intent from ${intent.status} to ${to}`);
  }
  return { ...intent, next_action: null, processing: null, ...changes, status: to };
}

/** Throw Stripe's `payment_intent_unexpected_state` unless the intent is where the wish is allowed. */
export function requireState(intent: Stripe.PaymentIntent, wish: keyof typeof ALLOWED): void {
  const allowed: readonly string[] = ALLOWED[wish];
  if (!allowed.includes(intent.status)) throw unexpectedState(intent, explain(intent, wish, allowed));
}

/** Stripe's refusal of a wish that comes at the wrong moment; it carries the intent as it is. */
export function unexpectedState(intent: Stripe.PaymentIntent, message: string): ApiError {
  return invalidRequest(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
}

function explain(
  intent: Stripe.PaymentIntent,
  wish: keyof typeof ALLOWED,
  allowed: readonly string[],
): string {
  const statuses = allowed.join(', ');
  switch (wish) {
    case 'confirm':
      return intent.status === 'succeeded'
        ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
        : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: ${statuses}.`;
    case 'cancel':
      return `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${statuses}.`;
    case 'capture':
      return `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: ${statuses}.`;
    case 'update':
      return `This PaymentIntent could not be updated because it has a status of ${intent.status}. You may only update it with one of the following statuses: ${statuses}.`;
  }
}
