import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';

import { ADVISORY_LOCKS } from './advisory-locks.ts';
import {
  LOCK_TIMEOUT_MS,
  reportBlockers,
  retryLocks,
  type LockWait,
  type Report,
} from './migrations/lock-waits.ts';
import { readMigrations, type Migration } from './migrations/read-migrations.ts';
import { runMigration } from './migrations/run-migration.ts';

/** The migrations of the repository. */
const FOLDER = fileURLToPath(new URL('../../../drizzle', import.meta.url));

const LOCK_OUT_EARLIER_VERSIONS = `select pg_try_advisory_lock(${ADVISORY_LOCKS.migrations}) as locked`;

/** Between two attempts at the migrator's lock. */
const POLL_INTERVAL_MS = 200;

/** A role's timeouts do not apply: an index may take hours. A suspended migrator loses its locks after a minute. */
const SESSION_SETTINGS = `
  set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = '60s'`;

/** Options of a migration. */
export interface MigrateOptions {
  /** Receives one line per migration, and per wait for a lock. */
  report?: Report;
  /** Folder of migrations; the repository's by default. */
  folder?: string;
  /** Attempts at the locks of one transaction. */
  maxAttempts?: number;
}

/**
 * Apply pending migrations, each in a transaction of its own unless it says otherwise. Safe beside running servers, from
 * several processes at once (one migrates, the others wait), and after an interruption at any point.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
  const { report = () => {}, folder = FOLDER, maxAttempts } = options;
  const waitOf = (what: string): LockWait => ({ what, report, maxAttempts });
  const migrations = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'onsale-migrate',
    keepAlive: true,
  });
  client.on('error', () => {}); // the statement that is running rejects as well
  await client.connect();
  try {
    await client.query(SESSION_SETTINGS);
    await lock(client, `select pg_try_advisory_lock(${ADVISORY_LOCKS.migrators}) as locked`, report);
    await lock(client, LOCK_OUT_EARLIER_VERSIONS, report);
    await migrateJobTables(url, waitOf('tables of graphile-worker'));
    for (const migration of await pending(client, migrations)) {
      report(`${migration.tag}: applying`, 'progress');
      await apply(client, url, migration, waitOf(migration.tag));
    }
  } finally {
    await client.end(); // ending the session releases the locks
  }
}

/**
 * Migrators of earlier versions wait for `migrations` in a statement, whose snapshot an index that is built concurrently
 * waits for: a deadlock. So the lock is released meanwhile; `migrators` keeps out this version's others.
 */
async function apply(client: pg.Client, url: string, migration: Migration, wait: LockWait): Promise<void> {
  await using watching = new AsyncDisposableStack();
  watching.use(reportBlockers(url, await backendOf(client), wait));
  if (migration.isTransactional) return await runMigration(client, migration, wait); // before the watch is disposed of
  await client.query(`select pg_advisory_unlock(${ADVISORY_LOCKS.migrations})`);
  await runMigration(client, migration, wait);
  await lock(client, LOCK_OUT_EARLIER_VERSIONS, wait.report);
}

/** Poll for an advisory lock: a session that waits for it in a statement would hold a snapshot. */
async function lock(client: pg.Client, tryLock: string, report: Report): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { rows } = await client.query<{ locked: boolean }>(tryLock);
    if (rows[0]?.locked) return;
    if (attempt === 1) report('another migration is running; waiting for its end', 'wait');
    await pause(POLL_INTERVAL_MS);
  }
}

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(
    '/* migrations.backend */ select pg_backend_pid() as pid',
  );
  return rows[0]!.pid;
}

/** The tables of graphile-worker, which has migrations of its own. */
async function migrateJobTables(url: string, wait: LockWait): Promise<void> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'onsale-migrate-jobs',
    lock_timeout: LOCK_TIMEOUT_MS,
    max: 2,
  });
  pool.on('error', () => {});
  pool.on('connect', (connection) => connection.on('error', () => {})); // graphile-worker asks for both listeners
  try {
    await retryLocks(wait, () => migrateJobs({ pgPool: pool }));
  } finally {
    await pool.end();
  }
}

/** Those not in the database's list, which has the format of Drizzle's migrator. */
async function pending(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  await client.query('create schema if not exists drizzle');
  await client.query(
    `create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
  );
  const { rows } = await client.query<{ created_at: string }>(
    '/* migrations.findApplied */ select created_at from drizzle.__drizzle_migrations',
  );
  const applied = new Set(rows.map(({ created_at: when }) => Number(when)));
  return migrations.filter(({ when }) => !applied.has(when));
}
