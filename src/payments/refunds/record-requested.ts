import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { alarmIfRejected } from '../checkout/earlier-refund.ts';
import { requireIntentId } from '../checkout/progress.ts';
import { recordRefund } from '../ledger/refunds.ts';
import type { RefundRecord } from '../refund-status.ts';
import type { BookingRow } from '../store/bookings.ts';
import { findRequest, markRequestMade } from '../store/refund-requests.ts';

/**
 * Record a refund that an organiser has decided on, with its row in the ledger, unless a newer status is recorded; raises the alarm before
 * it if the bank has rejected it.
 */
export async function recordRequestedRefund(
  checkouts: Pick<Checkouts, 'platform' | 'alarm'>,
  booking: BookingRow,
  requestId: string,
  refund: RefundRecord,
): Promise<void> {
  const { eventId, id: bookingId } = booking;
  const payment = { eventId, bookingId, intentId: requireIntentId(booking) };
  await alarmIfRejected(checkouts, refund, { bookingId });
  await inTransaction(checkouts.platform, 'payments.recordRequestedRefund', async (tx) => {
    await markRequestMade(tx, { eventId, id: requestId }, refund);
    await recordRefund(tx, payment, refund, 'organiser');
  });
}

/** The id of the request that a refund of a Booking was made for. `null`: for none, whatever its metadata say. */
export async function requestOf(
  { db }: Pick<Platform, 'db'>,
  { eventId, id: bookingId }: BookingRow,
  { refundId, requestId }: RefundRecord,
): Promise<string | null> {
  if (requestId === undefined) return null;
  const request = await findRequest(db, { eventId, id: requestId });
  if (request?.bookingId !== bookingId) return null;
  return request.refundId === null || request.refundId === refundId ? requestId : null;
}
