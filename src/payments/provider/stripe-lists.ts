import type Stripe from 'stripe';

import type { PaymentProvider, StripePage, StripeSpan, UnknownResult } from './payment-provider.ts';
import { fromStripeAmount } from './stripe-amount.ts';
import { disputeOf } from './stripe-disputes.ts';
import { recordOf } from './stripe-refunds.ts';
import { ownerIn, readUnreadable } from './stripe-responses.ts';

/** Objects of a page: Stripe's maximum. */
const PAGE_SIZE = 100;

/** The part of the provider that lists what Stripe has. */
type Lists = Pick<PaymentProvider, 'pageOfCharges' | 'pageOfRefunds' | 'pageOfDisputes'>;

/** Open the requests that list what happened within a span of time. */
export function openLists(stripe: Stripe): Lists {
  return {
    pageOfCharges: (span, after) =>
      readPage(stripe.charges.list(pageParams(span, after)), (charge) => {
        const intentId = idIn(charge.payment_intent);
        if (!charge.paid || !charge.captured || intentId === '') return [];
        const { metadata } = charge; // Stripe copies that of the intent
        const price = fromStripeAmount({ amount: charge.amount_captured, currency: charge.currency });
        return [{ ...ownerIn(metadata), ...price, intentId }];
      }),
    pageOfRefunds: (span, after) =>
      readPage(stripe.refunds.list(pageParams(span, after, ['data.payment_intent'])), (refund) => {
        const intentId = idIn(refund.payment_intent);
        return intentId === ''
          ? []
          : [{ ...ownerIn(metadataIn(refund.payment_intent)), ...recordOf(refund), intentId }];
      }),
    pageOfDisputes: (span, after) =>
      readPage(stripe.disputes.list(pageParams(span, after, ['data.payment_intent'])), (dispute) =>
        idIn(dispute.payment_intent) === ''
          ? []
          : [{ ...ownerIn(metadataIn(dispute.payment_intent)), ...disputeOf(dispute) }],
      ),
  };
}

/** Stripe counts in seconds. */
const pageParams = ({ from, to }: StripeSpan, after: string | null, expand: string[] = []) => ({
  created: { gte: Math.floor(from.getTime() / 1_000), lt: Math.ceil(to.getTime() / 1_000) },
  limit: PAGE_SIZE,
  ...(after === null ? {} : { starting_after: after }),
  ...(expand.length === 0 ? {} : { expand }),
});

async function readPage<T extends { id: string }, Item>(
  request: Promise<Stripe.ApiList<T>>,
  read: (object: T) => Item[],
): Promise<StripePage<Item> | UnknownResult> {
  try {
    const { data, has_more } = await request;
    const next = has_more ? (data.at(-1)?.id ?? null) : null;
    return { kind: 'found', items: data.flatMap(read), next };
  } catch (error) {
    return readUnreadable(error);
  }
}

type Reference = string | Stripe.PaymentIntent | null;

const idIn = (reference: Reference): string =>
  typeof reference === 'string' ? reference : (reference?.id ?? '');

const metadataIn = (reference: Reference): Stripe.Metadata =>
  typeof reference === 'string' ? {} : (reference?.metadata ?? {});
