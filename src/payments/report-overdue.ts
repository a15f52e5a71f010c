import { runEach } from '../platform/run-each.ts';
import type { Checkouts } from './checkout/checkout-deps.ts';
import {
  findOverdueBookings,
  findOverdueIntents,
  findOverdueRequests,
  findOverdueWebhooks,
} from './store/overdue-rows.ts';

/** A payment has a deadline after 15 minutes, after which its intent is cancelled; an outage of Stripe may delay that. */
const PAYMENT_OVERDUE_AFTER_SECONDS = 60 * 60;
/** A due refund that Stripe does not accept raises `refund-overdue` after a day: this is of one whose job fails before. */
const REFUND_OVERDUE_AFTER_SECONDS = 2 * 24 * 60 * 60;
/** An intent is open until the hold ends, which lasts a day at most. */
const INTENT_OVERDUE_AFTER_SECONDS = 2 * 24 * 60 * 60;
const WEBHOOK_OVERDUE_AFTER_SECONDS = 24 * 60 * 60;

/** Alarms per run and kind; the next run continues. */
const MAX_BATCH = 100;

/**
 * Raise the alarms of work that has not ended in time, each once. Its jobs are retried without end, and sweeps replace the lost
 * ones; of a job that fails each time, as by a bug, nothing else tells a person.
 */
export async function reportOverdue(checkouts: Pick<Checkouts, 'platform' | 'alarm'>): Promise<void> {
  const { db } = checkouts.platform;
  await runEach([
    async () => {
      const after = {
        paymentSeconds: PAYMENT_OVERDUE_AFTER_SECONDS,
        refundSeconds: REFUND_OVERDUE_AFTER_SECONDS,
      };
      for (const { eventId, id: bookingId, step } of await findOverdueBookings(db, after, MAX_BATCH))
        await checkouts.alarm(
          'payment-overdue',
          { subject: bookingId, reason: step },
          { bookingId, eventId, step },
        );
    },
    async () => {
      const found = await findOverdueRequests(db, REFUND_OVERDUE_AFTER_SECONDS, MAX_BATCH);
      for (const { eventId, id: requestId, bookingId } of found) {
        const cause = { subject: requestId, reason: 'refund' };
        await checkouts.alarm('payment-overdue', cause, { requestId, bookingId, eventId });
      }
    },
    async () => {
      const found = await findOverdueIntents(db, INTENT_OVERDUE_AFTER_SECONDS, MAX_BATCH);
      for (const { eventId, id: reservationId } of found)
        await checkouts.alarm('intent-overdue', { subject: reservationId }, { reservationId, eventId });
    },
    async () => {
      const found = await findOverdueWebhooks(db, WEBHOOK_OVERDUE_AFTER_SECONDS, MAX_BATCH);
      for (const { id: webhookId, type } of found)
        await checkouts.alarm('webhook-overdue', { subject: webhookId }, { webhookId, type });
    },
  ]);
}
