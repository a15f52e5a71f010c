import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';

import type { Db } from './pool.ts';

/** A commit is seen some microseconds after it is in the log; on a busy machine it can be milliseconds. */
const LOOK_AGAIN_MS = 2;
/** A commit that waits for a standby can wait for hours, and nobody should wait for that. */
const WAIT_AT_MOST_MS = 1_000;

/**
 * Wait until every new session sees what these transactions did, by their numbers of 32 bits. The log shows a commit
 * before that: whoever is told of it by the log, and reads at once, can read what was there before. A transaction keeps
 * its own number locked until it can be seen. `false`: it took too long.
 */
export async function untilVisible(
  db: Db,
  transactions: readonly number[],
  waitAtMostMs = WAIT_AT_MOST_MS,
): Promise<boolean> {
  const deadline = performance.now() + waitAtMostMs;
  const numbers = `{${transactions.join()}}`;
  for (;;) {
    const { rows: underWay } = await db.execute(sql`/* replication.findUnderWay */
      select transactionid from pg_locks
      where locktype = 'transactionid' and mode = 'ExclusiveLock' and transactionid = any(${numbers}::xid[])
      limit 1`);
    if (underWay.length === 0) return true;
    if (performance.now() > deadline) return false;
    await pause(LOOK_AGAIN_MS);
  }
}
