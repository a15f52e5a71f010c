import { inTransaction } from '../../platform/db/transaction.ts';
import { STATUS_OF } from '../checkout-steps.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { readBackfill, recordBackfill } from '../ledger/backfill-progress.ts';
import { recordCharge } from '../ledger/entries.ts';
import { recordRefund } from '../ledger/refunds.ts';
import type { RefundRecord } from '../refund-status.ts';
import { listBookingsAfter } from '../store/bookings-paid.ts';
import type { BookingRow } from '../store/bookings.ts';

/** Bookings of a run, of which each that was refunded costs a request: at one run a minute 8 requests a second. */
const MAX_BATCH = 500;

/** The second one, a day later, finds what an earlier version wrote beside the first. */
const MAX_PASSES = 2;

/**
 * Record the payments and refunds of Bookings that an earlier version wrote: a batch, behind the last one. Returns how many
 * Bookings it went through; 0 once all are done.
 */
export async function backfillLedger(
  { platform, stripe }: Pick<Checkouts, 'platform' | 'stripe'>,
  { maxBatch = MAX_BATCH } = {},
): Promise<number> {
  const progress = await readBackfill(platform.db);
  if (progress.passes >= MAX_PASSES || !progress.isDue) return 0;
  const bookings = await listBookingsAfter(platform.db, progress.after, maxBatch);
  const refunds = new Map<string, RefundRecord[]>();
  for (const booking of bookings.filter(isRefunded)) {
    const intentId = booking.intentId!;
    if (refunds.has(intentId)) continue;
    const read = await stripe.listRefunds(intentId);
    if (read.kind === 'found') refunds.set(intentId, read.refunds);
    else if (read.code === 'resource_missing')
      platform.log.warn({ bookingId: booking.id, intentId }, 'payment unknown to stripe');
    else throw new Error(`refunds of payment intent ${intentId} unknown: ${read.reason}`); // the next run repeats it
  }
  const last = bookings.at(-1);
  const reached = last !== undefined && bookings.length === maxBatch ? last : null;
  await inTransaction(platform, 'payments.backfillLedger', async (tx) => {
    for (const booking of bookings.filter(isPaid)) {
      const { eventId, id: bookingId } = booking;
      const payment = { eventId, bookingId, intentId: booking.intentId! };
      await recordCharge(tx, payment, booking, 'backfill');
      for (const refund of refunds.get(payment.intentId) ?? [])
        await recordRefund(tx, payment, refund, 'backfill');
    }
    await recordBackfill(tx, progress, reached);
  });
  return bookings.length;
}

/** Whether a Booking has been paid; one at `paid` gets its row when it ends. */
const isPaid = ({ step, intentId, refundStatus }: BookingRow): boolean =>
  intentId !== null &&
  (STATUS_OF[step] === 'DECLINED' ? refundStatus !== null : STATUS_OF[step] !== 'PENDING');

const isRefunded = (booking: BookingRow): boolean =>
  isPaid(booking) && (booking.refundStatus !== null || booking.foreignRefunds !== null);
