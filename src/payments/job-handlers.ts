import type { JobHandler } from '../platform/db/jobs.ts';
import { recoverCheckout } from './checkout/advance-checkout.ts';
import type { Checkouts } from './checkout/checkout-deps.ts';
import { closeIntents } from './checkout/close-intents.ts';
import { jobs } from './jobs.ts';
import { pollRefund } from './refunds/poll-refunds.ts';
import { handleWebhook } from './webhooks/handle-webhook.ts';

/** Bind the handlers of payments. */
export const jobHandlers = (checkouts: Checkouts): readonly JobHandler[] => [
  jobs.advanceCheckout.handler((booking) => recoverCheckout(checkouts, booking)),
  jobs.closeIntents.handler((reservation) => closeIntents(checkouts, reservation)),
  jobs.pollRefund.handler((booking) => pollRefund(checkouts, booking)),
  jobs.handleWebhook.handler(({ id }) => handleWebhook(checkouts, id)),
];
