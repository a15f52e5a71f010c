import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ADVISORY_LOCKS } from '../../../src/platform/db/advisory-locks.ts';
import { migrate } from '../../../src/platform/db/migrate.ts';
import { openServerPool, type Pool } from '../../../src/platform/db/pool.ts';
import { temporaryDirectory } from '../../local-stack/directories.ts';
import { cloneDatabase } from '../../support/database.ts';
import { eventually, sessionsWaitingForLocks } from '../../support/wait-until.ts';

const opened = new AsyncDisposableStack();
let url: string;
let pool: Pool;
/** Sessions beside the migration: a reader or writer that is in its way, and a buyer. */
let other: postgres.Sql;
let buyer: postgres.Sql;

beforeAll(async () => {
  url = opened.use(await cloneDatabase()).url;
  pool = opened.use(openServerPool(url, 3));
  const session = (name: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: name } });
    opened.defer(() => sql.end());
    return sql;
  };
  other = session('other');
  buyer = session('buyer');
  await other`create table growing as select n, n % 10 as digit from generate_series(1, 100000) as n`;
});
afterAll(() => opened.disposeAsync());

let migrations = 0;
/** A folder with one migration of these steps. */
async function folderWith(...steps: string[]): Promise<string> {
  const { path } = opened.use(await temporaryDirectory());
  const tag = `9${String(++migrations).padStart(3, '0')}_of_a_test`;
  await mkdir(join(path, 'meta'));
  await writeFile(
    join(path, 'meta/_journal.json'),
    JSON.stringify({ entries: [{ tag, when: 9_000 + migrations }] }),
  );
  await writeFile(join(path, `${tag}.sql`), steps.join('--> statement-breakpoint\n'));
  return path;
}

const stateOfIndex = async (name: string) =>
  (await pool.sql`select indisvalid from pg_index where indexrelid = to_regclass(${name})`)[0]?.[
    'indisvalid'
  ];
const isApplied = async (when = 9_000 + migrations) =>
  (await pool.sql`select from drizzle.__drizzle_migrations where created_at = ${when}`).length === 1;
const columnsOf = async (table: string) =>
  (
    await pool.sql`select attname from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`
  ).map((row) => row['attname'] as string);

