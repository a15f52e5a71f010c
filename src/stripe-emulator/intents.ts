import type Stripe from 'stripe';

import { invalidRequest } from './api-error.ts';
import type { ApiError } from './api-error.ts';

/** Statuses of an intent that the emulator supports. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

/**
 * requires_payment_method  no payment method: new, or the last attempt failed
 * requires_confirmation    a payment method is attached, the confirmation is missing
 * requires_action          the buyer has to authenticate by 3-D Secure
 * processing               the bank processes the payment; it cannot be cancelled
 * requires_capture         the amount is authorised; the merchant captures or cancels it
 * succeeded, canceled      final; only a refund returns the money
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
  processing: ['requires_payment_method', 'requires_action', 'requires_capture', 'succeeded'],
  requires_capture: ['succeeded', 'canceled'],
  succeeded: [],
  canceled: [],
} as const satisfies Record<IntentStatus, readonly IntentStatus[]>;

/**
 * Statuses in which each action is allowed. Stripe's reference names none for `confirm`; that it refuses `requires_action`, until
 * another payment method is set, is seen in github.com/woocommerce/woocommerce-gateway-stripe/issues/2950.
 */
export const ALLOWED_STATUSES = {
  confirm: ['requires_payment_method', 'requires_confirmation'],
  cancel: ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action'],
  capture: ['requires_capture'],
  update: ['requires_payment_method', 'requires_confirmation', 'requires_action'],
} as const satisfies Record<string, readonly IntentStatus[]>;

type Action = keyof typeof ALLOWED_STATUSES;

/** Apply a transition of the table; any other is a bug of the emulator. */
export function moveIntent(
  intent: Stripe.PaymentIntent,
  to: IntentStatus,
  changes: Partial<Stripe.PaymentIntent> = {},
): Stripe.PaymentIntent {
  const transitions: readonly string[] = INTENT_TRANSITIONS[intent.status as IntentStatus];
  if (intent.status !== to && !transitions.includes(to)) {
    throw new Error(`payment intent has no transition from ${intent.status} to ${to}`);
  }
  return { ...intent, next_action: null, processing: null, ...changes, status: to };
}

/** Throw `payment_intent_unexpected_state` unless the action is allowed in the status of the intent. */
export function requireState(intent: Stripe.PaymentIntent, action: Exclude<Action, 'update'>): void {
  const allowed: readonly string[] = ALLOWED_STATUSES[action];
  if (!allowed.includes(intent.status))
    throw unexpectedState(intent, unexpectedStateMessage(intent, action, allowed));
}

/** The same for the update of a field, which the error names as `param`. */
export function requireUpdatable(intent: Stripe.PaymentIntent, field: 'amount' | 'payment_method'): void {
  const allowed: readonly string[] = ALLOWED_STATUSES.update;
  if (allowed.includes(intent.status)) return;
  const message = `This PaymentIntent's ${field} could not be updated because it has a status of ${intent.status}. You may only update the ${field} of a PaymentIntent with one of the following statuses: ${allowed.join(', ')}.`;
  throw unexpectedState(intent, message, field);
}

/** Error of an action that the status does not allow; carries the intent. */
export function unexpectedState(intent: Stripe.PaymentIntent, message: string, param?: string): ApiError {
  return invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent,
    ...(param === undefined ? {} : { param }),
  });
}

function unexpectedStateMessage(
  intent: Stripe.PaymentIntent,
  action: Exclude<Action, 'update'>,
  allowed: readonly string[],
): string {
  const statuses = allowed.join(', ');
  switch (action) {
    case 'confirm':
      return intent.status === 'succeeded'
        ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
        : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: ${statuses}.`;
    case 'cancel':
      return `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${statuses}.`;
    case 'capture':
      return `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: ${statuses}.`;
  }
}
