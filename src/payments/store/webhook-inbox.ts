import { and, eq, isNull, sql } from 'drizzle-orm';
import type Stripe from 'stripe';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { storableJson } from '../../platform/text/clean.ts';
import { webhookEvents } from '../tables.ts';

/** A stored webhook: the id and the type of Stripe's event. */
export type ReceivedWebhook = Pick<typeof webhookEvents.$inferSelect, 'id' | 'type'>;

/** Insert a verified webhook. `false`: it is a duplicate. */
export async function insertWebhook(tx: Tx, event: Stripe.Event): Promise<boolean> {
  const written = await named(tx, 'payments.insertWebhook')
    .insert(webhookEvents)
    .values({ id: event.id, type: event.type, payload: storableJson(event) })
    .onConflictDoNothing()
    .returning({ id: webhookEvents.id });
  return written.length === 1;
}

/** Read a webhook that is not handled yet. `null`: it is. */
export async function findUnhandledWebhook(db: DbOrTx, id: string): Promise<Stripe.Event | null> {
  const [row] = await named(db, 'payments.findUnhandledWebhook')
    .select({ payload: webhookEvents.payload })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, id), isNull(webhookEvents.handledAt)));
  return (row?.payload as Stripe.Event | undefined) ?? null;
}

/** Mark a webhook as handled. */
export async function markWebhookHandled(db: DbOrTx, id: string): Promise<void> {
  await named(db, 'payments.markWebhookHandled')
    .update(webhookEvents)
    .set({ handledAt: sql`now()` })
    .where(eq(webhookEvents.id, id));
}
