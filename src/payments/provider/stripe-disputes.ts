import type Stripe from 'stripe';

import type { DisputeMovement, DisputeRecord } from '../dispute-status.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { fromStripeAmount } from './stripe-amount.ts';
import { ownerIn, readUnreadable } from './stripe-responses.ts';

/** Open the requests about disputes. */
export function openDisputes(stripe: Stripe): Pick<PaymentProvider, 'retrieveDispute'> {
  return {
    async retrieveDispute(disputeId) {
      try {
        const dispute = await stripe.disputes.retrieve(disputeId, { expand: ['payment_intent'] });
        const { payment_intent: intent } = dispute;
        const metadata = typeof intent === 'string' ? {} : (intent?.metadata ?? {});
        return { kind: 'found', ...ownerIn(metadata), dispute: disputeOf(dispute) };
      } catch (error) {
        return readUnreadable(error);
      }
    },
  };
}

/** A dispute of Stripe as it is recorded; it names the movements of money so far. */
export function disputeOf(dispute: Stripe.Dispute): DisputeRecord {
  const { payment_intent: intent, evidence_details: evidence } = dispute;
  return {
    disputeId: dispute.id,
    intentId: (typeof intent === 'string' ? intent : intent?.id) ?? '',
    ...fromStripeAmount({ amount: dispute.amount, currency: dispute.currency }),
    status: dispute.status,
    reason: dispute.reason,
    evidenceDueBy: evidence.due_by === null ? null : new Date(evidence.due_by * 1_000),
    openedAt: new Date(dispute.created * 1_000),
    movements: dispute.balance_transactions.flatMap((transaction) => movementsOf(dispute, transaction)),
  };
}

/** A balance may be in another currency than the payment: then it tells the direction, and the dispute the amount. */
function movementsOf(dispute: Stripe.Dispute, transaction: Stripe.BalanceTransaction): DisputeMovement[] {
  const { id: stripeId, amount, currency, fee } = transaction;
  const moved = currency === dispute.currency ? Math.abs(amount) : dispute.amount;
  const direction = amount < 0 ? -1 : 1;
  const movement = fromStripeAmount({ amount: direction * moved, currency: dispute.currency });
  return [
    { stripeId, kind: direction < 0 ? 'dispute' : 'dispute_returned', ...movement },
    ...(fee === 0
      ? []
      : [{ stripeId, kind: 'fee' as const, ...fromStripeAmount({ amount: -fee, currency }) }]),
  ];
}
