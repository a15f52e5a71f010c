import type { Checkouts } from '../checkout/checkout-deps.ts';
import { describeDifference } from './differences.ts';
import { reconcile, type Reconciliation } from './reconcile.ts';

/** What happened within the last hour may be under way: its webhooks and jobs are not late yet. */
const SETTLED_AFTER_MS = 60 * 60 * 1_000;
/** A day and an hour: two days in a row overlap, so that a late run leaves no gap. */
const SPAN_MS = 25 * 60 * 60 * 1_000;

/** Compare the last day with Stripe; each difference raises an alarm, once. */
export async function reconcileDay(
  checkouts: Pick<Checkouts, 'platform' | 'stripe' | 'shopId' | 'alarm'>,
  { now = Date.now(), settledAfterMs = SETTLED_AFTER_MS } = {},
): Promise<Reconciliation> {
  const to = now - settledAfterMs;
  const span = { from: new Date(to - SPAN_MS), to: new Date(to) };
  const result = await reconcile(checkouts, span, (difference) => {
    const { kind: reason, subject, bookingId } = difference;
    const details = { bookingId, subject, difference: describeDifference(difference) };
    return checkouts.alarm('ledger-difference', { subject, reason }, details);
  });
  checkouts.platform.log.info({ ...span, ...result }, 'ledger reconciled');
  return result;
}
