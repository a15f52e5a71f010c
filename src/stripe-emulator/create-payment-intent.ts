import type Stripe from 'stripe';

import { requireChargeable, requireCurrency } from './amounts.ts';
import { resourceMissing } from './api-error.ts';
import { emitEvent } from './call.ts';
import type { Call } from './call.ts';
import { isTestPaymentMethod } from './cards.ts';
import { newIntent, newPaymentMethod } from './objects.ts';
import type { NewIntent } from './objects.ts';

/** Create a payment intent; nothing is charged. */
export function createPaymentIntent(call: Call, details: NewIntent): Stripe.PaymentIntent {
  const currency = requireCurrency(details.currency);
  requireChargeable(details.amount, currency);

  const intent = newIntent({
    ...details,
    currency,
    payment_method: details.payment_method === null ? null : usePaymentMethod(call, details.payment_method),
  });
  call.state.insert('payment_intent', intent);
  emitEvent(call, 'payment_intent.created', intent);
  return intent;
}

/** Resolve a payment method; the id of a test card creates a new one, as at Stripe. */
export function usePaymentMethod(call: Call, id: string): string {
  if (isTestPaymentMethod(id)) {
    const method = newPaymentMethod(id);
    call.state.insert('payment_method', method);
    return method.id;
  }
  const stored = call.state.find('payment_method', id);
  if (stored === null) throw resourceMissing('PaymentMethod', id, 'payment_method', 400);
  return stored.id;
}
