import type Stripe from 'stripe';

import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { alarmIfUnusable } from '../checkout/progress.ts';
import { recordDispute } from '../ledger/disputes.ts';
import { findBookingByIntent } from '../store/bookings.ts';

/**
 * `charge.dispute.…`: record the dispute as Stripe has it now, so that its events may come in any order, and twice. Its opening
 * raises an alarm, by whichever event it is noticed: an operator answers it.
 */
export async function onDispute(checkouts: Checkouts, event: Stripe.Event): Promise<void> {
  const { id: disputeId } = event.data.object as Stripe.Dispute;
  const read = await checkouts.stripe.retrieveDispute(disputeId);
  if (read.kind === 'unknown') {
    await alarmIfUnusable(checkouts, read, disputeId, { disputeId });
    throw new Error(`status of dispute ${disputeId} unknown: ${read.reason}`); // the job is repeated
  }
  const { intentId } = read.dispute;
  const booking = intentId === '' ? null : await findBookingByIntent(checkouts.platform.db, intentId);
  if (booking === null && read.shopId !== (await checkouts.shopId())) return; // of another database, or made by hand
  const bookingId = booking?.id ?? null;
  await checkouts.alarm('payment-disputed', { subject: disputeId }, { bookingId, intentId, disputeId });
  const eventId = booking?.eventId ?? read.eventId;
  if (eventId === null) return;
  await inTransaction(checkouts.platform, 'payments.recordDispute', (tx) =>
    recordDispute(tx, { eventId, bookingId, intentId }, read.dispute),
  );
}
