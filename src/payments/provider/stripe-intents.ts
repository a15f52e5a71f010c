import type Stripe from 'stripe';

import type { PaymentProvider, PaymentStatus, RequestRefused } from './payment-provider.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
import {
  intentIn,
  isReplayed,
  ownerIn,
  readFailure,
  readIntent,
  readRefusal,
  readUnreadable,
  refusal,
  unknown,
} from './stripe-responses.ts';

/** The part of the provider that charges cards. */
type Intents = Pick<
  PaymentProvider,
  'createIntent' | 'confirmIntent' | 'setPaymentMethod' | 'retrieveIntent' | 'retrieveOwner' | 'cancelIntent'
>;

/** Open the requests about payment intents; that which charges a card has `timeoutMs`. */
export function openIntents(stripe: Stripe, timeoutMs: number): Intents {
  return {
    async createIntent({ price, metadata, idempotencyKey }) {
      try {
        const intent = await stripe.paymentIntents.create(
          {
            ...toStripeAmount(price),
            allowed_payment_method_types: ['card'],
            description: `Reservation ${metadata.reservationId}`,
            metadata: { ...metadata },
          },
          { idempotencyKey },
        );
        return { kind: 'created', intentId: intent.id };
      } catch (error) {
        if (error instanceof RangeError) return refusal('amount_not_payable', error.message);
        return readRefusal(error);
      }
    },

    async confirmIntent({ intentId, paymentMethod, returnUrl, idempotencyKey }) {
      try {
        const intent = await stripe.paymentIntents.confirm(
          intentId,
          {
            ...(paymentMethod === null ? {} : { payment_method: paymentMethod }),
            ...(returnUrl === null ? {} : { return_url: returnUrl }),
          },
          // No retry: after a timeout, retrieving the intent is faster and conclusive.
          { idempotencyKey, maxNetworkRetries: 0, timeout: timeoutMs },
        );
        const status = readIntent(intent);
        if (status.kind !== 'succeeded') return status;
        return { ...status, justNow: !isReplayed(intent.lastResponse.headers) };
      } catch (error) {
        const status = readIntentError(error);
        return status.kind === 'requires-action' ? { kind: 'other-method' } : status;
      }
    },

    async setPaymentMethod({ intentId, paymentMethod, idempotencyKey }) {
      try {
        await stripe.paymentIntents.update(intentId, { payment_method: paymentMethod }, { idempotencyKey });
        return { kind: 'set' };
      } catch (error) {
        const status = readIntentError(error);
        // An intent that still takes a card says nothing of this one: the refusal does.
        return status.kind === 'requires-action' || status.kind === 'unconfirmed'
          ? readRefusal(error)
          : status;
      }
    },

    async retrieveIntent(intentId) {
      try {
        return readIntent(await stripe.paymentIntents.retrieve(intentId));
      } catch (error) {
        return unknownIfRefused(readFailure(error));
      }
    },

    async retrieveOwner(intentId) {
      try {
        const intent = await stripe.paymentIntents.retrieve(intentId);
        const { metadata, amount_received: amount, currency } = intent;
        return { kind: 'found', ...ownerIn(metadata), received: fromStripeAmount({ amount, currency }) };
      } catch (error) {
        return readUnreadable(error);
      }
    },

    async cancelIntent(intentId) {
      try {
        // No idempotency key: it would replay a refusal ("is being processed") that is no longer true.
        return readIntent(await stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }));
      } catch (error) {
        return unknownIfRefused(readIntentError(error));
      }
    },
  };
}

/**
 * Prefer the intent that an error carries: its status is more specific than the error code. Not while it takes a payment
 * method: its last error is that of an earlier attempt.
 */
function readIntentError(error: unknown): PaymentStatus | RequestRefused {
  const intent = intentIn(error);
  const failure = readFailure(error);
  if (failure.kind !== 'refused') return failure;
  if (intent === null)
    return failure.code === 'payment_intent_unexpected_state' ? unknown(failure.message) : failure;
  return intent.status === 'requires_payment_method' ? failure : readIntent(intent);
}

/** Read an unexpected refusal as unknown: it does not show the status of the intent. */
function unknownIfRefused(result: PaymentStatus | RequestRefused): PaymentStatus {
  if (result.kind !== 'refused') return result;
  const { code, message } = result;
  return unknown(`${code}: ${message}`, { code, needsOperator: true });
}
