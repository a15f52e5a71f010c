import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { recordCharge, type LedgerCause } from '../ledger/entries.ts';
import { recordRefund } from '../ledger/refunds.ts';
import { REFUND_DUE, type RefundRecord } from '../refund-status.ts';
import { bookings } from '../tables.ts';
import { findDeclinedAttempt, type PaidReservation } from './attempts.ts';
import { changesRefund } from './refund-conditions.ts';

const hasIntent = ({ eventId, id }: PaidReservation, intentId: string) =>
  and(eq(bookings.eventId, eventId), eq(bookings.reservationId, id), eq(bookings.intentId, intentId));

/** Whether an attempt with this intent is in progress or has ended otherwise than declined, or its refund is due or made. */
export async function isIntentSettled(
  tx: Tx,
  reservation: PaidReservation,
  intentId: string,
): Promise<boolean> {
  const [settled] = await named(tx, 'payments.isIntentSettled')
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        hasIntent(reservation, intentId),
        sql`(${bookings.step} <> 'declined' or ${bookings.refundStatus} is not null)`,
      ),
    )
    .limit(1);
  return settled !== undefined;
}

/** Decide that an intent is refunded: from then on it buys nothing. */
export async function markRefundDue(tx: Tx, reservation: PaidReservation, intentId: string): Promise<void> {
  await named(tx, 'payments.markRefundDue')
    .update(bookings)
    .set({ refundStatus: REFUND_DUE, updatedAt: sql`now()` })
    .where(and(hasIntent(reservation, intentId), eq(bookings.step, 'declined')));
}

/**
 * Record the refund of an intent at its declined attempts, unless a newer status is recorded: it takes no further one. `all` are
 * the refunds of the intent, as far as they are known, for the ledger.
 */
export function recordIntentRefund(
  platform: Pick<Platform, 'db' | 'metrics'>,
  reservation: PaidReservation,
  intentId: string,
  refund: RefundRecord,
  cause: LedgerCause,
  all: readonly RefundRecord[] = [refund],
): Promise<void> {
  const { refundId, status } = refund;
  return inTransaction(platform, 'payments.recordIntentRefund', async (tx) => {
    await named(tx, 'payments.recordIntentRefund')
      .update(bookings)
      .set({ refundId, refundStatus: status, sharedIntent: false, updatedAt: sql`now()` })
      .where(and(hasIntent(reservation, intentId), eq(bookings.step, 'declined'), changesRefund(refund)));
    const attempt = await findDeclinedAttempt(tx, reservation, intentId);
    if (attempt === null) return;
    const payment = { eventId: reservation.eventId, bookingId: attempt.id, intentId };
    await recordCharge(tx, payment, attempt, 'late');
    for (const each of all) await recordRefund(tx, payment, each, cause);
  });
}
