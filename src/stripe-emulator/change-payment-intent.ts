import type Stripe from 'stripe';

import { requireChargeable, requireStep } from './amounts.ts';
import { invalidRequest } from './api-error.ts';
import { attemptPayment } from './attempt-payment.ts';
import type { AttemptOutcome, PaymentAttempt } from './attempt-payment.ts';
import { emitEvent, idOf } from './call.ts';
import type { Call } from './call.ts';
import { usePaymentMethod } from './create-payment-intent.ts';
import { moveIntent, requireState, requireUpdatable, unexpectedState } from './intents.ts';
import { mergeMetadata } from './params.ts';
import { nowSeconds } from './state.ts';

const RETURN_URL_MISSING =
  "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.";

const METHOD_MISSING =
  "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";

/** Stripe has a variable limit on confirmations of one intent; after it the intent is cancelled. */
const MAX_CHARGES = 10;

/** Confirm an intent: charge its payment method. */
export function confirmPaymentIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  attempt: PaymentAttempt & { paymentMethod: string | null },
): AttemptOutcome {
  // As the tests of stripe-ios show, a payment method is set first, on a cancelled intent too; on a paid one it is not tried.
  if (attempt.paymentMethod !== null && intent.status === 'canceled')
    requireUpdatable(intent, 'payment_method');
  requireState(intent, 'confirm');
  if (call.state.list('charge', { parent: intent.id, limit: MAX_CHARGES }).length === MAX_CHARGES)
    return { intent: cancelPaymentIntent(call, intent, 'automatic'), refusal: null };
  const { automatic_payment_methods: automatic } = intent;
  const mayRedirect = automatic?.enabled === true && automatic.allow_redirects !== 'never';
  if (mayRedirect && attempt.returnUrl === null && !attempt.offSession)
    throw invalidRequest(RETURN_URL_MISSING);

  const payment_method =
    attempt.paymentMethod === null ? intent.payment_method : usePaymentMethod(call, attempt.paymentMethod);
  if (payment_method === null) throw unexpectedState(intent, METHOD_MISSING);
  return attemptPayment(call, { ...intent, payment_method }, attempt);
}

/** Changes of an update; absent fields stay unchanged. */
export interface IntentChange {
  amount?: number | undefined;
  payment_method?: string | undefined;
  metadata?: '' | Record<string, string> | undefined;
  description?: string | null | undefined;
  receipt_email?: string | null | undefined;
  statement_descriptor?: string | null | undefined;
}

/** Update an intent: descriptive fields at any time, amount and payment method before it is paid. */
export function updatePaymentIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  { amount, payment_method, metadata, ...descriptive }: IntentChange,
): Stripe.PaymentIntent {
  const given = Object.fromEntries(Object.entries(descriptive).filter(([, value]) => value !== undefined));
  let updated = { ...intent, ...given, metadata: mergeMetadata(intent.metadata, metadata) };
  if (amount !== undefined) {
    requireUpdatable(intent, 'amount');
    requireChargeable(amount, intent.currency);
    updated.amount = amount;
  }
  if (payment_method !== undefined) {
    requireUpdatable(intent, 'payment_method');
    updated = moveIntent(updated, 'requires_confirmation', {
      payment_method: usePaymentMethod(call, payment_method),
    });
  }
  call.state.save('payment_intent', updated);
  return updated;
}

/** Cancel an unpaid intent; an authorised amount is released. */
export function cancelPaymentIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  reason: string | null,
): Stripe.PaymentIntent {
  requireState(intent, 'cancel');
  if (intent.status === 'requires_capture') {
    const charge = chargeOf(call, intent);
    call.state.save('charge', { ...charge, amount_refunded: charge.amount, refunded: true });
  }
  const canceled = moveIntent(intent, 'canceled', {
    amount_capturable: 0,
    canceled_at: nowSeconds(),
    cancellation_reason: reason,
  });
  call.state.save('payment_intent', canceled);
  emitEvent(call, 'payment_intent.canceled', canceled);
  return canceled;
}

/** Capture an authorised amount, or a part; the rest is released. */
export function capturePaymentIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  amount: number | undefined,
): Stripe.PaymentIntent {
  requireState(intent, 'capture');
  const taken = amount ?? intent.amount_capturable;
  if (taken > intent.amount_capturable) {
    const message = `The payment could not be captured because the requested capture amount is greater than the authorized amount.`;
    throw invalidRequest(message, {
      code: 'amount_too_large',
      param: 'amount_to_capture',
      payment_intent: intent,
    });
  }
  requireStep(taken, intent.currency, 'amount_to_capture');
  const charge = chargeOf(call, intent);
  call.state.save('charge', { ...charge, captured: true, amount_captured: taken });
  const succeeded = moveIntent(intent, 'succeeded', { amount_capturable: 0, amount_received: taken });
  call.state.save('payment_intent', succeeded);
  emitEvent(call, 'payment_intent.succeeded', succeeded);
  return succeeded;
}

/** The charge of an intent that has one. */
export function chargeOf(call: Call, intent: Stripe.PaymentIntent): Stripe.Charge {
  const charge = call.state.find('charge', idOf(intent.latest_charge));
  if (charge === null) throw new Error(`charge of ${intent.id} not found`);
  return charge;
}
