import { setTimeout as pause } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner } from 'graphile-worker';
import { Pool, type PoolClient } from 'pg';

import type { JobHandler } from '../../platform/db/jobs.ts';
import { settlesWithin } from '../../platform/settles-within.ts';
import type { Log } from '../../platform/telemetry/log.ts';

/** Jobs mostly wait for Stripe or Postgres; a higher concurrency would take connections from the API. */
const CONCURRENCY = 5;
/** Delay until a scheduled job is noticed; a job that is due at once is notified. */
const POLL_INTERVAL_MS = 1_000;
/** Longer than any job waits for Stripe. A job still running then is retried by another worker. */
const DEFAULT_STOP_TIMEOUT_MS = 25_000;
/** For releasing jobs and closing connections; a Postgres that does not answer would otherwise block the shutdown. */
const RELEASE_TIMEOUT_MS = 5_000;
/** Backoff between two starts while Postgres is unreachable. */
const RESTART_DELAY_MS = 1_000;

/** Maps the log levels of graphile-worker; its info lines, two per job, become debug lines. */
const LOG_LEVELS: Record<string, 'error' | 'warn'> = { error: 'error', warning: 'warn' };

/**
 * Batches of one event-loop iteration. Without batches graphile-worker 0.17.3 does not await the statement that completes
 * a job: an outage of Postgres at that moment would be an unhandled rejection, and end the process.
 */
const BATCHED_COMPLETION = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** Dependencies and jobs of a runner. */
export interface JobRunnerParts {
  databaseUrl: string;
  log: Log;
  handlers: readonly JobHandler[];
  /** Jobs with an empty payload, enqueued each hour, once for all runners together. */
  hourly: readonly { name: string }[];
  /** The same, each day. */
  daily?: readonly { name: string }[];
  /** Grace for running jobs. */
  stopTimeoutMs?: number;
}

/**
 * Run jobs until disposed; disposing lets the running ones finish. Throws if two handlers have the same name.
 * graphile-worker stops for good after a long outage of Postgres: its runner is then started again.
 */
export function startJobRunner(parts: JobRunnerParts): AsyncDisposable {
  const { log, stopTimeoutMs = DEFAULT_STOP_TIMEOUT_MS } = parts;
  const taskList = taskListOf(parts.handlers);
  // graphile-worker removes the error listener of its own pool before closing it: the FATAL message of a Postgres that
  // shuts down at that moment would be an uncaught error.
  const pool = new JobPool({
    connectionString: parts.databaseUrl,
    application_name: 'onsale-jobs',
    max: CONCURRENCY + 2, // one for LISTEN, one for cron
    verify: requireWritable,
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'job runner connection lost'));
  pool.on('connect', (client) => void client.on('error', () => {})); // the query in progress gets the error, too

  const stopping = new AbortController();
  let runner: Runner | null = null;

  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        runner = await open(pool, taskList, parts);
        if (stopping.signal.aborted) await stop(runner, stopTimeoutMs);
        else await runner.promise;
      } catch (error) {
        log.error({ err: error }, 'job runner stopped');
      }
      runner = null;
      await pause(RESTART_DELAY_MS, undefined, { signal: stopping.signal }).catch(() => {}); // aborted by stopping
    }
  })();

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      const stopped = (async () => {
        if (runner !== null) await stop(runner, stopTimeoutMs);
        await running;
        await pool.end();
      })();
      if (!(await settlesWithin(stopped, stopTimeoutMs + RELEASE_TIMEOUT_MS)))
        log.warn('job runner abandoned: Postgres did not answer during shutdown');
    },
  };
}

/**
 * A job cannot be taken from a read-only server, such as a demoted primary: its connections are closed, and the runner is
 * started again until one leads to the new primary.
 */
function requireWritable(client: PoolClient, done: (error?: Error) => void): void {
  client
    .query<{ transaction_read_only: string }>('/* jobs.isReadOnly */ show transaction_read_only')
    .then(
      ({ rows: [row] }) =>
        done(row?.transaction_read_only === 'on' ? new Error('Postgres is read-only') : undefined),
      done,
    );
}

type ConnectCallback = Parameters<Pool['connect']>[0];

/**
 * Releases each connection once. graphile-worker 0.17.3 releases its LISTEN connection twice when that breaks during
 * shutdown, and the second release would be an unhandled rejection.
 */
class JobPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    if (callback === undefined) return super.connect();
    super.connect((error, client, release) => {
      let isReleased = false;
      callback(error, client, (reason) => {
        if (!isReleased) release(reason);
        isReleased = true;
      });
    });
  }
}

type TaskList = Record<string, JobHandler['handle']>;

/** Reject duplicates: the later handler would silently replace the earlier one. */
function taskListOf(handlers: readonly JobHandler[]): TaskList {
  const tasks = new Map<string, JobHandler['handle']>();
  for (const { name, handle } of handlers) {
    if (tasks.has(name)) throw new Error(`job ${name} has two handlers`);
    tasks.set(name, handle);
  }
  return Object.fromEntries(tasks);
}

function open(pool: Pool, taskList: TaskList, { log, hourly, daily = [] }: JobRunnerParts): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_INTERVAL_MS,
    noHandleSignals: true, // the process handles them, and disposes of the runner
    taskList,
    parsedCronItems: parseCronItems([
      ...hourly.map(({ name }) => ({ task: name, match: '17 * * * *' })),
      ...daily.map(({ name }) => ({ task: name, match: '43 4 * * *' })),
    ]),
    logger: new Logger(() => (level, message) => log[LOG_LEVELS[level] ?? 'debug'](message)),
    preset: BATCHED_COMPLETION,
  });
}

/** Let running jobs finish; after the timeout they are released, for another worker to retry. */
async function stop(runner: Runner, timeoutMs: number): Promise<void> {
  try {
    if (await settlesWithin(Promise.resolve(runner.stop()), timeoutMs)) return;
    await runner.kill(`not stopped within ${timeoutMs} ms`);
  } catch {
    // the runner has stopped on its own a moment ago
  }
}
