import type { JobHandler } from '../platform/db/jobs.ts';
import { cancelBookings } from './cancellation/cancel-bookings.ts';
import { recoverCheckout } from './checkout/advance-checkout.ts';
import { inBackground, type Checkouts } from './checkout/checkout-deps.ts';
import { closeIntents } from './checkout/close-intents.ts';
import { jobs } from './jobs.ts';
import { reconcileDay } from './reconcile/reconcile-day.ts';
import { makeRefund } from './refunds/make-refund.ts';
import { pollRefund } from './refunds/poll-refunds.ts';
import { handleWebhook } from './webhooks/handle-webhook.ts';

/** Bind the handlers of payments. */
export function jobHandlers(checkouts: Checkouts): readonly JobHandler[] {
  const background = inBackground(checkouts);
  return [
    jobs.advanceCheckout.handler((booking) => recoverCheckout(background, booking)),
    jobs.cancelBookings.handler((position) => cancelBookings(background, position)),
    jobs.closeIntents.handler((reservation) => closeIntents(background, reservation)),
    jobs.pollRefund.handler((booking) => pollRefund(background, booking)),
    jobs.makeRefund.handler((request) => makeRefund(background, request)),
    jobs.handleWebhook.handler(({ id }) => handleWebhook(background, id)),
    jobs.reconcileDay.handler(() => reconcileDay(background).then(() => {})),
  ];
}

/** Jobs of payments that run once a day. */
export const dailyJobs = [jobs.reconcileDay];
