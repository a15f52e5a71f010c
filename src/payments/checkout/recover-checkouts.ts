import { inTransaction } from '../../platform/db/transaction.ts';
import { runEach } from '../../platform/run-each.ts';
import { findOpenIntents, findStuckBookings, findStuckWebhooks } from '../store/stuck-rows.ts';
import { STUCK_AFTER_SECONDS } from './checkout-deadlines.ts';
import type { Checkouts } from './checkout-deps.ts';
import { scheduleClosing, scheduleRecovery, scheduleWebhook } from './schedule-recovery.ts';

/** Rows per sweep; the next sweep continues. */
const MAX_BATCH = 500;

/**
 * Sweep checkouts, webhooks and open intents whose job is gone, because its worker was killed or its runs are exhausted, and
 * enqueue a new one for each. Returns how many. Sweeps may run concurrently: the job key makes two jobs one.
 */
export async function recoverCheckouts(
  { platform }: Pick<Checkouts, 'platform'>,
  { idleSeconds = STUCK_AFTER_SECONDS } = {},
): Promise<number> {
  const found = { bookings: 0, webhooks: 0, intents: 0 };
  try {
    await runEach([
      async () => {
        found.bookings = await inTransaction(platform, 'payments.resumeCheckouts', async (tx) => {
          const bookings = await findStuckBookings(tx, idleSeconds, MAX_BATCH);
          for (const booking of bookings) await scheduleRecovery(tx, booking, 0);
          return bookings.length;
        });
      },
      async () => {
        found.webhooks = await inTransaction(platform, 'payments.resumeWebhooks', async (tx) => {
          const webhooks = await findStuckWebhooks(tx, idleSeconds, MAX_BATCH);
          for (const webhook of webhooks) await scheduleWebhook(tx, webhook);
          return webhooks.length;
        });
      },
      async () => {
        found.intents = await inTransaction(platform, 'payments.resumeClosings', async (tx) => {
          const intents = await findOpenIntents(tx, idleSeconds, MAX_BATCH);
          for (const reservation of intents) await scheduleClosing(tx, reservation, 0);
          return intents.length;
        });
      },
    ]);
  } finally {
    const total = found.bookings + found.webhooks + found.intents;
    if (total > 0) platform.log.warn(found, 'stuck checkouts recovered');
  }
  return found.bookings + found.webhooks + found.intents;
}
