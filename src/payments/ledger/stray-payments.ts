import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import type { Money } from '../../platform/money.ts';
import type { RefundRecord } from '../refund-status.ts';
import { recordCharge } from './entries.ts';
import { recordRefund } from './refunds.ts';

/** Record a payment that no Booking has, with its refunds. */
export function recordStrayPayment(
  platform: Pick<Platform, 'db' | 'metrics'>,
  payment: { eventId: string; intentId: string },
  received: Money,
  refunds: readonly RefundRecord[],
): Promise<void> {
  const stray = { ...payment, bookingId: null };
  return inTransaction(platform, 'payments.recordStrayPayment', async (tx) => {
    await recordCharge(tx, stray, received, 'stray');
    for (const refund of refunds) await recordRefund(tx, stray, refund, 'stray');
  });
}

/** Record a refund of a payment that no Booking has. */
export function recordStrayRefund(
  platform: Pick<Platform, 'db' | 'metrics'>,
  payment: { eventId: string; intentId: string },
  refund: RefundRecord,
): Promise<void> {
  return inTransaction(platform, 'payments.recordStrayRefund', (tx) =>
    recordRefund(tx, { ...payment, bookingId: null }, refund, 'stray'),
  );
}
