import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { jobs } from '../jobs.ts';
import { rememberWebhook } from '../store/webhook-inbox.ts';
import { isHandled } from './handle-webhook.ts';

/** What was done with a webhook. */
export type WebhookDisposition = 'accepted' | 'duplicate' | 'ignored' | 'refused';

/**
 * Take a webhook: verify it on the bytes that came, write it down with a job that will act on it, and be done. Stripe
 * sends again what was not answered; what was written down before is answered the same, and has no second effect.
 */
export async function receiveWebhook(
  app: Checkouts,
  body: Buffer,
  signature: string | undefined,
): Promise<WebhookDisposition> {
  const received = await receive(app, body, signature);
  app.platform.metrics.webhooks.inc({ result: received });
  return received;
}

async function receive(
  app: Checkouts,
  body: Buffer,
  signature: string | undefined,
): Promise<WebhookDisposition> {
  const event = app.stripe.readWebhook(body, signature);
  if (event === null || event.livemode !== app.livemode) return 'refused';
  if (!isHandled(event.type)) return 'ignored';
  return inTransaction(app.platform, 'payments.receiveWebhook', async (tx) => {
    if (!(await rememberWebhook(tx, event))) return 'duplicate';
    await jobs.handleWebhook.enqueue(tx, { id: event.id }, { key: `webhook:${event.id}` });
    return 'accepted';
  });
}
