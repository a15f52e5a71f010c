import type Stripe from 'stripe';

import { ApiError, docUrl } from './api-error.ts';
import { methodOf, emitEvent } from './call.ts';
import type { Call } from './call.ts';
import { AUTHENTICATION_REQUIRED } from './cards.ts';
import type { Decline } from './cards.ts';
import { move } from './intents.ts';
import { newCharge } from './objects.ts';

/** What the merchant says about the buyer while confirming. */
export interface PaymentAttempt {
  /** The buyer is not there, so a card that wants authentication is declined. */
  offSession: boolean;
  /** Decline rather than wait for the buyer. */
  errorOnRequiresAction: boolean;
  returnUrl: string | null;
}

/** How an attempt ended: the intent as it is now, and the refusal if the card was refused. */
export interface Outcome {
  intent: Stripe.PaymentIntent;
  refusal: ApiError | null;
}

/** Try to charge the intent's payment method: it succeeds, is refused, is slow, or waits for the buyer. */
export function attemptPayment(call: Call, intent: Stripe.PaymentIntent, attempt: PaymentAttempt): Outcome {
  const { card } = methodOf(call, intent.payment_method);
  if (!card.authentication) return simulateCharge(call, intent);
  if (attempt.offSession || attempt.errorOnRequiresAction) {
    return decline(call, intent, AUTHENTICATION_REQUIRED);
  }
  const waiting = move(intent, 'requires_action', {
    last_payment_error: null,
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: attempt.returnUrl, url: `${call.origin}/3ds/${intent.id}` },
    },
  });
  call.state.save('payment_intent', waiting);
  emitEvent(call, 'payment_intent.requires_action', waiting);
  return { intent: waiting, refusal: null };
}

/** Charge the card now; whatever authentication it wanted has been given. */
export function simulateCharge(call: Call, intent: Stripe.PaymentIntent): Outcome {
  const { method, card } = methodOf(call, intent.payment_method);
  if (card.decline) return decline(call, intent, card.decline);

  const charge = newCharge(intent, method, card.slow ? 'pending' : 'succeeded');
  call.state.insert('charge', charge, { parent: intent.id });
  const charged = { ...intent, latest_charge: charge.id, last_payment_error: null };
  if (!card.slow) return { intent: succeed(call, charged), refusal: null };

  const processing = move(charged, 'processing', { processing: { type: 'card' } });
  call.state.save('payment_intent', processing);
  emitEvent(call, 'payment_intent.processing', processing);
  return { intent: processing, refusal: null };
}

/** Bring a charged intent to its good end: the money is there, or set aside for capture. */
export function succeed(call: Call, intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
  const manual = intent.capture_method === 'manual';
  const moved = manual
    ? move(intent, 'requires_capture', { amount_capturable: intent.amount })
    : move(intent, 'succeeded', { amount_received: intent.amount });
  call.state.save('payment_intent', moved);
  emitEvent(call, manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', moved);
  return moved;
}

function decline(call: Call, intent: Stripe.PaymentIntent, reason: Decline): Outcome {
  const { method, card } = methodOf(call, intent.payment_method);
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
    { manner: card.manner },
  );
  return { intent: failed, refusal };
}

/** Put the intent back to where another payment method can be tried, and say why. */
export function failPayment(
  call: Call,
  intent: Stripe.PaymentIntent,
  error: Stripe.PaymentIntent.LastPaymentError & { code: string },
): Stripe.PaymentIntent {
  const failed = move(intent, 'requires_payment_method', {
    payment_method: null,
    last_payment_error: { ...error, doc_url: docUrl(error.code) },
  });
  call.state.save('payment_intent', failed);
  emitEvent(call, 'payment_intent.payment_failed', failed);
  return failed;
}
