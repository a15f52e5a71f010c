import { chargeableUpTo } from '../../platform/charge-limits.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { nextRefundSeconds, STUCK_AFTER_SECONDS } from '../checkout/checkout-deadlines.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { reportFailedRefund, requireIntentId } from '../checkout/progress.ts';
import { jobs } from '../jobs.ts';
import { listDisputesOf } from '../ledger/disputes.ts';
import { findBooking, type BookingRow } from '../store/bookings.ts';
import { changeRequest, findRequest, type RefundRequest, type RequestKey } from '../store/refund-requests.ts';
import { findStuckRequests } from '../store/stuck-rows.ts';
import { MIN_POLL_INTERVAL_SECONDS } from './poll-refunds.ts';
import { recordRequestedRefund } from './record-requested.ts';

/** Refunds per sweep; the next one continues. */
const MAX_BATCH = 500;

/** Schedule the job that makes a refund; it replaces the one that waits. */
export function scheduleRefund(tx: Tx, { eventId, id }: RequestKey, delaySeconds: number): Promise<void> {
  const options = { key: `refund:${id}`, delaySeconds, isDeferrable: true };
  return jobs.makeRefund.enqueue(tx, eventId, { eventId, id }, options);
}

/**
 * Run the job of a refund that an organiser has decided on: make it, and schedule the next run unless it has ended; or ask for one that the
 * bank has not settled. Runs may be concurrent: the request to Stripe has a key of its own.
 */
export async function makeRefund(checkouts: Checkouts, key: RequestKey): Promise<void> {
  const { db } = checkouts.platform;
  const request = await findRequest(db, key);
  if (request?.state === 'pending') return pollRequest(checkouts, request);
  if (request?.state !== 'due') return;
  const { eventId, id: requestId, bookingId, number, attempt, amount, currency, createdAt } = request;
  const booking = (await findBooking(db, { eventId, id: bookingId }))?.booking;
  if (booking === undefined) throw new Error(`booking ${bookingId} not found`);
  const refund = await checkouts.stripe.refundPart({
    ...{ intentId: requireIntentId(booking), bookingId, requestId, number, attempt },
    price: { amount, currency },
  });
  await checkouts.atCrashPoint('refund-made', bookingId);
  const change = (to: Parameters<typeof changeRequest>[2], nextSeconds: number | null) =>
    inTransaction(checkouts.platform, 'payments.changeRefund', async (tx) => {
      if ((await changeRequest(tx, request, to)) && nextSeconds !== null)
        await scheduleRefund(tx, key, nextSeconds);
    });
  if (refund.kind === 'refunded') {
    await recordRequestedRefund(checkouts, booking, requestId, refund);
    return checkouts.atCrashPoint('settled', bookingId);
  }
  if (refund.kind === 'less-left') {
    const left = chargeableUpTo({ amount: refund.left, currency });
    checkouts.platform.log.warn({ bookingId, requestId, amount, left }, 'less of the payment is left');
    return left === 0 ? change({ state: 'covered', amount: 0 }, null) : change({ amount: left }, 0);
  }
  if (refund.kind === 'key-spent') return change({ attempt: attempt + 1 }, 0);
  await reportFailedRefund(checkouts, refund, { bookingId, requestId, dueSince: createdAt });
  if (refund.kind === 'refused' && refund.code === 'charge_disputed' && (await isLost(checkouts, booking))) {
    await checkouts.alarm('refund-refused', { subject: requestId, reason: 'dispute_lost' }, { bookingId });
    return change({ state: 'refused' }, null);
  }
  await inTransaction(checkouts.platform, 'payments.retryRefund', (tx) =>
    scheduleRefund(tx, key, nextRefundSeconds(createdAt)),
  );
}

/** The bank or the card network has given the payment back, and Stripe never refunds it. */
async function isLost({ platform }: Checkouts, booking: BookingRow): Promise<boolean> {
  const disputes = await listDisputesOf(platform.db, booking);
  return disputes.some(({ status }) => status === 'lost' || status === 'prevented');
}

/** Ask Stripe for a refund whose webhook may be lost. What is still pending counts as asked for. */
async function pollRequest(
  checkouts: Checkouts,
  { id, eventId, bookingId, refundId }: RefundRequest,
): Promise<void> {
  const booking = (await findBooking(checkouts.platform.db, { eventId, id: bookingId }))?.booking;
  if (booking === undefined || refundId === null) throw new Error(`refund ${id} is not known`);
  const refund = await checkouts.stripe.retrieveRefund(refundId);
  if (refund.kind === 'unknown') throw new Error(`status of refund ${refundId} unknown: ${refund.reason}`);
  await recordRequestedRefund(checkouts, booking, id, refund);
}

/**
 * Schedule a job for each due refund that lost its own, because its worker was killed or its runs are exhausted, and for each that the bank
 * has not settled for `pendingSeconds`. Returns how many.
 */
export function resumeRefunds(
  { platform }: Pick<Checkouts, 'platform'>,
  { idleSeconds = STUCK_AFTER_SECONDS, pendingSeconds = MIN_POLL_INTERVAL_SECONDS } = {},
): Promise<number> {
  return inTransaction(platform, 'payments.resumeRefunds', async (tx) => {
    const stuck = [
      ...(await findStuckRequests(tx, 'due', idleSeconds, MAX_BATCH)),
      ...(await findStuckRequests(tx, 'pending', pendingSeconds, MAX_BATCH)),
    ];
    for (const request of stuck) await scheduleRefund(tx, request, 0);
    return stuck.length;
  });
}
