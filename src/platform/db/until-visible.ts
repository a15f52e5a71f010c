import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';

import type { Db } from './pool.ts';

/** A commit becomes visible microseconds after it is in the log; on a busy machine milliseconds. */
const POLL_INTERVAL_MS = 2;
/** A commit that waits for a synchronous standby can take hours. */
const MAX_WAIT_MS = 1_000;

/**
 * Wait until the changes of these transactions (32-bit ids) are visible to new sessions. The log contains a commit before
 * that, so a read right after its message can return the old rows. A transaction holds a lock on its own id until it is
 * visible. `false`: timeout.
 */
export async function untilVisible(
  db: Db,
  transactions: readonly number[],
  maxWaitMs = MAX_WAIT_MS,
): Promise<boolean> {
  const deadline = performance.now() + maxWaitMs;
  const numbers = `{${transactions.join()}}`;
  for (;;) {
    const { rows: inProgress } = await db.execute(sql`/* replication.findUnderWay */
      select transactionid from pg_locks
      where locktype = 'transactionid' and mode = 'ExclusiveLock' and transactionid = any(${numbers}::xid[])
      limit 1`);
    if (inProgress.length === 0) return true;
    if (performance.now() > deadline) return false;
    await pause(POLL_INTERVAL_MS);
  }
}
