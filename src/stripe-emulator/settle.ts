/** What happens to a payment or refund without any request of the merchant's. */
import type Stripe from 'stripe';

import { simulateCharge, failPayment, succeed } from './attempt-payment.ts';
import { idIn, methodOf, emitEvent } from './call.ts';
import type { Call } from './call.ts';
import { chargeOf } from './change-payment-intent.ts';

/** Note what the buyer did on the 3-D Secure page of an intent that waits for it. */
export function settleAuthentication(
  call: Call,
  intent: Stripe.PaymentIntent,
  outcome: 'complete' | 'fail',
): Stripe.PaymentIntent {
  if (outcome === 'complete') return simulateCharge(call, intent).intent;
  const { method } = methodOf(call, intent.payment_method);
  return failPayment(call, intent, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
    payment_method: method.object,
  });
}

/** End the slow processing of a payment, well or badly. `null`: it is not processing. */
export function settleProcessing(
  call: Call,
  intent: Stripe.PaymentIntent,
  outcome: 'succeeded' | 'failed',
): Stripe.PaymentIntent | null {
  if (intent.status !== 'processing') return null;
  const charge = chargeOf(call, intent);
  if (outcome === 'succeeded') {
    const captured = intent.capture_method !== 'manual';
    const amount_captured = captured ? charge.amount : 0;
    call.state.save('charge', { ...charge, status: 'succeeded', paid: true, captured, amount_captured });
    return succeed(call, intent);
  }
  const error = {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
  };
  const { method } = methodOf(call, intent.payment_method);
  call.state.save('charge', {
    ...charge,
    status: 'failed',
    failure_code: error.code,
    failure_message: error.message,
  });
  return failPayment(call, intent, {
    type: 'card_error',
    ...error,
    charge: charge.id,
    payment_method: method.object,
  });
}

/** End a refund at the bank: it arrives, or bounces and the charge counts as paid again. `null`: it is final. */
export function settleRefund(
  call: Call,
  refund: Stripe.Refund,
  outcome: 'succeeded' | 'failed',
): Stripe.Refund | null {
  const bounces = refund.status === 'succeeded' && outcome === 'failed';
  if (refund.status !== 'pending' && !bounces) return null;
  const settled: Stripe.Refund = {
    ...refund,
    status: outcome,
    ...(outcome === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
  };
  call.state.save('refund', settled);
  if (outcome === 'failed') {
    const charge = call.state.find('charge', idIn(refund.charge))!;
    const amount_refunded = charge.amount_refunded - refund.amount;
    call.state.save('charge', { ...charge, amount_refunded, refunded: false });
    emitEvent(call, 'refund.failed', settled);
  }
  emitEvent(call, 'refund.updated', settled);
  return settled;
}
