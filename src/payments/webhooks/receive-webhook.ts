import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { jobs } from '../jobs.ts';
import { insertWebhook } from '../store/webhook-inbox.ts';
import { isHandled } from './handle-webhook.ts';

export type WebhookDisposition = 'accepted' | 'duplicate' | 'ignored' | 'refused';

/**
 * Receive a webhook: verify the signature of the raw body, then store the event with a job that handles it. Stripe redelivers
 * an event that got no 2xx; a duplicate has no second effect.
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
    await jobs.handleWebhook.enqueue(tx, null, { id: event.id }, { key: `webhook:${event.id}` });
    return 'accepted';
  });
}
