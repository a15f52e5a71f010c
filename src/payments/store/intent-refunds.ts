import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { bookings } from '../tables.ts';
import type { PaidReservation } from './attempts.ts';

/** `refund_status` of declined attempts whose intent is refunded although it was paid; Stripe has no such status. */
const REFUND_DUE = 'due';

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
    .set({ refundStatus: REFUND_DUE })
    .where(and(hasIntent(reservation, intentId), eq(bookings.step, 'declined')));
}

/** Record the refund of an intent at its declined attempts: it takes no further one. */
export function recordIntentRefund(
  platform: Pick<Platform, 'db' | 'metrics'>,
  reservation: PaidReservation,
  intentId: string,
  { refundId, status }: { refundId: string; status: string },
): Promise<void> {
  return inTransaction(platform, 'payments.recordIntentRefund', async (tx) => {
    await named(tx, 'payments.recordIntentRefund')
      .update(bookings)
      .set({ refundId, refundStatus: status, sharedIntent: false })
      .where(
        and(
          hasIntent(reservation, intentId),
          eq(bookings.step, 'declined'),
          sql`(${bookings.refundId}, ${bookings.refundStatus}) is distinct from (${refundId}, ${status})`,
        ),
      );
  });
}
