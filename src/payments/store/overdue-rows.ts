import { sql, type SQL } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import type { Alarm } from '../../platform/telemetry/known-labels.ts';
import type { PaidReservation } from './attempts.ts';
import type { BookingRow } from './bookings.ts';
import type { RefundRequest } from './refund-requests.ts';
import type { ReceivedWebhook } from './webhook-inbox.ts';

/** Seconds without a change after which a row counts as overdue. */
export interface OverdueAfter {
  paymentSeconds: number;
  refundSeconds: number;
}

// Not `not exists`: it can become a join that reads every alarm.
const isUnreported = (alarms: readonly Alarm[], subject: SQL) => sql`(
  select true from payment_alarms raised
  where raised.alarm = any(${sql.param([...alarms])}::text[]) and raised.subject = ${subject}
  limit 1
) is null`;

type OverdueRequest = Pick<RefundRequest, 'eventId' | 'id' | 'bookingId'>;

type OverdueBooking = Pick<BookingRow, 'eventId' | 'id' | 'step'>;

/** Find checkouts whose payment or refund has not ended for so long, and has raised no alarm that says so. */
export async function findOverdueBookings(
  db: DbOrTx,
  { paymentSeconds, refundSeconds }: OverdueAfter,
  limit: number,
): Promise<OverdueBooking[]> {
  const { rows } = await db.execute<{ [Column in keyof OverdueBooking]: OverdueBooking[Column] }>(sql`
    /* payments.findOverdueBookings */
    select event_id as "eventId", id, step from bookings
    where step not in ('confirmed', 'declined', 'refunded', 'cancelled') -- predicate of the index bookings_under_way
      and updated_at < now() - make_interval(secs => ${paymentSeconds})
      and (step not in ('refunding', 'cancelling') or updated_at < now() - make_interval(secs => ${refundSeconds}))
      and ${isUnreported(['payment-overdue', 'refund-overdue', 'refund-refused'], sql`bookings.id::text`)}
    order by updated_at
    limit ${limit}`);
  return rows;
}

/** Find Reservations whose declined attempts have left an intent open for so long, without an alarm. */
export async function findOverdueIntents(
  db: DbOrTx,
  seconds: number,
  limit: number,
): Promise<PaidReservation[]> {
  const { rows } = await db.execute<{ eventId: string; id: string }>(sql`
    /* payments.findOverdueIntents */
    select event_id as "eventId", reservation_id as id from bookings
    where step = 'declined' and shared_intent -- predicate of the index bookings_with_open_intents
      and updated_at < now() - make_interval(secs => ${seconds})
      and ${isUnreported(['intent-overdue'], sql`bookings.reservation_id::text`)}
    order by updated_at
    limit ${limit}`);
  return rows;
}

/** Find refunds of organisers that are due for so long, unchanged, without an alarm. */
export async function findOverdueRequests(
  db: DbOrTx,
  seconds: number,
  limit: number,
): Promise<OverdueRequest[]> {
  const { rows } = await db.execute<{ [Column in keyof OverdueRequest]: OverdueRequest[Column] }>(sql`
    /* payments.findOverdueRefunds */
    select event_id as "eventId", id, booking_id as "bookingId" from refund_requests
    where state = 'due' and state in ('due', 'pending') -- predicate of the index refund_requests_unsettled
      and updated_at < now() - make_interval(secs => ${seconds})
      and ${isUnreported(['payment-overdue', 'refund-overdue', 'refund-refused'], sql`refund_requests.id::text`)}
    order by updated_at
    limit ${limit}`);
  return rows;
}

/** Find webhooks that were received so long ago and are not handled, without an alarm. */
export async function findOverdueWebhooks(
  db: DbOrTx,
  seconds: number,
  limit: number,
): Promise<ReceivedWebhook[]> {
  const { rows } = await db.execute<{ id: string; type: string }>(sql`
    /* payments.findOverdueWebhooks */
    select id, type from webhook_events
    where handled_at is null
      and received_at < now() - make_interval(secs => ${seconds})
      and ${isUnreported(['webhook-overdue'], sql`webhook_events.id`)}
    order by received_at
    limit ${limit}`);
  return rows;
}
