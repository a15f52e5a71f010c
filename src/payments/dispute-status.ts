import type { DisputeStatus, RefundStatus } from '../generated/graphql.ts';

/** A movement of money that a dispute has caused. */
export interface DisputeMovement {
  /** Of the balance transaction. */
  stripeId: string;
  kind: 'dispute' | 'dispute_returned' | 'fee';
  amount: number;
  currency: string;
}

/** A dispute, as read from Stripe. */
export interface DisputeRecord {
  disputeId: string;
  intentId: string;
  amount: number;
  currency: string;
  status: string;
  reason: string;
  /** `null`: Stripe expects none. */
  evidenceDueBy: Date | null;
  openedAt: Date;
  movements: DisputeMovement[];
}

/**
 * Order of the statuses of a dispute, so that no stale read is written over a newer one: an inquiry (`warning_…`) may become a
 * chargeback, and one that is lost an appeal, which ends as `won` or `lost` (docs.stripe.com/disputes/how-disputes-work).
 */
const RANKS: Readonly<Record<string, number>> = {
  warning_needs_response: 0,
  warning_under_review: 1,
  needs_response: 2,
  under_review: 3,
  appeal_needs_response: 3,
  appeal_under_review: 4,
  warning_closed: 5,
  prevented: 5,
  lost: 5,
  won: 6,
};

/** A status that is newer than this code counts as open. */
const rankOf = (status: string): number => RANKS[status] ?? 3;

/** Recorded statuses that are older than this one, or the same: the amount and the deadline may change without it. */
export const disputeStatusesReplacedBy = (status: string): string[] => [
  ...Object.keys(RANKS).filter((recorded) => rankOf(recorded) < rankOf(status)),
  ...(status.startsWith('appeal_') ? ['lost'] : []),
  status,
];

const SHOWN_DISPUTES: Readonly<Record<string, DisputeStatus>> = {
  warning_needs_response: 'NEEDS_RESPONSE',
  needs_response: 'NEEDS_RESPONSE',
  appeal_needs_response: 'NEEDS_RESPONSE',
  warning_closed: 'CLOSED',
  prevented: 'CLOSED',
  won: 'WON',
  lost: 'LOST',
};

/** Status that clients see. */
export const shownDisputeStatus = (status: string): DisputeStatus => SHOWN_DISPUTES[status] ?? 'UNDER_REVIEW';

const SHOWN_REFUNDS: Readonly<Record<string, RefundStatus>> = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'CANCELLED',
};

/** Status of a refund that clients see. */
export const shownRefundStatus = (status: string): RefundStatus => SHOWN_REFUNDS[status] ?? 'PENDING';
