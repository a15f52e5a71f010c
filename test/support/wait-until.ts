import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';

import type { Db } from '../../src/platform/db/pool.ts';

/** How often to look whether something has happened. */
const LOOK_EVERY_MS = 5;
/** By then it will not happen any more, and the test has failed. */
const GIVE_UP_AFTER_MS = 50_000; // a new slot waits for the longest transaction of all tests on the server

/** Wait until `look` finds something. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found) return found;
    await setTimeout(LOOK_EVERY_MS);
  }
  throw new Error(`it did not happen: ${what}`);
}

/** How long untilNothing goes on asking, and how often: what it is asked for may take a machine with other things to do. */
const PATIENCE_MS = 60_000;
const ASK_EVERY_MS = 50;

/** Ask for a list of what is missing or wrong until it is empty. Returns what there was last, for the test to judge. */
export async function untilNothing(
  ask: () => Promise<string[]>,
  { withinMs = PATIENCE_MS }: { withinMs?: number } = {},
): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const there = await ask();
    if (there.length === 0 || Date.now() > deadline) return there;
    await setTimeout(ASK_EVERY_MS);
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
