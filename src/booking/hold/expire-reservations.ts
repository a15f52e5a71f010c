import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { expireOverdue } from '../store/overdue.ts';

/** Per transaction: about ten milliseconds, so that no buyer waits for the sweeper. */
const BATCH_SIZE = 500;
/** Per run, so that other jobs get the worker; the next run continues. */
const MAX_BATCHES = 40;

/**
 * Sweep holds that have run out, and return their number. Their tickets are available before the sweep, too; the row
 * updates reach the seat maps. Concurrent sweeps skip each other's rows.
 */
export async function expireReservations(
  platform: Pick<Platform, 'db' | 'metrics' | 'log'>,
  { batch = BATCH_SIZE }: { batch?: number } = {},
): Promise<number> {
  let total = 0;
  for (let run = 0; run < MAX_BATCHES; run++) {
    const expired = await inTransaction(platform, 'booking.expireReservations', (tx) =>
      expireOverdue(tx, { atMost: batch }),
    );
    total += expired;
    if (expired < batch) break;
  }
  platform.metrics.expiredHolds.inc(total);
  if (total > 0) platform.log.info({ reservations: total }, 'holds expired');
  return total;
}
