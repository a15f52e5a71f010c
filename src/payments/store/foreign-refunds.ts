import { sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { recordRefund } from '../ledger/refunds.ts';
import { statusesKeptFrom, type RefundRecord } from '../refund-status.ts';
import { bookings } from '../tables.ts';
import { hasKey, type BookingKey } from './bookings.ts';

/** Record a refund that the server has not made, with its status, unless a newer status is recorded. */
export function recordForeignRefund(
  platform: Pick<Platform, 'db' | 'metrics'>,
  key: BookingKey,
  refund: RefundRecord,
): Promise<void> {
  const { refundId, status } = refund;
  return inTransaction(platform, 'payments.recordForeignRefund', async (tx) => {
    const [before] = await named(tx, 'payments.lockForeignRefunds')
      .select({ foreignRefunds: bookings.foreignRefunds, intentId: bookings.intentId })
      .from(bookings)
      .where(hasKey(key))
      .for('update');
    const recorded = before?.foreignRefunds?.[refundId];
    if (before === undefined || (recorded && statusesKeptFrom(status).includes(recorded))) return;
    await named(tx, 'payments.recordForeignRefund')
      .update(bookings)
      .set({
        foreignRefunds: sql`coalesce(${bookings.foreignRefunds}, '{}') || jsonb_build_object(${refundId}::text, ${status}::text)`,
      })
      .where(hasKey(key));
    if (before.intentId === null) return;
    const payment = { eventId: key.eventId, bookingId: key.id, intentId: before.intentId };
    await recordRefund(tx, payment, refund, 'elsewhere');
  });
}
