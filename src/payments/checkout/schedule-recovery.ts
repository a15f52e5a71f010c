import type { Tx } from '../../platform/db/pool.ts';
import { isRefundDue } from '../checkout-steps.ts';
import { jobs } from '../jobs.ts';
import type { PaidReservation } from '../store/attempts.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { ReceivedWebhook } from '../store/webhook-inbox.ts';

// What follows a sale is deferrable: a day of mass refunds, with three webhooks each, delays no buyer who is paying.

/** Schedule the recovery job of a checkout; it replaces the one that waits. */
export function scheduleRecovery(
  tx: Tx,
  { eventId, id, step }: Pick<BookingRow, 'eventId' | 'id' | 'step'>,
  delaySeconds: number,
): Promise<void> {
  const options = { key: `checkout:${id}`, delaySeconds, isDeferrable: isRefundDue(step) };
  return jobs.advanceCheckout.enqueue(tx, eventId, { eventId, id }, options);
}

/** Schedule the job that cancels what a Reservation leaves open at Stripe, for the end of its hold. */
export function scheduleClosing(
  tx: Tx,
  { eventId, id }: PaidReservation,
  delaySeconds: number,
): Promise<void> {
  const options = { key: `close-intents:${id}`, delaySeconds, isDeferrable: true };
  return jobs.closeIntents.enqueue(tx, eventId, { eventId, id }, options);
}

/** Schedule the job that handles a stored webhook. */
export function scheduleWebhook(tx: Tx, { id, type }: ReceivedWebhook): Promise<void> {
  const options = { key: `webhook:${id}`, isDeferrable: !type.startsWith('payment_intent.') };
  return jobs.handleWebhook.enqueue(tx, null, { id }, options);
}
