import type Stripe from 'stripe';

import { ApiError, docUrl } from './api-error.ts';
import { emitEvent, paymentMethodOf } from './call.ts';
import type { Call } from './call.ts';
import { AUTHENTICATION_REQUIRED } from './cards.ts';
import type { Decline } from './cards.ts';
import { moveIntent } from './intents.ts';
import { newCharge } from './objects.ts';

/** Parameters of a confirmation. */
export interface PaymentAttempt {
  /** The buyer is absent: a card that requires authentication is declined. */
  offSession: boolean;
  /** Decline instead of waiting for authentication. */
  errorOnRequiresAction: boolean;
  returnUrl: string | null;
}

/** The updated intent, and the error if the card was declined. */
export interface AttemptOutcome {
  intent: Stripe.PaymentIntent;
  refusal: ApiError | null;
}

/** Attempt to charge the intent's payment method: it succeeds, is declined, is processing, or requires authentication. */
export function attemptPayment(
  call: Call,
  intent: Stripe.PaymentIntent,
  attempt: PaymentAttempt,
): AttemptOutcome {
  const { card } = paymentMethodOf(call, intent.payment_method);
  if (!card.authentication) return simulateCharge(call, intent);
  if (attempt.offSession || attempt.errorOnRequiresAction) {
    return decline(call, intent, AUTHENTICATION_REQUIRED);
  }
  return { intent: requireAuthentication(call, intent, attempt.returnUrl), refusal: null };
}

/** Move an intent to `requires_action`: the buyer has to authenticate on the page of the bank. */
export function requireAuthentication(
  call: Call,
  intent: Stripe.PaymentIntent,
  returnUrl: string | null,
): Stripe.PaymentIntent {
  const waiting = moveIntent(intent, 'requires_action', {
    last_payment_error: null,
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: returnUrl, url: `${call.origin}/3ds/${intent.id}` },
    },
  });
  call.state.save('payment_intent', waiting);
  emitEvent(call, 'payment_intent.requires_action', waiting);
  return waiting;
}

/** Charge the card, after authentication if it requires one. */
export function simulateCharge(call: Call, intent: Stripe.PaymentIntent): AttemptOutcome {
  const { method, card } = paymentMethodOf(call, intent.payment_method);
  if (card.decline) return decline(call, intent, card.decline);

  const charge = newCharge(intent, method, card.processing ? 'pending' : 'succeeded');
  call.state.insert('charge', charge, { parent: intent.id });
  const charged = { ...intent, latest_charge: charge.id, last_payment_error: null };
  if (!card.processing) return { intent: succeed(call, charged), refusal: null };

  const processing = moveIntent(charged, 'processing', { processing: { type: 'card' } });
  call.state.save('payment_intent', processing);
  emitEvent(call, 'payment_intent.processing', processing);
  return { intent: processing, refusal: null };
}

/** Move a charged intent to `succeeded`, or to `requires_capture` with manual capture. */
export function succeed(call: Call, intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
  const manual = intent.capture_method === 'manual';
  const moved = manual
    ? moveIntent(intent, 'requires_capture', { amount_capturable: intent.amount })
    : moveIntent(intent, 'succeeded', { amount_received: intent.amount });
  call.state.save('payment_intent', moved);
  emitEvent(call, manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', moved);
  return moved;
}

function decline(call: Call, intent: Stripe.PaymentIntent, reason: Decline): AttemptOutcome {
  const { method, card } = paymentMethodOf(call, intent.payment_method);
  const charge = {
    ...newCharge(intent, method, 'failed'),
    failure_code: reason.code,
    failure_message: reason.message,
  };
  call.state.insert('charge', charge, { parent: intent.id });
  const failed = failPayment(
    call,
    { ...intent, latest_charge: charge.id },
    {
      type: 'card_error',
      ...reason,
      charge: charge.id,
      payment_method: method.object,
    },
  );
  const refusal = new ApiError(
    402,
    {
      type: 'card_error',
      ...reason,
      charge: charge.id,
      payment_intent: failed,
      payment_method: method.object,
    },
    { responseMode: card.responseMode },
  );
  return { intent: failed, refusal };
}

/** Move an intent to `requires_payment_method`, with the error of the failed attempt. */
export function failPayment(
  call: Call,
  intent: Stripe.PaymentIntent,
  error: Stripe.PaymentIntent.LastPaymentError & { code: string },
): Stripe.PaymentIntent {
  const failed = moveIntent(intent, 'requires_payment_method', {
    payment_method: null,
    last_payment_error: { ...error, doc_url: docUrl(error.code) },
  });
  call.state.save('payment_intent', failed);
  emitEvent(call, 'payment_intent.payment_failed', failed);
  return failed;
}
