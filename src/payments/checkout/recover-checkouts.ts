import { inTransaction } from '../../platform/db/transaction.ts';
import { jobs } from '../jobs.ts';
import { findStuckBookings, findStuckWebhooks } from '../store/webhook-inbox.ts';
import { STUCK_AFTER_SECONDS } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { scheduleRecovery } from './schedule-recovery.ts';

/** What one run takes on; the next goes on. */
const MAX_BATCH = 500;

/**
 * Find checkouts and webhooks that nobody is looking after any more, because whoever did was killed, and have them
 * looked after. Returns how many. Several may run at once: a job that is asked for twice is one job.
 */
export async function recoverCheckouts(
  { platform }: Pick<Checkouts, 'platform'>,
  { quietSeconds: idleSeconds = STUCK_AFTER_SECONDS } = {},
): Promise<number> {
  const found = await inTransaction(platform, 'payments.resumeCheckouts', async (tx) => {
    const bookings = await findStuckBookings(tx, idleSeconds, MAX_BATCH);
    for (const key of bookings) await scheduleRecovery(tx, key, 0);
    const webhooks = await findStuckWebhooks(tx, idleSeconds, MAX_BATCH);
    for (const id of webhooks) await jobs.handleWebhook.enqueue(tx, { id }, { key: `webhook:${id}` });
    return { bookings: bookings.length, webhooks: webhooks.length };
  });
  const total = found.bookings + found.webhooks;
  if (total > 0) platform.log.warn(found, 'went on with what was left behind');
  return total;
}
