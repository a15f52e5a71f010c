import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';

import { startJobRunner } from '../../../src/app/worker/job-runner.ts';
import { defineJob } from '../../../src/platform/db/jobs.ts';
import { isReadOnly } from '../../../src/platform/db/migrations/migrated.ts';
import { openServerPool, type Db } from '../../../src/platform/db/pool.ts';
import { sqlStateOf } from '../../../src/platform/db/sql-state.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { cloneDatabase } from '../../support/database.ts';
import { eventually } from '../../support/wait-until.ts';

// Sessions that lead to a primary that was demoted stay read-only. The next statements need connections to the new one.

let server: postgres.Sql;
beforeAll(() => {
  server = postgres(inject('postgresUrl'), { max: 1 });
});
afterAll(() => server.end());

/** Let new sessions of a database be read-only, as on a demoted primary; sessions that are open stay as they are. */
const demote = (url: string) =>
  server.unsafe(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
const promote = (url: string) =>
  server.unsafe(`alter database ${new URL(url).pathname.slice(1)} reset default_transaction_read_only`);

/** Connections of the pool. */
const SIZE = 4;

const write = sql`insert into event_words (word) values (gen_random_uuid()::text)`;
test.each<[string, (db: Db) => Promise<unknown>]>([
  ['a statement', (db) => db.execute(write)],
  ['a transaction', (db) => db.transaction((tx) => tx.execute(write))],
  ['the readiness probe', isReadOnly],
])('%s that meets it closes the other connections to it', async (_what, meet) => {
  await using database = await cloneDatabase();
  await using pool = openServerPool(database.url, SIZE);
  const { db } = pool;
  await demote(database.url);
  const pidOf = (tx: Pick<Db, 'execute'>) => tx.execute(sql`select pg_backend_pid() as pid`);
  const all = <T>(work: (tx: Pick<Db, 'execute'>) => Promise<T>) =>
    Promise.all(Array.from({ length: SIZE }, () => db.transaction(work)));
  const sessions = await all(pidOf);
  expect(new Set(sessions.map(({ rows: [row] }) => row!['pid'])).size).toBe(SIZE);
  await promote(database.url);

  await meet(db).catch((error: unknown) => expect(sqlStateOf(error)).toBe('25006'));
  await all((tx) => tx.execute(write));
});

test('the job runner takes no connection to it', async () => {
  await using database = await cloneDatabase();
  await using pool = openServerPool(database.url, 1);
  await demote(database.url);
  const lines: string[] = [];
  const done = Promise.withResolvers<void>();
  const job = defineJob('test.after-failover', z.object({}));
  await using running = new AsyncDisposableStack();
  running.use(
    startJobRunner({
      databaseUrl: database.url,
      log: openLog('error', { write: (line: string) => void lines.push(line) }),
      handlers: [job.handler(async () => done.resolve())],
      hourly: [],
    }),
  );
  await eventually('it was refused', async () =>
    lines.some((line) => line.includes('Postgres is read-only')),
  );
  await promote(database.url);
  await inTransaction({ db: pool.db, metrics: openMetrics() }, 'test', (tx) => job.enqueue(tx, null, {}));
  await done.promise;
});
