import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { expireOverdue } from '../store/overdue.ts';

/** So many at once: some ten milliseconds, so that no buyer waits for the sweeper. */
const BATCH_SIZE = 500;
/** Then it is somebody else's turn; the next run goes on. */
const MAX_BATCHES = 40;

/**
 * Tidy up holds whose time is over, and return how many there were. Their tickets could be bought before, too: this
 * only writes it down, so that watchers learn of it. Any number of these may run at once; they pass each other by.
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
