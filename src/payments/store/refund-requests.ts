import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { refunds } from '../ledger/tables.ts';
import { isUnsettled, REJECTED_STATUSES, type RefundState } from '../refund-status.ts';
import { bookings, refundRequests, type RefundRequestState } from '../tables.ts';
import { bookingColumns, hasKey, type BookingKey, type BookingRow } from './bookings.ts';

/** A refund that an organiser has decided on. */
export type RefundRequest = typeof refundRequests.$inferSelect;

/** Primary key of a refund that an organiser has decided on. */
export type RequestKey = Pick<RefundRequest, 'eventId' | 'id'>;

const hasRequestKey = ({ eventId, id }: RequestKey) =>
  and(eq(refundRequests.eventId, eventId), eq(refundRequests.id, id));

/** Lock a Booking, so that no other refund of it is decided on. Lock its Reservation first. */
export async function lockBooking(tx: Tx, key: BookingKey): Promise<BookingRow | null> {
  const [booking] = await named(tx, 'payments.lockBooking')
    .select(bookingColumns)
    .from(bookings)
    .where(hasKey(key))
    .for('update');
  return booking ?? null;
}

/** Insert a refund under the next number of its Booking, which the transaction has locked. */
export async function insertRequest(
  tx: Tx,
  request: Omit<RefundRequest, 'number' | 'attempt' | 'refundId' | 'createdAt' | 'updatedAt'>,
): Promise<void> {
  await named(tx, 'payments.insertRefundRequest')
    .insert(refundRequests)
    .values({
      ...request,
      number: sql`(
        select coalesce(max(other.number), 0) + 1 from ${refundRequests} other
        where other.event_id = ${request.eventId} and other.booking_id = ${request.bookingId})`,
    });
}

/** Read a refund by its key. */
export async function findRequest(db: DbOrTx, key: RequestKey): Promise<RefundRequest | null> {
  const [request] = await named(db, 'payments.findRefundRequest')
    .select()
    .from(refundRequests)
    .where(hasRequestKey(key));
  return request ?? null;
}

/** End a due refund, reduce it to what others have left of the payment, or begin its next attempt. `false`: another call was faster. */
export async function changeRequest(
  tx: Tx,
  { eventId, id, amount, attempt }: Pick<RefundRequest, 'eventId' | 'id' | 'amount' | 'attempt'>,
  change: { state: RefundRequestState; amount?: number } | { amount: number } | { attempt: number },
): Promise<boolean> {
  const { rowCount } = await named(tx, 'payments.changeRefundRequest')
    .update(refundRequests)
    .set({ ...change, updatedAt: sql`now()` })
    .where(
      and(
        hasRequestKey({ eventId, id }),
        eq(refundRequests.state, 'due'),
        eq(refundRequests.amount, amount),
        eq(refundRequests.attempt, attempt),
      ),
    );
  return rowCount === 1;
}

/** Record that Stripe has made a refund, whatever was known of it; what is not settled is polled. */
export async function markRequestMade(
  tx: Tx,
  key: RequestKey,
  { refundId, status }: RefundState,
): Promise<void> {
  await named(tx, 'payments.markRefundMade')
    .update(refundRequests)
    .set({ state: isUnsettled(status) ? 'pending' : 'made', refundId, updatedAt: sql`now()` })
    .where(
      and(
        hasRequestKey(key),
        sql`(${refundRequests.refundId} is null or ${refundRequests.refundId} = ${refundId})`,
      ),
    );
}

/** What was given back of a Booking, what is due, and how many refunds were decided on: of one snapshot. */
export async function readRefunded(
  db: DbOrTx,
  { eventId, id }: BookingKey,
): Promise<{ made: number; due: number; requests: number }> {
  const { rows } = await db.execute<{ made: string; due: string; requests: number }>(sql`
    /* payments.readRefunded */
    select
      (select coalesce(sum(amount), 0)::text from ${refunds}
        where event_id = ${eventId} and booking_id = ${id}
          and status <> all (${sql.param(REJECTED_STATUSES)}::text[])) as made,
      coalesce(sum(amount) filter (where state = 'due'), 0)::text as due,
      count(*)::int as requests
    from ${refundRequests}
    where event_id = ${eventId} and booking_id = ${id}`);
  const { made, due, requests } = rows[0]!;
  return { made: Number(made), due: Number(due), requests };
}

/** Which of these refunds are due: Stripe may have made them, before that is recorded. */
export async function findDueRequests(db: DbOrTx, keys: readonly RequestKey[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const eventIds = sql.param(keys.map(({ eventId }) => eventId));
  const { rows } = await db.execute<{ id: string }>(sql`
    /* payments.findDueRefunds */
    select wanted.id
    from unnest(${eventIds}::uuid[], ${sql.param(keys.map(({ id }) => id))}::uuid[]) as wanted (event_id, id)
    cross join lateral (
      select state from refund_requests request
      where request.event_id = wanted.event_id and request.event_id = any (${eventIds}::uuid[]) and request.id = wanted.id
      offset 0 -- a planner fence: by the primary key, whatever the statistics say
    ) found
    where found.state = 'due'`);
  return new Set(rows.map(({ id }) => id));
}

/** Count the refunds of an Event that are due, or not settled by the bank. */
export async function countUnsettledRequests(db: DbOrTx, eventId: string): Promise<number> {
  const [row] = await named(db, 'payments.countUnsettledRefunds')
    .select({ unsettled: sql<number>`count(*)::int` })
    .from(refundRequests)
    .where(and(eq(refundRequests.eventId, eventId), sql`${refundRequests.state} in ('due', 'pending')`));
  return row!.unsettled;
}
