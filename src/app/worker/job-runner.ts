import { setTimeout as pause } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner } from 'graphile-worker';
import { Pool } from 'pg';

import type { Log } from '../../platform/telemetry/log.ts';

/** Jobs mostly wait for Stripe or Postgres; more of them at once would only take connections from the API. */
const CONCURRENCY = 5;
/** How soon a job that was put off is noticed; others are announced. */
const POLL_MS = 1_000;
/** Longer than any job of ours waits for Stripe. What is not done by then is given to another worker. */
const STOP_WITHIN_MS = 25_000;
/** Between two attempts to run when Postgres is away. */
const RESTART_AFTER_MS = 1_000;

/** The library's levels in ours; that a job was found and done is news to nobody. */
const LOG_LEVELS: Record<string, 'error' | 'warn'> = { error: 'error', warning: 'warn' };

/**
 * Batches of one turn of the event loop, which cost nothing. Without them the library (0.17.3) does not wait for the end
 * of a job to be written, so that a Postgres that goes away at that moment would end the process: nobody catches the error.
 */
const ENDS_ARE_WRITTEN_IN_BATCHES = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** What a runner runs. */
export interface JobRunnerParts {
  databaseUrl: string;
  log: Log;
  /** What to do for each kind of job, given its payload. */
  tasks: Record<string, (payload: unknown) => Promise<void>>;
  /** Kinds of jobs to enqueue each hour, once for all runners together. */
  hourly: readonly string[];
}

/**
 * Run jobs until disposed of. The library stops for good when Postgres is away for long; this starts it again.
 */
export function startJobRunner(parts: JobRunnerParts): AsyncDisposable {
  const { log } = parts;
  // A pool of our own: the library stops listening to its own before it is closed, and the last word of a Postgres that
  // is being stopped, too, would then end the process.
  const pool = new Pool({
    connectionString: parts.databaseUrl,
    application_name: 'onsale-jobs',
    max: CONCURRENCY + 2, // one listens, one keeps the calendar
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'a connection of the job runner broke'));
  pool.on('connect', (client) => void client.on('error', () => {})); // whoever uses it hears of it, too

  const stopping = new AbortController();
  let runner: Runner | null = null;

  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        runner = await open(pool, parts);
        if (stopping.signal.aborted) await stop(runner);
        else await runner.promise;
      } catch (error) {
        log.error({ err: error }, 'the job runner stopped');
      }
      runner = null;
      await pause(RESTART_AFTER_MS, undefined, { signal: stopping.signal }).catch(() => {}); // woken up to stop
    }
  })();

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      if (runner !== null) await stop(runner);
      await running;
      await pool.end();
    },
  };
}

function open(pool: Pool, { log, tasks, hourly }: JobRunnerParts): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true, // whoever started us says when to stop
    taskList: tasks,
    parsedCronItems: parseCronItems(hourly.map((task) => ({ task, match: '17 * * * *' }))),
    logger: new Logger(() => (level, message) => log[LOG_LEVELS[level] ?? 'debug'](message)),
    preset: ENDS_ARE_WRITTEN_IN_BATCHES,
  });
}

/** Let running jobs finish; after a while they are given up, and another worker takes them on. */
async function stop(runner: Runner): Promise<void> {
  const waited = new AbortController();
  try {
    const stopped = runner.stop();
    const late = pause(STOP_WITHIN_MS, 'late' as const, { signal: waited.signal, ref: false });
    if ((await Promise.race([stopped, late.catch(() => null)])) === 'late')
      await runner.kill('takes too long to stop');
  } catch {
    // it had stopped by itself a moment ago
  } finally {
    waited.abort();
  }
}
