import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { recordRefund } from '../ledger/refunds.ts';
import type { RefundRecord } from '../refund-status.ts';
import type { BookingRow } from '../store/bookings.ts';
import { findRequest, markRequestMade } from '../store/refund-requests.ts';

/** Record a refund that an organiser has decided on, with its row in the ledger, unless a newer status is recorded. */
export function recordRequestedRefund(
  platform: Pick<Platform, 'db' | 'metrics'>,
  { eventId, id: bookingId, intentId }: Pick<BookingRow, 'eventId' | 'id'> & { intentId: string },
  requestId: string,
  refund: RefundRecord,
): Promise<void> {
  return inTransaction(platform, 'payments.recordRequestedRefund', async (tx) => {
    await markRequestMade(tx, { eventId, id: requestId }, refund);
    await recordRefund(tx, { eventId, bookingId, intentId }, refund, 'organiser');
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
