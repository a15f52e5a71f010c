import type Stripe from 'stripe';

import { formatAmount, requireStep } from './amounts.ts';
import { invalidRequest, resourceMissing } from './api-error.ts';
import { emitEvent, idOf, paymentMethodOf } from './call.ts';
import type { Call } from './call.ts';
import { requireRefundable } from './disputes.ts';
import { newRefund } from './objects.ts';

/** Refund a payment in full or in part; never more than the captured amount. */
export function createRefund(
  call: Call,
  details: {
    payment_intent: string | undefined;
    charge: string | undefined;
    amount: number | undefined;
    reason: string | null;
    metadata: Record<string, string>;
  },
): Stripe.Refund {
  const charge = chargeToRefund(call, details);
  requireRefundable(call, charge);
  const refundable = charge.amount_captured - charge.amount_refunded;
  if (refundable === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw invalidRequest(message, { code: 'charge_already_refunded' });
  }
  const amount = details.amount ?? refundable;
  if (amount > refundable) {
    const [requested, unrefunded] = [
      formatAmount(amount, charge.currency),
      formatAmount(refundable, charge.currency),
    ];
    const message = `Refund amount (${requested}) is greater than unrefunded amount on charge (${unrefunded})`;
    throw invalidRequest(message, { param: 'amount' });
  }

  requireStep(amount, charge.currency);

  const { card } = paymentMethodOf(call, charge.payment_method);
  const refund = newRefund(charge, {
    amount,
    reason: details.reason,
    metadata: details.metadata,
    status: card.refund === 'pending' ? 'pending' : 'succeeded',
  });
  const refunded = {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === refundable,
  };
  call.state.insert('refund', refund, { parent: idOf(charge.payment_intent) });
  call.state.save('charge', refunded);
  emitEvent(call, 'refund.created', refund);
  emitEvent(call, 'charge.refunded', refunded);
  return refund;
}

function chargeToRefund(
  call: Call,
  { payment_intent, charge }: { payment_intent: string | undefined; charge: string | undefined },
): Stripe.Charge {
  if (charge !== undefined) {
    const found = call.state.find('charge', charge);
    if (found === null) throw resourceMissing('charge', charge, 'charge', 400);
    if (found.captured) return found;
    throw nothingToRefund(idOf(found.payment_intent), 'charge');
  }
  if (payment_intent === undefined) {
    const message =
      'One of the following params should be provided for this request: payment_intent or charge.';
    throw invalidRequest(message);
  }
  const intent = call.state.find('payment_intent', payment_intent);
  if (intent === null) throw resourceMissing('payment_intent', payment_intent, 'payment_intent', 400);
  if (intent.status !== 'succeeded') throw nothingToRefund(intent.id, 'payment_intent');
  return call.state.find('charge', idOf(intent.latest_charge))!;
}

const nothingToRefund = (intent: string, param: 'charge' | 'payment_intent') =>
  invalidRequest(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, { param });
