import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

import { sqlStateOf } from '../sql-state.ts';

/**
 * How long a transaction of a migration waits for its locks. Statements that come after it queue behind it, so this is the longest pause that
 * buyers notice; sessions of servers give up after 5 seconds.
 */
export const LOCK_TIMEOUT_MS = 1_000;
/** For the later locks of a transaction that has used up its time: a table without a long transaction grants them at once. */
export const MIN_LOCK_TIMEOUT_MS = 100;
/** Attempts at one transaction, over five minutes: enough for a report or a backup of a small shop. */
const DEFAULT_MAX_ATTEMPTS = 60;
const MAX_RETRY_PAUSE_MS = 5_000;
const RETRY_PAUSE_STEP_MS = 500;

/** Several times within a lock timeout, as between two attempts there is nothing to see. */
const LOOK_INTERVAL_MS = 250;
const LOOK_TIMEOUT_MS = 5_000;
/** The same sessions are reported again after this. */
const REPORT_INTERVAL_MS = 10_000;

/** The lock was not granted, or the wait would have been a deadlock; the transaction was rolled back. */
const LOCK_STATES = new Set(['55P03', '40P01']);

/** A migration gave up waiting for a lock; what it had done in that transaction is rolled back. */
class MigrationBlocked extends Error {
  readonly remedy =
    'Nothing is half done. End the sessions named above, or wait for them, and run `npm run migrate` again.';
}

/** Receives one line per step of a migration, and per wait for a lock. */
export type Report = (line: string, kind: 'progress' | 'wait') => void;

/** What a migration is called in reports, and how often it asks for a lock. */
export interface LockWait {
  what: string;
  report: Report;
  maxAttempts?: number | undefined;
}

/** Run a transaction until its locks are granted, with a growing pause in which queued statements pass. */
export async function retryLocks(wait: LockWait, run: () => Promise<void>): Promise<void> {
  const { what, report, maxAttempts = DEFAULT_MAX_ATTEMPTS } = wait;
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!LOCK_STATES.has(sqlStateOf(error) ?? '')) throw error;
      if (attempt >= maxAttempts)
        throw new MigrationBlocked(`${what}: no lock in ${maxAttempts} attempts`, { cause: error });
      const pauseMs = Math.min(attempt * RETRY_PAUSE_STEP_MS, MAX_RETRY_PAUSE_MS);
      report(`${what}: lock not granted within ${LOCK_TIMEOUT_MS} ms; retrying in ${pauseMs} ms`, 'wait');
      await pause(pauseMs);
    }
  }
}

interface Blocker {
  pid: number;
  application: string;
  state: string | null;
  seconds: number;
}

/** Report which sessions a backend waits for, until disposed of. It connects only if the work lasts long enough. */
export function reportBlockers(url: string, pid: number, wait: LockWait): AsyncDisposable {
  const stopped = new AbortController();
  const watching = watch(url, pid, wait, stopped.signal).catch(() => {}); // explains only; the work goes on
  return {
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await watching;
    },
  };
}

async function watch(
  url: string,
  pid: number,
  { what, report }: LockWait,
  signal: AbortSignal,
): Promise<void> {
  await pause(LOOK_INTERVAL_MS, undefined, { signal }); // most migrations have ended by then
  const client = new pg.Client({ connectionString: url, query_timeout: LOOK_TIMEOUT_MS });
  client.on('error', () => {});
  await client.connect();
  try {
    let reported = { pids: '', at: 0 };
    while (!signal.aborted) {
      const blockers = await blockersOf(client, pid);
      const pids = blockers.map((blocker) => blocker.pid).join();
      const isNews = pids !== reported.pids || performance.now() - reported.at > REPORT_INTERVAL_MS;
      if (pids !== '' && isNews) {
        report(`${what}: waits for ${blockers.map(describe).join(', ')}`, 'wait');
        reported = { pids, at: performance.now() };
      }
      await pause(LOOK_INTERVAL_MS, undefined, { signal });
    }
  } finally {
    await client.end();
  }
}

async function blockersOf(client: pg.Client, pid: number): Promise<Blocker[]> {
  const { rows } = await client.query<Blocker>(
    `/* migrations.findBlockers */
     select pid, application_name as application, state,
       coalesce(extract(epoch from clock_timestamp() - xact_start), 0)::int as seconds
     from pg_stat_activity where pid = any(pg_blocking_pids($1)) order by pid`,
    [pid],
  );
  return rows;
}

const describe = ({ pid, application, state, seconds }: Blocker): string =>
  `session ${pid} (${application || 'no application name'}, ${state ?? 'no state'}, transaction open for ${seconds} s)`;
