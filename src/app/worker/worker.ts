import { expireReservations } from '../../booking/index.ts';
import {
  forgetOldWebhooks,
  jobs as payments,
  resumeCheckouts,
  type Checkouts,
} from '../../payments/index.ts';
import { forgetOldAnswers } from '../../platform/db/idempotency.ts';
import type { Platform } from '../../platform/index.ts';
import { replicateTickets } from '../../seat-map/index.ts';
import { startJobRunner } from './job-runner.ts';
import { repeat } from './run-every.ts';

/** A held seat that nobody will pay for is seen as free a second after its time. */
const SWEEP_EVERY_MS = 1_000;
/** With what counts as stuck this makes the longest that a checkout can be forgotten when its worker is killed. */
const RESUME_EVERY_MS = 15_000;

/** What the worker is made of. */
export interface WorkerParts {
  databaseUrl: string;
  platform: Platform;
  checkouts: Checkouts;
}

/**
 * Start the worker: durable jobs of every capability, what has to be looked at again and again, and what follows the
 * write-ahead log. Any number of workers may run; disposing of one lets what it is doing finish.
 */
export async function startWorker({
  databaseUrl,
  platform,
  checkouts,
}: WorkerParts): Promise<AsyncDisposable> {
  const { db, log } = platform;
  await using opening = new AsyncDisposableStack();
  opening.use(
    startJobRunner({
      databaseUrl,
      log,
      tasks: {
        ...payments(checkouts),
        'platform.forget-the-old': async () => {
          log.info(
            { answers: await forgetOldAnswers(db), webhooks: await forgetOldWebhooks(db) },
            'forgot the old',
          );
        },
      },
      hourly: ['platform.forget-the-old'],
    }),
  );
  opening.use(repeat('booking.expireReservations', SWEEP_EVERY_MS, log, () => expireReservations(platform)));
  opening.use(repeat('payments.resumeCheckouts', RESUME_EVERY_MS, log, () => resumeCheckouts(checkouts)));
  if (platform.redis.connection !== null) opening.use(replicateTickets(databaseUrl, platform));
  return opening.move();
}
