import { and, eq, sql } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import type { CHECKOUT_TRANSITIONS, CheckoutStep } from '../checkout-steps.ts';
import { recordRefund } from '../ledger/refunds.ts';
import type { RefundRecord } from '../refund-status.ts';
import { bookings } from '../tables.ts';
import { bookingColumns, hasKey, type BookingKey, type BookingRow } from './bookings.ts';
import { isCancellable } from './cancellation-window.ts';
import { changesRefund } from './refund-conditions.ts';

/** Columns that may change together with the step. */
export type BookingChange = Partial<
  Pick<
    BookingRow,
    | 'intentId'
    | 'sharedIntent'
    | 'latestChargeId'
    | 'clientSecret'
    | 'redirectUrl'
    | 'refundId'
    | 'refundStatus'
    | 'failureCode'
    | 'failureMessage'
  >
>;

/**
 * Apply a transition of `CHECKOUT_TRANSITIONS`. `null`: the Booking is no longer at `from`, for a concurrent transition
 * came first; the caller reads it again.
 */
export async function moveBooking<From extends CheckoutStep>(
  db: DbOrTx,
  key: BookingKey,
  from: From,
  to: (typeof CHECKOUT_TRANSITIONS)[From][number],
  change: BookingChange = {},
): Promise<BookingRow | null> {
  const step: CheckoutStep = to;
  const [moved] = await named(db, 'payments.moveBooking')
    .update(bookings)
    .set({
      ...change,
      step,
      updatedAt: sql`now()`,
      ...(step === 'confirmed' ? { confirmedAt: sql`now()` } : {}),
    })
    .where(and(hasKey(key), eq(bookings.step, from)))
    .returning(bookingColumns);
  return moved ?? null;
}

/** Store what the buyer has to do at the bank while a payment waits; `null` twice: nothing any more. */
export async function storeBuyerAction(
  tx: Tx,
  key: BookingKey,
  action: Pick<BookingRow, 'clientSecret' | 'redirectUrl'>,
): Promise<void> {
  await named(tx, 'payments.storeBuyerAction')
    .update(bookings)
    .set({ ...action, updatedAt: sql`now()` })
    .where(and(hasKey(key), eq(bookings.step, 'awaiting_payment')));
}

/** Move a confirmed Booking to `cancelling`, while its buyer may cancel it, or else `byOrganiser`. `null`: it is not, or a concurrent call was faster. */
export async function moveToCancelling(
  tx: Tx,
  key: BookingKey,
  { byOrganiser = false } = {},
): Promise<BookingRow | null> {
  const [moved] = await named(tx, 'payments.moveToCancelling')
    .update(bookings)
    .set({
      step: 'cancelling',
      cancelledWithEvent: sql`${events.status} = 'CANCELLED'`,
      updatedAt: sql`now()`,
    })
    .from(events)
    .where(
      and(
        hasKey(key),
        eq(bookings.step, 'confirmed'),
        eq(events.id, bookings.eventId),
        byOrganiser ? undefined : isCancellable,
      ),
    )
    .returning(bookingColumns);
  return moved ?? null;
}

/**
 * Store the status of a Booking's own refund, with its row in the ledger. A newer status, or another refund that is the Booking's own
 * by now, is kept.
 */
export function updateRefundStatus(
  platform: Pick<Platform, 'db' | 'metrics'>,
  { eventId, id, intentId }: BookingKey & Pick<BookingRow, 'intentId'>,
  refund: RefundRecord,
): Promise<void> {
  return inTransaction(platform, 'payments.updateRefundStatus', async (tx) => {
    await named(tx, 'payments.updateRefundStatus')
      .update(bookings)
      .set({ refundStatus: refund.status, updatedAt: sql`now()` })
      .where(and(hasKey({ eventId, id }), eq(bookings.refundId, refund.refundId), changesRefund(refund)));
    if (intentId !== null) await recordRefund(tx, { eventId, bookingId: id, intentId }, refund, 'booking');
  });
}
