import type Stripe from 'stripe';

import type { PaymentProvider, Refunded, RefundState } from './payment-provider.ts';
import { headersOf, isReplayed, readFailure, readRefusal, unknown } from './stripe-responses.ts';

/** The part of the provider that gives money back. */
type Refunds = Pick<PaymentProvider, 'refundIntent' | 'retrieveRefunds' | 'listRefunds' | 'retrieveRefund'>;

/** Open the requests about refunds. */
export function openRefunds(stripe: Stripe): Refunds {
  return {
    async refundIntent(intentId, bookingId) {
      const refund = () => ({ payment_intent: intentId, metadata: { bookingId } });
      try {
        return accepted(await stripe.refunds.create(refund(), { idempotencyKey: `${intentId}:refund` }));
      } catch (error) {
        const failure = readRefusal(error);
        const found = await findRefund(intentId);
        if (found !== null || !isReplayed(headersOf(error))) return found ?? failure;
      }
      try {
        // Stripe repeats a failure under its key for a day. It refunds no more than was paid, with a key or without.
        return accepted(await stripe.refunds.create(refund()));
      } catch (error) {
        const failure = readRefusal(error);
        return (await findRefund(intentId)) ?? failure;
      }
    },

    async retrieveRefunds(intentId) {
      try {
        const { data } = await list(intentId);
        const valid = data.filter(isValid);
        const refund = valid[0] ?? data[0];
        if (refund === undefined) return { kind: 'none' };
        const { amount_received: paid } = await stripe.paymentIntents.retrieve(intentId);
        const whole = valid.reduce((sum, { amount }) => sum + amount, 0) >= paid;
        return { kind: 'found', ...stateOf(refund), whole };
      } catch (error) {
        const failure = readRefusal(error);
        return failure.kind === 'unknown'
          ? failure
          : unknown(`${failure.code}: ${failure.message}`, { needsOperator: true });
      }
    },

    async listRefunds(intentId) {
      try {
        const { data } = await list(intentId);
        return data.map(stateOf);
      } catch (error) {
        readFailure(error); // rethrows what is not a Stripe error
        return null;
      }
    },

    async retrieveRefund(refundId) {
      try {
        const refund = await stripe.refunds.retrieve(refundId, { expand: ['payment_intent'] });
        const { payment_intent: intent } = refund;
        const shopId = typeof intent === 'string' ? null : intent?.metadata['shopId'];
        return { ...stateOf(refund), shopId: shopId ?? null };
      } catch (error) {
        readFailure(error); // rethrows what is not a Stripe error
        return null;
      }
    },
  };

  function list(intentId: string) {
    return stripe.refunds.list({ payment_intent: intentId, limit: 100 });
  }

  /** Find a refund that exists although the request failed, or that was made in the dashboard. `null`: none, or unknown. */
  async function findRefund(intentId: string): Promise<Refunded | null> {
    try {
      const { data } = await list(intentId);
      const valid = data.find(isValid);
      return valid ? accepted(valid) : null;
    } catch (error) {
      readFailure(error); // rethrows what is not a Stripe error
      return null;
    }
  }
}

const stateOf = ({ id, status }: Stripe.Refund): RefundState => ({
  refundId: id,
  status: status ?? 'pending',
});

const accepted = (refund: Stripe.Refund): Refunded => ({ kind: 'refunded', ...stateOf(refund) });

/** Whether a refund gives money back: it is not rejected by the bank. */
const isValid = ({ status }: Stripe.Refund): boolean => status !== 'failed' && status !== 'canceled';
