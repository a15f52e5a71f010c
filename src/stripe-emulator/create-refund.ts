import type Stripe from 'stripe';

import { written } from './amounts.ts';
import { invalidRequest, resourceMissing } from './api-error.ts';
import { idIn, methodOf, emitEvent } from './call.ts';
import type { Call } from './call.ts';
import { newRefund } from './objects.ts';

/** Refund a payment, all of what is left of it or a part; never more than was taken. */
export function createRefund(
  call: Call,
  wish: {
    payment_intent: string | undefined;
    charge: string | undefined;
    amount: number | undefined;
    reason: string | null;
    metadata: Record<string, string>;
  },
): Stripe.Refund {
  const charge = chargeToRefund(call, wish);
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw invalidRequest(message, { code: 'charge_already_refunded' });
  }
  const amount = wish.amount ?? left;
  if (amount > left) {
    const [asked, unrefunded] = [written(amount, charge.currency), written(left, charge.currency)];
    const message = `Refund amount (${asked}) is greater than unrefunded amount on charge (${unrefunded})`;
    throw invalidRequest(message, { param: 'amount' });
  }

  const { card } = methodOf(call, charge.payment_method);
  const refund = newRefund(charge, {
    amount,
    reason: wish.reason,
    metadata: wish.metadata,
    status: card.refund === 'pending' ? 'pending' : 'succeeded',
  });
  const refunded = {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === left,
  };
  call.state.insert('refund', refund, { parent: idIn(charge.payment_intent) });
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
    throw nothingToRefund(idIn(found.payment_intent));
  }
  if (payment_intent === undefined) {
    const message =
      'One of the following params should be provided for this request: payment_intent or charge.';
    throw invalidRequest(message);
  }
  const intent = call.state.find('payment_intent', payment_intent);
  if (intent === null) throw resourceMissing('payment_intent', payment_intent, 'payment_intent', 400);
  if (intent.status !== 'succeeded') throw nothingToRefund(intent.id);
  return call.state.find('charge', idIn(intent.latest_charge))!;
}

const nothingToRefund = (intent: string) =>
  invalidRequest(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, {
    param: 'payment_intent',
  });
