import { z } from 'zod';

import { defineJob } from '../platform/db/jobs.ts';

/** The jobs of payments; `job-handlers.ts` binds their handlers. */
export const jobs = {
  advanceCheckout: defineJob('payments.advance-checkout', z.object({ eventId: z.uuid(), id: z.uuid() })),
  cancelBookings: defineJob(
    'payments.cancel-bookings',
    z.object({ eventId: z.uuid(), after: z.uuid().nullable() }),
  ),
  closeIntents: defineJob('payments.close-intents', z.object({ eventId: z.uuid(), id: z.uuid() })),
  pollRefund: defineJob('payments.poll-refund', z.object({ eventId: z.uuid(), id: z.uuid() })),
  makeRefund: defineJob('payments.make-refund', z.object({ eventId: z.uuid(), id: z.uuid() })),
  handleWebhook: defineJob('payments.handle-webhook', z.object({ id: z.string() })),
  reconcileDay: defineJob('payments.reconcile-day', z.object({})),
};
