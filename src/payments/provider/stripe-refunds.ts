import type Stripe from 'stripe';

import { isRejected, type RefundRecord } from '../refund-status.ts';
import type { PaymentProvider, Refunded, RequestRefused, UnknownResult } from './payment-provider.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
import {
  headersOf,
  isReplayed,
  ownerIn,
  readFailure,
  readRefusal,
  readUnreadable,
  UUID,
} from './stripe-responses.ts';

/** Ten pages. Of more the rest is not known, so that a failed refund stays with its alarm. */
const MAX_REFUNDS_PER_PAYMENT = 1_000;

/** The part of the provider that gives money back. */
type Refunds = Pick<
  PaymentProvider,
  'refundIntent' | 'refundPart' | 'retrieveRefunds' | 'listRefunds' | 'retrieveRefund'
>;

/** Open the requests about refunds. */
export function openRefunds(stripe: Stripe): Refunds {
  return {
    async refundIntent(intentId, bookingId) {
      const refund = { payment_intent: intentId, metadata: { bookingId } };
      const first = await request(refund, { idempotencyKey: `${intentId}:refund` });
      if (first.kind === 'refunded') return first;
      const found = await findRefunds(intentId, bookingId);
      if (found?.kind === 'refunded') return found;
      if (found === null || !first.replayed) return first.failure;
      // Stripe repeats a failure under its key for a day. It refunds no more than was paid, with a key or without.
      const second = await request(found.rest === null ? refund : { ...refund, amount: found.rest });
      if (second.kind === 'refunded') return second;
      const after = await findRefunds(intentId, bookingId);
      return after?.kind === 'refunded' ? after : second.failure;
    },

    async refundPart({ intentId, bookingId, requestId, number, attempt, price }) {
      const { amount } = toStripeAmount(price);
      const refund = { payment_intent: intentId, amount, metadata: { bookingId, requestId } };
      const before = await findPart(intentId, requestId);
      if (before.kind !== 'left') return before;
      // an amount that was reduced is another request
      const idempotencyKey = `${intentId}:refund:${number}:${amount}:${attempt}`;
      const first = await request(refund, { idempotencyKey });
      if (first.kind === 'refunded') return first;
      const after = await findPart(intentId, requestId);
      if (after.kind !== 'left') return after;
      if (after.left < price.amount) return { kind: 'less-left', left: after.left };
      // An error of Stripe's that it repeats may have an effect later: another key could be a second refund, so this one has to end.
      return first.replayed && first.failure.kind === 'refused' ? { kind: 'key-spent' } : first.failure;
    },

    async retrieveRefunds(intentId) {
      try {
        const { all, valid, rest } = await read(intentId);
        const refund = valid[0] ?? all[0];
        return refund === undefined
          ? { kind: 'none' }
          : { kind: 'found', ...recordOf(refund), whole: rest === 0, all: all.map(recordOf) };
      } catch (error) {
        return readUnreadable(error);
      }
    },

    async listRefunds(intentId) {
      try {
        return { kind: 'found', refunds: (await list(intentId)).map(recordOf) };
      } catch (error) {
        return readUnreadable(error);
      }
    },

    async retrieveRefund(refundId) {
      try {
        const refund = await stripe.refunds.retrieve(refundId, { expand: ['payment_intent'] });
        const { payment_intent: intent } = refund;
        const metadata = typeof intent === 'string' ? {} : (intent?.metadata ?? {});
        return { kind: 'found', ...recordOf(refund), ...ownerIn(metadata) };
      } catch (error) {
        return readUnreadable(error);
      }
    },
  };

  function list(intentId: string): Promise<Stripe.Refund[]> {
    return stripe.refunds
      .list({ payment_intent: intentId, limit: 100 })
      .autoPagingToArray({ limit: MAX_REFUNDS_PER_PAYMENT });
  }

  async function request(
    params: Stripe.RefundCreateParams,
    options?: Stripe.RequestOptions,
  ): Promise<Refunded | { kind: 'failed'; failure: RequestRefused | UnknownResult; replayed: boolean }> {
    try {
      const refund = await stripe.refunds.create(params, options);
      // A repeated response has the status of the first one: the bank may have rejected the refund since.
      const isStale = isReplayed(refund.lastResponse.headers);
      return accepted(isStale ? await stripe.refunds.retrieve(refund.id) : refund);
    } catch (error) {
      return { kind: 'failed', failure: readRefusal(error), replayed: isReplayed(headersOf(error)) };
    }
  }

  /** Find the refund that was made for a request; else what is left of the payment, or why that is not known. */
  async function findPart(
    intentId: string,
    requestId: string,
  ): Promise<Refunded | { kind: 'left'; left: number } | UnknownResult> {
    try {
      const all = await list(intentId);
      const made = all.find(({ metadata }) => metadata?.['requestId'] === requestId);
      if (made !== undefined) return accepted(made);
      const { amount_received: paid, currency } = await stripe.paymentIntents.retrieve(intentId);
      const { amount } = fromStripeAmount({ amount: leftOf(paid, all.filter(isValid)), currency });
      return { kind: 'left', left: amount };
    } catch (error) {
      return readUnreadable(error);
    }
  }

  /** Read the refunds of an intent, newest first, and how much of the payment they leave. `rest: null`: there are none. */
  async function read(intentId: string) {
    const all = await list(intentId);
    const valid = all.filter(isValid);
    if (all.length === 0) return { all, valid, rest: null };
    const { amount_received: paid } = await stripe.paymentIntents.retrieve(intentId);
    return { all, valid, rest: leftOf(paid, valid) };
  }

  /**
   * What a failed request leaves to refund: nothing, if it took effect nevertheless or the dashboard has refunded the rest; of
   * several refunds the server's own counts as made. `null`: unknown.
   */
  async function findRefunds(
    intentId: string,
    bookingId: string,
  ): Promise<Refunded | { kind: 'left'; rest: number | null } | null> {
    try {
      const { valid, rest } = await read(intentId);
      const refund = valid.find(({ metadata }) => isOfWhole(metadata, bookingId)) ?? valid[0];
      return rest === 0 && refund !== undefined ? accepted(refund) : { kind: 'left', rest };
    } catch (error) {
      readFailure(error); // rethrows what is not a Stripe error
      return null;
    }
  }
}

/** A refund of Stripe as it is recorded. */
export function recordOf({ id, status, amount, currency, metadata }: Stripe.Refund): RefundRecord {
  const requestId = metadata?.['requestId'];
  return {
    refundId: id,
    status: status ?? 'pending',
    ...fromStripeAmount({ amount, currency }),
    ...(requestId !== undefined && UUID.test(requestId) ? { requestId } : {}),
  };
}

/** Whether the metadata of a refund say that it is the Booking's own, of all that is left. */
const isOfWhole = (metadata: Stripe.Metadata | null, bookingId: string): boolean =>
  metadata?.['bookingId'] === bookingId && metadata['requestId'] === undefined;

/** What refunds that give money back leave of a payment, in Stripe's units. */
const leftOf = (paid: number, valid: readonly Stripe.Refund[]): number =>
  Math.max(paid - valid.reduce((sum, { amount }) => sum + amount, 0), 0);

const accepted = (refund: Stripe.Refund): Refunded => ({ kind: 'refunded', ...recordOf(refund) });

/** Whether a refund gives money back: it is not rejected by the bank. */
const isValid = (refund: Stripe.Refund): boolean => !isRejected(recordOf(refund).status);
