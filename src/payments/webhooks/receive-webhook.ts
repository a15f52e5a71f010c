import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { jobs } from '../jobs.ts';
import { insertWebhook } from '../store/webhook-inbox.ts';
import { isHandled } from './handle-webhook.ts';

/** What was done with a webhook. */
export type WebhookDisposition = 'accepted' | 'duplicate' | 'ignored' | 'refused';

/**
 * Take a webhook: verify it on the bytes that came, write it down with a job that will act on it, and be done. Stripe
 * sends again what was not answered; what was written down before is answered the same, and has no second effect.
 */
export async function receiveWebhook(
  checkouts: Checkouts,
  body: Buffer,
  signature: string | undefined,
): Promise<WebhookDisposition> {
  const received = await receive(checkouts, body, signature);
  checkouts.platform.metrics.webhooks.inc({ result: received });
  return received;
}

async function receive(
  checkouts: Checkouts,
  body: Buffer,
  signature: string | undefined,
): Promise<WebhookDisposition> {
  const event = checkouts.stripe.verifyWebhook(body, signature);
  if (event === null || event.livemode !== checkouts.livemode) return 'refused';
  if (!isHandled(event.type)) return 'ignored';
  return inTransaction(checkouts.platform, 'payments.receiveWebhook', async (tx) => {
    if (!(await insertWebhook(tx, event))) return 'duplicate';
    await jobs.handleWebhook.enqueue(tx, { id: event.id }, { key: `webhook:${event.id}` });
    return 'accepted';
  });
}
