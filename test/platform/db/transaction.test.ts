import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { openServerPool, type Db } from '../../../src/platform/db/pool.ts';
import { inTransaction, type Abort } from '../../../src/platform/db/transaction.ts';
import { openMetrics, type Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { cloneDatabase } from '../../support/database.ts';

const opened = new AsyncDisposableStack();
let platform: { db: Db; metrics: Metrics };

beforeAll(async () => {
  const { url } = opened.use(await cloneDatabase());
  platform = { db: opened.use(openServerPool(url, 3)).db, metrics: openMetrics() };
  await platform.db.execute(sql`create table notes (note text primary key)`);
});
beforeEach(() => platform.db.execute(sql`truncate notes`));
afterAll(() => opened.disposeAsync());

test('a transaction is read committed, whatever the default of the database', async () => {
  await using clone = await cloneDatabase();
  const name = new URL(clone.url).pathname.slice(1);
  await platform.db.execute(
    sql.raw(`alter database ${name} set default_transaction_isolation = 'repeatable read'`),
  );
  await using pool = openServerPool(clone.url, 2);
  const isolationOf = async (db: Pick<Db, 'execute'>) =>
    (await db.execute<{ level: string }>(sql`select current_setting('transaction_isolation') as level`))
      .rows[0]!.level;
  expect(await isolationOf(pool.db)).toBe('repeatable read');
  expect(await inTransaction({ ...platform, db: pool.db }, 'test.isolation', isolationOf)).toBe(
    'read committed',
  );
});

const insert = (db: Pick<Db, 'execute'>, text: string) => db.execute(sql`insert into notes values (${text})`);
const notes = async () =>
  (await platform.db.execute<{ note: string }>(sql`select note from notes`)).rows.map(({ note }) => note);
const deadlock = () => Object.assign(new Error('deadlock detected'), { code: '40P01' });

test('abort takes only answers that the caller expects', async () => {
  const condition = (): boolean => true;
  const count = async () => {
    // @ts-expect-error -- a text is not a number
    const n: number = await inTransaction(platform, 'x', async (_tx, abort) => condition() ? 1 : abort('text')); // prettier-ignore
    return n;
  };
  expect(await count()).toBe(1);
  const m: number = await inTransaction(platform, 'x', async (_tx, abort) => (condition() ? abort(2) : 1));
  expect(m).toBe(2);
  const answer = await inTransaction(platform, 'x', async (_tx, abort: Abort<'full'>) =>
    condition() ? abort('full') : 1,
  );
  // @ts-expect-error -- the result is 'full' or a number
  answer satisfies number;
  expect(answer).toBe('full');
});

test('an aborted transaction returns its answer and leaves nothing behind, however deep the call', async () => {
  const refuse = async (abort: Abort<'refused'>): Promise<void> => abort('refused');
  const answer: 'done' | 'refused' = await inTransaction(
    platform,
    'test.abort',
    async (tx, abort: Abort<'refused'>) => {
      await insert(tx, 'gone');
      await tx.transaction(async (inner) => {
        await insert(inner, 'gone as well');
        await refuse(abort);
      });
      return 'done' as const;
    },
  );
  expect(answer).toBe('refused');
  expect(await notes()).toEqual([]);
});

test('a transaction that aborts after a retry was retried with everything rolled back', async () => {
  let runs = 0;
  const answer = await inTransaction(platform, 'test.retry', async (tx, abort: Abort<'refused'>) => {
    runs++;
    await insert(tx, 'same note'); // a primary key: a second one would be refused
    if (runs < 3) throw deadlock();
    return abort('refused');
  });
  expect([answer, runs]).toEqual(['refused', 3]);
  expect(await notes()).toEqual([]);
});

test('an error rolls back, and a deadlock is retried at most four times', async () => {
  let runs = 0;
  const failing = inTransaction(platform, 'test.error', async (tx) => {
    runs++;
    await insert(tx, 'gone');
    throw deadlock();
  });
  await expect(failing).rejects.toThrow('deadlock detected');
  expect(runs).toBe(5);
  expect(await notes()).toEqual([]);
});

test('the abort of an outer transaction passes through an inner one, and both are rolled back', async () => {
  const answer = await inTransaction(platform, 'test.outer', async (tx, abort: Abort<'outer'>) => {
    await insert(tx, 'outer');
    const inner: 'inner' = await inTransaction(platform, 'test.inner', async (other) => {
      await insert(other, 'inner');
      return abort('outer');
    });
    return inner;
  });
  expect(answer).toBe('outer');
  expect(await notes()).toEqual([]);
});
