import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import type { PaidReservation } from './attempts.ts';
import type { BookingRow } from './bookings.ts';
import type { RequestKey } from './refund-requests.ts';
import type { ReceivedWebhook } from './webhook-inbox.ts';

type StuckBooking = Pick<BookingRow, 'eventId' | 'id' | 'step'>;

// The job of a worker that was killed stays locked for four hours, so a locked job does not count.
// Not `exists`: it can become a join that compares each row with each job, where statistics know nothing of the jobs.
const hasWaitingJob = (key: ReturnType<typeof sql>) => sql`(
  select true from graphile_worker.jobs job
  where job.key = ${key} and job.locked_at is null and job.attempts < job.max_attempts
  limit 1
) is not null`;

/** Find checkouts at a step that is not terminal, unchanged for `idleSeconds`, without a waiting job. */
export async function findStuckBookings(
  db: DbOrTx,
  idleSeconds: number,
  limit: number,
): Promise<StuckBooking[]> {
  const { rows } = await db.execute<{ [Column in keyof StuckBooking]: StuckBooking[Column] }>(sql`
    /* payments.findStuckBookings */
    select event_id as "eventId", id, step from bookings
    where step not in ('confirmed', 'declined', 'refunded', 'cancelled') -- predicate of the index bookings_under_way
      and updated_at < now() - make_interval(secs => ${idleSeconds})
      and not (${hasWaitingJob(sql`'checkout:' || bookings.id`)})
    order by updated_at
    limit ${limit}`);
  return rows;
}

/** Find Reservations with a declined attempt whose intent may be open, unchanged for `idleSeconds`, without a job that closes it. */
export async function findOpenIntents(
  db: DbOrTx,
  idleSeconds: number,
  limit: number,
): Promise<PaidReservation[]> {
  const { rows } = await db.execute<{ eventId: string; id: string }>(sql`
    /* payments.findOpenIntents */
    select event_id as "eventId", reservation_id as id from bookings
    where step = 'declined' and shared_intent -- predicate of the index bookings_with_open_intents
      and updated_at < now() - make_interval(secs => ${idleSeconds})
      and not (${hasWaitingJob(sql`'close-intents:' || bookings.reservation_id`)})
    order by updated_at
    limit ${limit}`);
  return rows;
}

/** Find Events whose cancellation is not settled, cancelled `idleSeconds` ago, without a job that goes on with it. */
export async function findStuckCancellations(
  db: DbOrTx,
  idleSeconds: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.execute<{ eventId: string }>(sql`
    /* payments.findStuckCancellations */
    select event_id as "eventId" from event_cancellations
    where settled_at is null -- predicate of the index event_cancellations_unsettled
      and cancelled_at < now() - make_interval(secs => ${idleSeconds})
      and not (${hasWaitingJob(sql`'cancel-bookings:' || event_cancellations.event_id`)})
    order by cancelled_at
    limit ${limit}`);
  return rows.map(({ eventId }) => eventId);
}

/** Find refunds that organisers have decided on, in this state, unchanged for `idleSeconds`, without a waiting job. */
export async function findStuckRequests(
  db: DbOrTx,
  state: 'due' | 'pending',
  idleSeconds: number,
  limit: number,
): Promise<RequestKey[]> {
  const { rows } = await db.execute<{ eventId: string; id: string }>(sql`
    /* payments.findStuckRefunds */
    select event_id as "eventId", id from refund_requests
    where state = ${state} and state in ('due', 'pending') -- predicate of the index refund_requests_unsettled
      and updated_at < now() - make_interval(secs => ${idleSeconds})
      and not (${hasWaitingJob(sql`'refund:' || refund_requests.id`)})
    order by updated_at
    limit ${limit}`);
  return rows;
}

/** Find webhooks that were received `idleSeconds` ago and not handled, without a waiting job. */
export async function findStuckWebhooks(
  db: DbOrTx,
  idleSeconds: number,
  limit: number,
): Promise<ReceivedWebhook[]> {
  const { rows } = await db.execute<{ id: string; type: string }>(sql`
    /* payments.findStuckWebhooks */
    select id, type from webhook_events
    where handled_at is null
      and received_at < now() - make_interval(secs => ${idleSeconds})
      and not (${hasWaitingJob(sql`'webhook:' || webhook_events.id`)})
    order by received_at
    limit ${limit}`);
  return rows;
}
