/** Changes of payments and refunds that are not requested by the merchant. */
import type Stripe from 'stripe';

import { failPayment, requireAuthentication, simulateCharge, succeed } from './attempt-payment.ts';
import { emitEvent, idOf, paymentMethodOf } from './call.ts';
import type { Call } from './call.ts';
import { chargeOf } from './change-payment-intent.ts';

/** Apply the result of the 3-D Secure page to an intent at `requires_action`. */
export function settleAuthentication(
  call: Call,
  intent: Stripe.PaymentIntent,
  outcome: 'complete' | 'fail',
): Stripe.PaymentIntent {
  if (outcome === 'complete') return simulateCharge(call, intent).intent;
  const { method } = paymentMethodOf(call, intent.payment_method);
  return failPayment(call, intent, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
    payment_method: method.object,
  });
}

/** Settle a payment, or let the bank ask for the buyer after all. `null`: it is not `processing`. */
export function settleProcessing(
  call: Call,
  intent: Stripe.PaymentIntent,
  outcome: 'succeeded' | 'failed' | 'requires_action',
): Stripe.PaymentIntent | null {
  if (intent.status !== 'processing') return null;
  const charge = chargeOf(call, intent);
  if (outcome === 'requires_action') return requireAuthentication(call, intent, null);
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
  const { method } = paymentMethodOf(call, intent.payment_method);
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

/** Settle a refund at the bank; a failed one makes the charge refundable again. `null`: it is final. */
export function settleRefund(
  call: Call,
  refund: Stripe.Refund,
  outcome: 'succeeded' | 'failed',
): Stripe.Refund | null {
  const failsLater = refund.status === 'succeeded' && outcome === 'failed';
  if (refund.status !== 'pending' && !failsLater) return null;
  const settled: Stripe.Refund = {
    ...refund,
    status: outcome,
    ...(outcome === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
  };
  call.state.save('refund', settled);
  if (outcome === 'failed') {
    const charge = call.state.find('charge', idOf(refund.charge))!;
    const amount_refunded = charge.amount_refunded - refund.amount;
    call.state.save('charge', { ...charge, amount_refunded, refunded: false });
    emitEvent(call, 'refund.failed', settled);
  }
  emitEvent(call, 'refund.updated', settled);
  return settled;
}
