import { and, asc, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { isRejected, statusesKeptFrom, type RefundRecord } from '../refund-status.ts';
import { insertEntries, type LedgerCause, type LedgerPayment } from './entries.ts';
import { refunds } from './tables.ts';

/** A recorded refund. */
export type RefundRow = typeof refunds.$inferSelect;

/** Refunds shown of one Booking: Stripe refunds a payment any number of times, in parts. */
const MAX_SHOWN = 100;

/**
 * Record a refund with its movements, unless a newer status is recorded. One that was rejected has both: the money went, and came
 * back. Lock the Booking first, if it is written in the same transaction.
 */
export async function recordRefund(
  tx: Tx,
  payment: LedgerPayment,
  { refundId, status, amount, currency }: RefundRecord,
  cause: LedgerCause,
): Promise<void> {
  await named(tx, 'payments.upsertRefund')
    .insert(refunds)
    .values({ ...payment, id: refundId, amount, currency, status })
    .onConflictDoUpdate({
      target: [refunds.eventId, refunds.id],
      set: { status, updatedAt: sql`now()` },
      setWhere: sql`${refunds.status} <> all (${sql.param(statusesKeptFrom(status))}::text[])`,
    });
  await insertEntries(
    tx,
    payment,
    [{ stripeId: refundId, kind: 'refund', amount: -amount, currency }],
    cause,
  );
  if (isRejected(status))
    await insertEntries(
      tx,
      payment,
      [{ stripeId: refundId, kind: 'refund_returned', amount, currency }],
      'bank',
    );
}

/** Read the refunds of a Booking, oldest first. */
export async function listRefundsOf(
  db: DbOrTx,
  { eventId, id }: { eventId: string; id: string },
): Promise<RefundRow[]> {
  return named(db, 'payments.listRefundsOf')
    .select()
    .from(refunds)
    .where(and(eq(refunds.eventId, eventId), eq(refunds.bookingId, id)))
    .orderBy(asc(refunds.createdAt), asc(refunds.id))
    .limit(MAX_SHOWN);
}
