import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { alarmIfRejected } from '../checkout/earlier-refund.ts';
import { alarmIfUnusable, reportFailedRefund } from '../checkout/progress.ts';
import { jobs } from '../jobs.ts';
import { isUnsettled, type RefundRecord } from '../refund-status.ts';
import { updateRefundStatus } from '../store/booking-transitions.ts';
import { findBooking, findBookingByIntent, type BookingKey, type BookingRow } from '../store/bookings.ts';
import { recordIntentRefund } from '../store/intent-refunds.ts';
import { takeUnsettledRefunds } from '../store/unsettled-refunds.ts';

/** Refunds take days. With the batch of a sweep, a worker polls at most 400 refunds an hour. */
export const REFUND_SWEEP_INTERVAL_MS = 15 * 60 * 1_000;

/** Rows per sweep; the next sweep continues. */
const MAX_BATCH = 100;

/** Pause between two polls, so that a batch takes until the next sweep and never all slots of the job runner. */
const DEFAULT_SPREAD_SECONDS = REFUND_SWEEP_INTERVAL_MS / 1_000 / MAX_BATCH;

/** Webhooks are redelivered for three days, but mostly come within minutes. */
export const MIN_POLL_INTERVAL_SECONDS = 6 * 60 * 60;
/** A refund that stays pending for weeks is one request a day. */
const MAX_POLL_INTERVAL_SECONDS = 24 * 60 * 60;

/**
 * Sweep refunds that are due or under way without news, and enqueue a job that polls each. Returns how many. Sweeps may run
 * concurrently.
 */
export async function sweepRefunds(
  { platform }: Pick<Checkouts, 'platform'>,
  {
    minSeconds = MIN_POLL_INTERVAL_SECONDS,
    maxSeconds = MAX_POLL_INTERVAL_SECONDS,
    maxBatch = MAX_BATCH,
    spreadSeconds = DEFAULT_SPREAD_SECONDS,
  } = {},
): Promise<number> {
  const taken = await inTransaction(platform, 'payments.sweepRefunds', async (tx) => {
    const unsettled = await takeUnsettledRefunds(tx, { minSeconds, maxSeconds }, maxBatch);
    // the declined attempts of an intent have one refund
    const polls = new Map(
      unsettled.map(({ eventId, id, intentId, refundId }) => [refundId ?? intentId ?? id, { eventId, id }]),
    );
    for (const [index, [subject, booking]] of [...polls].entries()) {
      const delaySeconds = index * spreadSeconds;
      const options = { key: `poll-refund:${subject}`, delaySeconds, isDeferrable: true };
      await jobs.pollRefund.enqueue(tx, booking.eventId, booking, options);
    }
    return polls.size;
  });
  if (taken > 0) platform.log.info({ refunds: taken }, 'unsettled refunds polled');
  return taken;
}

/**
 * Ask Stripe for a refund whose webhook may be lost, or make one that is still due. It does not throw for an answer of Stripe:
 * the sweep repeats it, so that its requests stay bounded.
 */
export async function pollRefund(checkouts: Checkouts, key: BookingKey): Promise<void> {
  const booking = (await findBooking(checkouts.platform.db, key))?.booking;
  if (!booking?.intentId || booking.refundStatus === null || !isUnsettled(booking.refundStatus)) return;
  const refund =
    booking.refundId === null
      ? await makeRefund(checkouts, booking, booking.intentId)
      : await readRefund(checkouts, booking, booking.refundId);
  if (refund === null) return; // reported
  await alarmIfRejected(checkouts, refund, { bookingId: booking.id }); // before it is recorded: then it is not polled again
  await record(checkouts, booking, booking.intentId, refund);
}

async function readRefund(
  checkouts: Checkouts,
  { id: bookingId }: BookingRow,
  refundId: string,
): Promise<RefundRecord | null> {
  const refund = await checkouts.stripe.retrieveRefund(refundId);
  if (refund.kind === 'found') return refund;
  checkouts.platform.log.warn({ bookingId, refundId, reason: refund.reason }, 'refund status unknown');
  await alarmIfUnusable(checkouts, refund, refundId, { bookingId, refundId });
  return null;
}

/** The refund of declined attempts; its request is the same as that of the job that found the payment. */
async function makeRefund(
  checkouts: Checkouts,
  { reservationId }: BookingRow,
  intentId: string,
): Promise<RefundRecord | null> {
  const paid = await findBookingByIntent(checkouts.platform.db, intentId);
  if (paid !== null && paid.step !== 'declined') return null; // another attempt accounts for the payment
  const details = { intentId, causeId: reservationId };
  await checkouts.alarm('payment-without-booking', { subject: intentId }, details); // the job that does so may be lost
  const refund = await checkouts.stripe.refundIntent(intentId, reservationId);
  if (refund.kind === 'refunded') return refund;
  await reportFailedRefund(checkouts, refund, { intentId });
  return null;
}

function record(
  { platform }: Checkouts,
  booking: BookingRow,
  intentId: string,
  refund: RefundRecord,
): Promise<unknown> {
  const { eventId, reservationId, step } = booking;
  return step === 'declined'
    ? recordIntentRefund(platform, { eventId, id: reservationId }, intentId, refund, 'stray')
    : updateRefundStatus(platform, booking, refund);
}
