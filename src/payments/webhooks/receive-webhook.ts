import type Stripe from 'stripe';

import { inTransaction } from '../../platform/db/transaction.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { scheduleWebhook } from '../checkout/schedule-recovery.ts';
import { insertWebhook } from '../store/webhook-inbox.ts';
import { isEvent, isThinEvent } from './event-shape.ts';
import { isHandled } from './handle-webhook.ts';

type WebhookDisposition = 'accepted' | 'duplicate' | 'ignored';

/** What a delivery whose signature holds brings; `null`: nothing that Stripe has signed for this server. */
type VerifiedWebhook = { event: Stripe.Event } | 'ignored' | null;

/**
 * Verify a delivery. It is `null` if its signature does not hold, or if it is no event, or one of the other mode of Stripe; `ignored`,
 * and acknowledged, if it is a thin event: all of them are of kinds that have no handler. What Stripe has signed is refused for a
 * mistake in the configuration or the clock, which nothing else shows: it is logged.
 */
export function verifyWebhook(
  { stripe, livemode, platform }: Checkouts,
  body: Buffer,
  signature: string | undefined,
): VerifiedWebhook {
  const verified = stripe.verifyWebhook(body, signature);
  const event = verified !== null && verified !== 'too-old' ? verified.body : null;
  if (isThinEvent(event)) {
    platform.metrics.webhooks.inc({ result: 'ignored' });
    return 'ignored';
  }
  if (isEvent(event) && event.livemode === livemode) return { event };
  const result = verified === 'too-old' ? 'too-old' : isEvent(event) ? 'other-mode' : 'refused';
  if (result !== 'refused') platform.log.warn({ result }, 'signed webhook refused');
  platform.metrics.webhooks.inc({ result });
  return null;
}

/**
 * Store a verified event with a job that handles it. Stripe redelivers an event that got no 2xx; a duplicate has no second
 * effect.
 */
export async function storeWebhook(checkouts: Checkouts, event: Stripe.Event): Promise<WebhookDisposition> {
  const stored = await store(checkouts, event);
  checkouts.platform.metrics.webhooks.inc({ result: stored });
  return stored;
}

async function store(checkouts: Checkouts, event: Stripe.Event): Promise<WebhookDisposition> {
  if (!isHandled(event.type)) return 'ignored';
  return inTransaction(checkouts.platform, 'payments.receiveWebhook', async (tx) => {
    if (!(await insertWebhook(tx, event))) return 'duplicate';
    await scheduleWebhook(tx, event);
    return 'accepted';
  });
}
