/** Disputes (docs.stripe.com/disputes): opened by the bank, answered by the merchant, decided by the bank. */
import type Stripe from 'stripe';

import { invalidRequest } from './api-error.ts';
import { emitEvent, idOf } from './call.ts';
import type { Call } from './call.ts';
import { randomId } from './objects.ts';
import { nowSeconds } from './state.ts';

/** Of an account in Europe, in the currency of the payment. */
const DISPUTE_FEE = 2_000;
const SECONDS_TO_RESPOND = 7 * 24 * 60 * 60;

/** Evidence with which a dispute of the test mode ends at once (docs.stripe.com/testing#disputes). */
const OUTCOME_OF_EVIDENCE: Readonly<Record<string, 'won' | 'lost'>> = {
  winning_evidence: 'won',
  losing_evidence: 'lost',
};

/** Open a dispute of a charge: an inquiry withdraws nothing, a chargeback the amount and a fee. */
export function openDispute(
  call: Call,
  charge: Stripe.Charge,
  { reason, amount, inquiry }: { reason: string; amount: number; inquiry: boolean },
): Stripe.Dispute {
  const created = nowSeconds();
  const id = `du_1${randomId(23)}`;
  const dispute = {
    id,
    object: 'dispute',
    amount,
    balance_transactions: inquiry ? [] : [transactionOf(id, charge.currency, -amount, DISPUTE_FEE)],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {} as Stripe.Dispute.Evidence,
    evidence_details: {
      due_by: created + SECONDS_TO_RESPOND,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  } satisfies Stripe.Dispute;
  call.state.insert('dispute', dispute, { parent: idOf(charge.payment_intent) });
  call.state.save('charge', { ...charge, disputed: true });
  emitEvent(call, 'charge.dispute.created', dispute);
  if (!inquiry) emitEvent(call, 'charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** Submit evidence; that of the test mode ends the dispute. */
export function submitEvidence(
  call: Call,
  dispute: Stripe.Dispute,
  { text, submit }: { text: string | null; submit: boolean },
): Stripe.Dispute {
  if (!isOpen(dispute)) throw invalidRequest('This dispute is already closed');
  const evidence = { ...dispute.evidence, ...(text === null ? {} : { uncategorized_text: text }) };
  const details = { ...dispute.evidence_details, has_evidence: true };
  const staged = { ...dispute, evidence, evidence_details: details };
  if (!submit) return update(call, staged);
  const isInquiry = dispute.status.startsWith('warning_');
  const submitted = update(call, {
    ...staged,
    status: isInquiry ? 'warning_under_review' : 'under_review',
    evidence_details: {
      ...details,
      due_by: null,
      submission_count: details.submission_count + 1,
      submission_method: 'manual',
    },
  });
  const outcome = OUTCOME_OF_EVIDENCE[text ?? ''];
  return outcome === undefined ? submitted : endDispute(call, submitted, outcome);
}

/** End a dispute: one that is won gives the amount back. An inquiry is closed. */
export function endDispute(call: Call, dispute: Stripe.Dispute, outcome: 'won' | 'lost'): Stripe.Dispute {
  if (!isOpen(dispute)) throw invalidRequest('This dispute is already closed');
  const isInquiry = dispute.status.startsWith('warning_');
  const isReinstated = outcome === 'won' && !isInquiry;
  const ended: Stripe.Dispute = {
    ...dispute,
    status: isInquiry ? 'warning_closed' : outcome,
    is_charge_refundable: isInquiry || outcome === 'won',
    evidence_details: { ...dispute.evidence_details, due_by: null },
    balance_transactions: [
      ...dispute.balance_transactions,
      ...(isReinstated ? [transactionOf(dispute.id, dispute.currency, dispute.amount, 0)] : []),
    ],
  };
  call.state.save('dispute', ended);
  emitEvent(call, 'charge.dispute.closed', ended);
  if (isReinstated) emitEvent(call, 'charge.dispute.funds_reinstated', ended);
  return ended;
}

/** Throw `charge_disputed` if a dispute keeps a charge from being refunded. */
export function requireRefundable(call: Call, charge: Stripe.Charge): void {
  const disputes = call.state.list('dispute', { parent: idOf(charge.payment_intent) });
  if (disputes.every(({ is_charge_refundable }) => is_charge_refundable)) return;
  const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`;
  throw invalidRequest(message, { code: 'charge_disputed' });
}

const isOpen = ({ status }: Stripe.Dispute): boolean =>
  /^(?:warning_)?(?:needs_response|under_review)$/.test(status);

function update(call: Call, dispute: Stripe.Dispute): Stripe.Dispute {
  call.state.save('dispute', dispute);
  emitEvent(call, 'charge.dispute.updated', dispute);
  return dispute;
}

/** The balance is in the currency of the payment. */
function transactionOf(
  source: string,
  currency: string,
  amount: number,
  fee: number,
): Stripe.BalanceTransaction {
  const created = nowSeconds();
  return {
    id: `txn_1${randomId(23)}`,
    object: 'balance_transaction',
    amount,
    available_on: created,
    balance_type: 'payments',
    created,
    currency,
    description: amount < 0 ? 'Chargeback withdrawal' : 'Chargeback reversal',
    exchange_rate: null,
    fee,
    fee_details: [],
    net: amount - fee,
    reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
    source,
    status: 'available',
    type: 'adjustment',
  };
}
