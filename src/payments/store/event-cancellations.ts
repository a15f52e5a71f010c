import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { REJECTED_STATUSES } from '../refund-status.ts';
import { bookings, eventCancellations } from '../tables.ts';
import { bookingColumns, type BookingRow } from './bookings.ts';

/** How far the refunds of a cancelled Event are: numbers of Bookings, and money in the smallest unit. */
export interface CancellationProgress {
  cancelledAt: Date;
  settledAt: Date | null;
  /** Confirmed when the Event was cancelled, or since. */
  bookings: number;
  /** Their refunds are due. */
  pending: number;
  /** Stripe accepted their refunds, or there was nothing to refund. */
  refunded: number;
  /** Their refunds were rejected later. */
  failed: number;
  /** Of the Bookings that are `refunded`. */
  refundedAmount: number;
  /** Null: there are no Bookings. */
  currency: string | null;
}

/** A transaction that began before the cancellation may confirm a Booking after it; none lasts longer. */
const LAST_CONFIRMATIONS = sql`interval '2 minutes'`;

/** Record that an Event was cancelled. Returns false if it was recorded before. */
export async function insertCancellation(tx: Tx, eventId: string): Promise<boolean> {
  const inserted = await named(tx, 'payments.insertCancellation')
    .insert(eventCancellations)
    .values({ eventId })
    .onConflictDoNothing()
    .returning({ eventId: eventCancellations.eventId });
  return inserted.length > 0;
}

/** Read a batch of the confirmed Bookings of an Event, in the order of their ids, after one of them. */
export const findConfirmedBookings = (
  db: DbOrTx,
  { eventId, after, limit }: { eventId: string; after: string | null; limit: number },
): Promise<BookingRow[]> =>
  named(db, 'payments.findConfirmedBookings')
    .select(bookingColumns)
    .from(bookings)
    .where(
      and(
        eq(bookings.eventId, eventId),
        eq(bookings.step, 'confirmed'),
        after === null ? undefined : gt(bookings.id, after),
      ),
    )
    .orderBy(asc(bookings.id))
    .limit(limit);

/** How many Bookings of an Event were cancelled within `seconds` and await their refund, counted up to `limit`. */
export async function countRefundsDue(
  db: DbOrTx,
  eventId: string,
  { seconds, limit }: { seconds: number; limit: number },
): Promise<number> {
  const due = named(db, 'payments.countRefundsDue')
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        eq(bookings.eventId, eventId),
        eq(bookings.step, 'cancelling'),
        sql`${bookings.updatedAt} > now() - make_interval(secs => ${seconds})`,
      ),
    )
    .limit(limit);
  return (await due).length;
}

/**
 * Mark a cancellation as settled once no Booking of the Event is confirmed or under way, and none can be any more. Returns
 * whether it is settled.
 */
export async function settleCancellation(tx: Tx, eventId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ settled: boolean }>(sql`
    /* payments.settleCancellation */
    update event_cancellations set settled_at = coalesce(settled_at, now())
    where event_id = ${eventId} and cancelled_at < now() - ${LAST_CONFIRMATIONS}
      and (
        select true from bookings
        where event_id = ${eventId} and step not in ('declined', 'refunded', 'cancelled')
        limit 1
      ) is null
    returning true as settled`);
  return rows.length > 0;
}

/** Seconds since an Event was cancelled, by the database's clock; null: it is not recorded. */
export async function readCancellationAge(db: DbOrTx, eventId: string): Promise<number | null> {
  const [row] = await named(db, 'payments.readCancellationAge')
    .select({ seconds: sql<number>`extract(epoch from now() - ${eventCancellations.cancelledAt})::float8` })
    .from(eventCancellations)
    .where(and(eq(eventCancellations.eventId, eventId), isNull(eventCancellations.settledAt)));
  return row?.seconds ?? null;
}

/** Read how far the refunds of a cancelled Event are; null: it was not cancelled by `cancelEvent`. */
export async function readCancellationProgress(
  db: DbOrTx,
  eventId: string,
): Promise<CancellationProgress | null> {
  const [cancellation] = await named(db, 'payments.readCancellation')
    .select({ cancelledAt: eventCancellations.cancelledAt, settledAt: eventCancellations.settledAt })
    .from(eventCancellations)
    .where(eq(eventCancellations.eventId, eventId));
  if (cancellation === undefined) return null;
  const isPending = sql`step = 'confirmed' or (step = 'cancelling' and cancelled_with_event)`;
  const isFailed = sql`refund_status = any(${sql.param(REJECTED_STATUSES)}::text[])`;
  const isEnded = sql`step = 'cancelled' and cancelled_with_event`;
  const { rows } = await db.execute<{
    pending: number;
    refunded: number;
    failed: number;
    refundedAmount: number;
    currency: string | null;
  }>(sql`
    /* payments.countCancelledBookings */
    select count(*) filter (where ${isPending})::int as pending,
      count(*) filter (where ${isEnded} and (${isFailed}) is not true)::int as refunded,
      count(*) filter (where ${isEnded} and ${isFailed})::int as failed,
      coalesce(sum(coalesce(amount_minor, amount)) filter (where ${isEnded} and (${isFailed}) is not true), 0)::float8 as "refundedAmount",
      max(currency) filter (where ${isPending} or ${isEnded}) as currency
    from bookings where event_id = ${eventId}`);
  const counts = rows[0]!;
  return { ...cancellation, ...counts, bookings: counts.pending + counts.refunded + counts.failed };
}