/** Open a transaction that has read or written the table; returns how to end it. */
async function openTransaction(statement: string): Promise<() => Promise<void>> {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const transaction = other.begin(async (sql) => {
    await sql.unsafe(statement);
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  return async () => {
    end.resolve();
    await transaction;
  };
}

test('a migration that waits for a reader lets buyers pass, and is applied once the reader has finished', async () => {
  const endReader = await openTransaction('select count(*) from tickets');
  const lines: string[] = [];
  const folder = await folderWith('alter table tickets add column note text;');
  const migrating = migrate(url, {
    folder,
    report: (line, kind) => void (kind === 'wait' && lines.push(line)),
  });
  await sessionsWaitingForLocks(pool.db);

  // Behind a waiting exclusive lock this would wait as long as the reader's transaction is open.
  await buyer`set statement_timeout = '20s'`;
  await buyer`select count(*) from tickets`;
  await eventually('the migration says what it waits for', async () =>
    lines.some((line) => /waits for session \d+ \(other, idle in transaction, transaction open/.test(line)),
  );
  expect(await columnsOf('tickets')).not.toContain('note');

  await endReader();
  await migrating;
  expect(await columnsOf('tickets')).toContain('note');
  expect(lines).toContainEqual(
    expect.stringMatching(/^9001_of_a_test: lock not granted within 1000 ms; retrying/),
  );
});

test('a migration that never gets its lock gives up, and nothing of it is left', async () => {
  const endReader = await openTransaction('select count(*) from growing');
  const folder = await folderWith(
    'alter table tickets add column half text;\n',
    'alter table growing add column half text;',
  );
  await expect(migrate(url, { folder, maxAttempts: 2 })).rejects.toThrow(/no lock in 2 attempts/);
  expect(await columnsOf('tickets')).not.toContain('half');
  await endReader();
  await migrate(url, { folder });
  expect(await columnsOf('tickets')).toContain('half');
});

test('an index is built concurrently: writers go on, and a migrator of an earlier version beside it', async () => {
  const endWriter = await openTransaction('update growing set digit = digit where n = 1');
  const folder = await folderWith('create index concurrently growing_by_digit on growing (digit);');
  const migrating = migrate(url, { folder });
  await sessionsWaitingForLocks(pool.db); // for the writer
  await buyer`update growing set digit = digit where n = 2`;
  await buyer`select pg_advisory_lock(${ADVISORY_LOCKS.migrations})`; // as migrators of earlier versions do
  await buyer`select pg_advisory_unlock(${ADVISORY_LOCKS.migrations})`;
  await endWriter();
  await migrating;
  expect([await stateOfIndex('growing_by_digit'), await isApplied()]).toEqual([true, true]);
});

test('an index whose build was interrupted is built again', async () => {
  await other`insert into growing values (1, 1)`;
  const statement = 'create unique index concurrently growing_once on growing (n)';
  await expect(other.unsafe(statement)).rejects.toThrow(/could not create unique index/);
  expect(await stateOfIndex('growing_once')).toBe(false);

  await other`delete from growing where ctid = (select max(ctid) from growing where n = 1)`;
  await migrate(url, { folder: await folderWith(`${statement};`) });
  expect([await stateOfIndex('growing_once'), await isApplied()]).toEqual([true, true]);
});

test('an index that was built before the migration was recorded is kept', async () => {
  await other`create index growing_again on growing (digit, n)`;
  const oid = await other`select 'growing_again'::regclass::oid as oid`;
  await migrate(url, {
    folder: await folderWith('create index concurrently growing_again on growing (digit, n);'),
  });
  expect(await other`select 'growing_again'::regclass::oid as oid`).toEqual(oid);
  expect(await isApplied()).toBe(true);
});

test('an index that cannot be built leaves no invalid index that writers would have to keep up', async () => {
  const folder = await folderWith('create unique index concurrently growing_digits on growing (digit);');
  await expect(migrate(url, { folder })).rejects.toThrow(/could not create unique index/);
  expect([await stateOfIndex('growing_digits'), await isApplied()]).toEqual([undefined, false]);
});

test('a concurrent drop can be repeated', async () => {
  await other`drop index growing_again`;
  await migrate(url, { folder: await folderWith('drop index concurrently growing_again;') });
  expect(await isApplied()).toBe(true);
});

test('an update by blocks reaches every row, in many transactions, and resumes after a failure', async () => {
  await other`alter table growing add column square bigint`;
  const folder = await folderWith(
    `-- by blocks of growing
    update growing set square = n::bigint * n + 0 / (case when n = 90000 and digit = 0 then 0 else 1 end)
    where square is null and :block;`,
  );
  await expect(migrate(url, { folder })).rejects.toThrow(/division by zero/);
  const [before] = await other`select count(square)::int as done from growing`;
  expect(before!['done']).toBeGreaterThan(0);
  expect(before!['done']).toBeLessThan(90_000);
  await other`create table done_before as select n, xmin as written_by from growing where square is not null`;

  await other`update growing set digit = 1 where n = 90000`;
  await migrate(url, { folder });
  expect(
    await other`select count(*)::int as missing from growing where square is distinct from n::bigint * n`,
  ).toEqual([{ missing: 0 }]);
  expect(
    await other`select count(*)::int as again from done_before join growing using (n) where growing.xmin <> written_by`,
  ).toEqual([{ again: 0 }]);
});

test('several migrators at once apply a migration once', async () => {
  const folder = await folderWith('create table made_once (n integer);');
  await Promise.all([1, 2, 3].map(() => migrate(url, { folder })));
  expect(await isApplied()).toBe(true);
});

test('steps that cannot share a transaction with others are refused before anything runs', async () => {
  const folder = await folderWith(
    'alter table growing add column lost text;\n',
    'create index concurrently growing_by_lost on growing (lost);',
  );
  await expect(migrate(url, { folder })).rejects.toThrow(/need a migration of their own/);
  expect(await columnsOf('growing')).not.toContain('lost');
});
