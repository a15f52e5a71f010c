import { and, eq, sql } from 'drizzle-orm';

import { events } from '../../catalog/index.ts';
import { named } from '../../platform/db/named.ts';
import type { Db, DbOrTx, Tx } from '../../platform/db/pool.ts';
import type { CHECKOUT_TRANSITIONS, CheckoutStep } from '../checkout-steps.ts';
import type { RefundState } from '../refund-status.ts';
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

/** Move a confirmed Booking to `cancelling`, while it is cancellable. `null`: it is not, or a concurrent call was faster. */
export async function moveToCancelling(tx: Tx, key: BookingKey): Promise<BookingRow | null> {
  const [moved] = await named(tx, 'payments.moveToCancelling')
    .update(bookings)
    .set({ step: 'cancelling', updatedAt: sql`now()` })
    .from(events)
    .where(and(hasKey(key), eq(bookings.step, 'confirmed'), eq(events.id, bookings.eventId), isCancellable))
    .returning(bookingColumns);
  return moved ?? null;
}

/** Store the status of a Booking's own refund. `false`: it, or a newer one, is stored. */
export async function updateRefundStatus(db: Db, key: BookingKey, refund: RefundState): Promise<boolean> {
  const changed = await named(db, 'payments.updateRefundStatus')
    .update(bookings)
    .set({ refundStatus: refund.status, updatedAt: sql`now()` })
    .where(and(hasKey(key), eq(bookings.refundId, refund.refundId), changesRefund(refund)))
    .returning({ id: bookings.id });
  return changed.length === 1;
}
