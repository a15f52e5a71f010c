import { and, eq, isNull, sql } from 'drizzle-orm';
import type Stripe from 'stripe';

import type { Db, DbOrTx, Tx } from '../../platform/db/pool.ts';
import { shops, webhookEvents } from '../tables.ts';
import type { BookingKey } from './bookings.ts';

/** Read the id of this database at Stripe; the first call generates it. */
export async function readShopId(db: Db): Promise<string> {
  await db.insert(shops).values({}).onConflictDoNothing();
  const [shop] = await db.select({ id: shops.id }).from(shops);
  if (shop === undefined) throw new Error('shop row missing');
  return shop.id;
}

/** Insert a verified webhook. `false`: it is a duplicate. */
export async function insertWebhook(tx: Tx, event: Stripe.Event): Promise<boolean> {
  const written = await tx
    .insert(webhookEvents)
    .values({ id: event.id, type: event.type, payload: event })
    .onConflictDoNothing()
    .returning({ id: webhookEvents.id });
  return written.length === 1;
}

/** Read a webhook that is not handled yet. `null`: it is. */
export async function findUnhandledWebhook(db: DbOrTx, id: string): Promise<Stripe.Event | null> {
  const [row] = await db
    .select({ payload: webhookEvents.payload })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, id), isNull(webhookEvents.handledAt)));
  return (row?.payload as Stripe.Event | undefined) ?? null;
}

/** Mark a webhook as handled. */
export async function markWebhookHandled(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(webhookEvents)
    .set({ handledAt: sql`now()` })
    .where(eq(webhookEvents.id, id));
}

/** Delete handled webhooks after 30 days: Stripe redelivers for three. Returns the number of rows. */
export async function deleteOldWebhooks(db: DbOrTx): Promise<number> {
  const { rowCount } = await db.execute(sql`
    /* payments.forgetOldWebhooks */
    delete from webhook_events where handled_at < now() - interval '30 days'`);
  return rowCount ?? 0;
}

// The job of a worker that was killed stays locked for four hours, so a locked job does not count.
const hasWaitingJob = (key: ReturnType<typeof sql>) => sql`exists (
  select 1 from graphile_worker.jobs job
  where job.key = ${key} and job.locked_at is null and job.attempts < job.max_attempts
)`;

/** Find checkouts at a step that is not terminal, unchanged for `idleSeconds`, without a waiting job. */
export async function findStuckBookings(
  db: DbOrTx,
  idleSeconds: number,
  limit: number,
): Promise<BookingKey[]> {
  const { rows } = await db.execute<{ eventId: string; id: string }>(sql`
    /* payments.findStuckBookings */
    select event_id as "eventId", id from bookings
    where step not in ('confirmed', 'declined', 'refunded', 'cancelled') -- predicate of the index bookings_under_way
      and updated_at < now() - make_interval(secs => ${idleSeconds})
      and not ${hasWaitingJob(sql`'checkout:' || bookings.id`)}
    order by updated_at
    limit ${limit}`);
  return [...rows];
}

/** Find webhooks that were received `idleSeconds` ago and not handled, without a waiting job. */
export async function findStuckWebhooks(db: DbOrTx, idleSeconds: number, limit: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    /* payments.findStuckWebhooks */
    select id from webhook_events
    where handled_at is null
      and received_at < now() - make_interval(secs => ${idleSeconds})
      and not ${hasWaitingJob(sql`'webhook:' || webhook_events.id`)}
    order by received_at
    limit ${limit}`);
  return [...rows].map(({ id }) => id);
}
