/** A refund, as read from Stripe. */
export interface RefundState {
  refundId: string;
  status: string;
}

/** A refund with what it gives back, in minor units of ISO 4217. */
export interface RefundRecord extends RefundState {
  amount: number;
  currency: string;
  /** Of `refund_requests`, as its metadata says; absent: it was not made for one. */
  requestId?: string;
}

/** `refund_status` of declined attempts whose intent is refunded although it was paid; Stripe has no such status. */
export const REFUND_DUE = 'due';

/**
 * Rank of each status of a refund. Statuses are read from Stripe and written later, concurrently: one of lower rank was read
 * earlier, and is never written over one of higher rank. The bank may reject a refund that has succeeded
 * (docs.stripe.com/refunds#failed-refunds); only one that requires action can be cancelled (docs.stripe.com/api/refunds/cancel).
 */
const RANKS: Readonly<Record<string, number>> = {
  [REFUND_DUE]: 0,
  requires_action: 1,
  pending: 1,
  succeeded: 2,
  failed: 3,
  canceled: 3,
};

const FINAL_RANK = 3;

/** A status that is newer than this code counts as under way. */
const rankOf = (status: string): number => RANKS[status] ?? 1;

/** Statuses at which nothing more is expected. The index `bookings_refund_unsettled` excludes the same. */
export const SETTLED_REFUND_STATUSES = ['succeeded', 'failed', 'canceled'] as const;

/** Statuses of refunds that give nothing back. */
export const REJECTED_STATUSES = Object.keys(RANKS).filter((status) => RANKS[status] === FINAL_RANK);

/** Whether a refund gives nothing back. */
export const isRejected = (status: string): boolean => rankOf(status) === FINAL_RANK;

/** Whether a refund is due or under way. */
export const isUnsettled = (status: string): boolean => !SETTLED_REFUND_STATUSES.includes(status as never);

/** Recorded statuses over which this status of the same refund is not written. */
export function statusesKeptFrom(status: string): string[] {
  const rank = rankOf(status);
  const known = Object.keys(RANKS).filter(
    (recorded) => rankOf(recorded) > rank || (rank === FINAL_RANK && rankOf(recorded) === rank),
  );
  return [...new Set([...known, status])];
}

/**
 * Recorded statuses that the status of another refund of the payment replaces: one that is under way is kept until it is settled,
 * and one that was rejected replaces none that has succeeded.
 */
export const statusesReplacedBy = (status: string): string[] => [
  REFUND_DUE,
  'failed',
  'canceled',
  ...(isRejected(status) ? [] : ['succeeded']),
];
