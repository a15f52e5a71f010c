import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { reservations } from '../../../src/booking/tables.ts';
import { openServerPool, type Pool } from '../../../src/platform/db/pool.ts';
import { isDatabaseUnavailable, sqlStateOf, violatedConstraint } from '../../../src/platform/db/sql-state.ts';
import { newId } from '../../../src/platform/ids.ts';
import { cloneDatabase } from '../../support/database.ts';

const opened = new AsyncDisposableStack();
let url: string;
let pool: Pool;

beforeAll(async () => {
  url = opened.use(await cloneDatabase()).url;
  pool = opened.use(openServerPool(url, 3));
});
afterAll(() => opened.disposeAsync());

const killed = (error: unknown) => isDatabaseUnavailable(error);

test.each([
  ['N', 'does not support SSL'],
  ['E', 'cannot establish it'],
])('a server that answers %s to a request for SSL, because it %s, is an outage', async (answer) => {
  const server = createServer((socket) =>
    socket.on('error', () => {}).once('data', () => socket.end(answer)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using unreachable = openServerPool(`postgres://user@127.0.0.1:${port}/db?sslmode=require`, 1);
  const errors = [
    await unreachable.db.execute(sql`select 1`).catch((error: unknown) => error),
    await unreachable.db.transaction(async () => {}).catch((error: unknown) => error),
  ];
  server.close();
  expect(errors.map(isDatabaseUnavailable)).toEqual([true, true]);
});

describe('a connection that breaks', () => {
  /** End the connection of a session, from another one. */
  const kill = (pid: number) => pool.sql`select pg_terminate_backend(${pid})`;
  const pidOf = async (db: Pick<Pool['db'], 'execute'>) =>
    (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]!.pid;

  test('in the middle of a transaction rejects later statements as an outage, and the pool recovers', async () => {
    for (let round = 0; round < 10; round++) {
      const broken = await pool.db
        .transaction(async (tx) => {
          await kill(await pidOf(tx));
          await Promise.all([tx.execute(sql`select ${1}::int`), tx.execute(sql`select ${2}::int`)]);
        })
        .catch((error: unknown) => error);
      expect(killed(broken)).toBe(true);
    }
    const sums = Array.from({ length: 20 }, (_, index) =>
      pool.db.transaction((tx) => tx.execute<{ n: number }>(sql`select ${index}::int as n`)),
    );
    expect((await Promise.all(sums)).map(({ rows: [row] }) => row!.n)).toEqual(sums.map((_, index) => index));
  });

  test('while a statement runs rejects the statement', async () => {
    const running = pool.db.transaction(async (tx) => {
      const pid = await pidOf(tx);
      const [waiting] = await Promise.all([
        tx.execute(sql`select pg_sleep(60)`).catch((error: unknown) => error),
        kill(pid),
      ]);
      return waiting;
    });
    expect(killed(await running.catch((error: unknown) => error))).toBe(true);
  });

  test('while the work fails for another reason keeps that reason', async () => {
    const failing = pool.db.transaction(async (tx) => {
      await kill(await pidOf(tx));
      throw new Error('the reason');
    });
    await expect(failing).rejects.toThrow('the reason');
  });

  test('while it is idle has no effect', async () => {
    const pids = await Promise.all([pidOf(pool.db), pidOf(pool.db), pidOf(pool.db)]);
    for (const pid of pids) await kill(pid);
    for (let round = 0; round < 5; round++) {
      const {
        rows: [row],
      } = await pool.db.execute(sql`select 1 as one`).catch((error: unknown) => {
        expect(killed(error)).toBe(true); // noticed in this very moment; the next one is a fresh one
        return { rows: [{ one: 1 }] };
      });
      expect(row).toEqual({ one: 1 });
    }
  });
});

test('a transaction that cannot begin releases its connection', async () => {
  for (let round = 0; round < 4; round++) {
    const refused = pool.db.transaction(async () => 1, { isolationLevel: 'no such level' as never });
    expect(sqlStateOf(await refused.catch((error: unknown) => error))).toBe('42601');
  }
  expect(await pool.db.transaction(async () => 'begun')).toBe('begun');
});

test('an unreachable database counts as an outage', async () => {
  await using nowhere = openServerPool('postgres://localhost:9/none', 1);
  expect(killed(await nowhere.db.execute(sql`select 1`).catch((error: unknown) => error))).toBe(true);
  expect(killed(await nowhere.db.transaction(async () => 1).catch((error: unknown) => error))).toBe(true);
});

test('an error rolls back the transaction, and in a nested transaction only the nested one', async () => {
  await pool.db.execute(sql`create table notes (note text primary key)`);
  const note = (db: Pick<Pool['db'], 'execute'>, text: string) =>
    db.execute(sql`insert into notes values (${text})`);
  const boom = (_noted: unknown): never => {
    throw new Error('boom');
  };
  await expect(pool.db.transaction(async (tx) => boom(await note(tx, 'gone')))).rejects.toThrow('boom');
  await pool.db.transaction(async (tx) => {
    await note(tx, 'outer');
    await expect(
      tx.transaction(async (inner) => boom((await note(inner, 'inner')) as never)),
    ).rejects.toThrow('boom');
    await tx.transaction((inner) => note(inner, 'second'));
  });
  expect((await pool.db.execute(sql`select note from notes order by note`)).rows).toEqual([
    { note: 'outer' },
    { note: 'second' },
  ]);

  const twice = await note(pool.db, 'outer').catch((error: unknown) => error);
  expect([sqlStateOf(twice), violatedConstraint(twice), isDatabaseUnavailable(twice)]).toEqual([
    '23505',
    'notes_pkey',
    false,
  ]);
});

test('values have the types that stores expect, prepared or not', async () => {
  const key = { eventId: newId(), id: newId() };
  await pool.db.insert(reservations).values({
    ...key,
    viewerId: 'it\'s \\ "quoted"',
    places: [1, 2, 3],
    amount: 5,
    currency: 'EUR',
    heldUntil: new Date('2027-01-01T00:00:00.123Z'),
    heldUntilCap: sql`'2027-01-01T00:00:00.123456Z'::timestamptz`,
  });
  for (let time = 1; time <= 3; time++) {
    const rows = await pool.db.select().from(reservations).where(eq(reservations.id, key.id));
    expect(rows).toMatchObject([
      {
        ...key,
        viewerId: 'it\'s \\ "quoted"',
        status: 'HELD',
        places: [1, 2, 3],
        heldUntil: new Date('2027-01-01T00:00:00.123Z'),
        payingSince: null,
      },
    ]);
    const raw = await pool.db.execute(sql`
      select held_until_cap as cap, ${sql.param(['a,b', null, '"'])}::text[] as texts, ${JSON.stringify({ a: [1] })}::jsonb as json,
        count(*) as big, true as yes, 1.5::float8 as real
      from reservations where id = any(${sql.param([key.id])}::uuid[]) group by held_until_cap`);
    expect(raw.rows).toEqual([
      {
        cap: expect.stringContaining('00:00.123456'),
        texts: ['a,b', null, '"'],
        json: { a: [1] },
        big: 1,
        yes: true,
        real: 1.5,
      },
    ]);
    expect(raw.rowCount).toBe(1);
  }
  const touched = await pool.db.execute(sql`update reservations set amount_minor = 6 where id = ${key.id}`);
  expect([touched.rows.length, touched.rowCount]).toEqual([0, 1]);
});

test('a statement that comes a second time is prepared, unless it has to be planned each time', async () => {
  const prepared = await pool.db.transaction(async (tx) => {
    for (let time = 1; time <= 3; time++) {
      await tx.execute(sql`/* test.prepared */ select ${time}::int as time`);
      await tx.execute(sql`/* test.planned: plan anew */ select ${time}::int as time`);
    }
    return tx.execute<{ statement: string }>(
      sql`select statement from pg_prepared_statements where statement like '/* test.%'`,
    );
  });
  expect(prepared.rows).toEqual([{ statement: '/* test.prepared */ select $1::int as time' }]);
});

test('sessions have timeouts', async () => {
  const {
    rows: [row],
  } = await pool.db.execute(sql`
    select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle, current_setting('application_name') as name`);
  expect(row).toEqual({ lock: '5s', statement: '30s', idle: '10s', name: 'onsale' });
});
