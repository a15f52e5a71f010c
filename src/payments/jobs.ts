import { z } from 'zod';

import { recoverCheckout } from './checkout/advance-checkout.ts';
import type { Checkouts } from './checkout/checkout-deps.ts';
import { handleWebhook } from './webhooks/handle-webhook.ts';

const Booking = z.object({ eventId: z.uuid(), id: z.uuid() });
const Webhook = z.object({ id: z.string() });

/** What the worker does for payments, by the names under which it is enqueued. Each may run more than once. */
export const jobs = (app: Checkouts): Record<string, (payload: unknown) => Promise<void>> => ({
  'payments.advance-checkout': (payload) => recoverCheckout(app, Booking.parse(payload)),
  'payments.handle-webhook': (payload) => handleWebhook(app, Webhook.parse(payload).id),
});
