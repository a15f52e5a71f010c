import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';

import type { Db } from '../../src/platform/db/pool.ts';

/** Poll interval of `eventually`. */
const POLL_INTERVAL_MS = 5;
/** After this the test fails. */
const DEFAULT_TIMEOUT_MS = 50_000; // a new slot waits for the longest transaction of all tests on the server

/** Poll until `look` returns something truthy. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + DEFAULT_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found) return found;
    await setTimeout(POLL_INTERVAL_MS);
  }
  throw new Error(`it did not happen: ${what}`);
}

/** Timeout and poll interval of `untilNothing`, for a machine under load. */
const EMPTY_TIMEOUT_MS = 60_000;
const EMPTY_POLL_INTERVAL_MS = 50;

/** Poll a list of missing or wrong things until it is empty. Returns the last list, for the test to assert. */
export async function untilNothing(
  ask: () => Promise<string[]>,
  { withinMs = EMPTY_TIMEOUT_MS }: { withinMs?: number } = {},
): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const there = await ask();
    if (there.length === 0 || Date.now() > deadline) return there;
    await setTimeout(EMPTY_POLL_INTERVAL_MS);
  }
}

/** Wait until so many sessions of this database wait for a lock; returns their process ids. */
export function sessionsWaitingForLocks(db: Db, count = 1): Promise<number[]> {
  return eventually(`${count} sessions wait for a lock`, async () => {
    const { rows } = await db.execute<{ pid: number }>(sql`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and state = 'active'
        and query not like '%replication.createSlot%'`); // a new slot waits for the transactions of all databases
    return rows.length >= count && rows.map(({ pid }) => pid);
  });
}
