import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, inject, test } from 'vitest';

import { openServerPool, type Db } from '../../../src/platform/db/pool.ts';
import { isDatabaseUnavailable } from '../../../src/platform/db/sql-state.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { cloneDatabase } from '../../support/database.ts';
import { reserve } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld } from '../../support/world.ts';

const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return `${response.status} ${((await response.json()) as { database: string }).database}`;
};

test('a primary that became read-only is an outage, which ends by itself on connections to the new primary', async () => {
  await using world = await openWorld({ roles: ['api', 'worker'] });
  const { event } = await eventOnSale(world.platform);
  const fan = await world.as('ana');
  expect((await reserve(fan, event, { places: [0] })).__typename).toBe('TicketsReserved');

  const database = new URL(world.databaseUrl).pathname.slice(1);
  const server = postgres(inject('postgresUrl'), { max: 1 });
  try {
    // New sessions lead to the demoted primary, as after a failover.
    await server.unsafe(`alter database ${database} set default_transaction_read_only = on`);
    await server`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${database}`;
    await eventually('not ready', async () => (await readiness(world.url)) === '503 read-only');
    const { errors } = await fan.send(
      `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) { __typename } }`,
      { input: { event, selection: { places: [1] }, idempotencyKey: 'read-only' } },
    );
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['SERVICE_UNAVAILABLE']);

    // The sessions that are open stay read-only, and are useless until they are closed.
    await server.unsafe(`alter database ${database} reset default_transaction_read_only`);
    await eventually('ready', async () => (await readiness(world.url)) === '200 up');
    const answer = await eventually('tickets are sold again', async () => {
      const { data } = await fan.send<{ reserveTickets: { __typename: string } }>(
        `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) { __typename } }`,
        { input: { event, selection: { places: [1] }, idempotencyKey: 'read-only' } },
      );
      return data?.reserveTickets;
    });
    expect(answer.__typename).toBe('TicketsReserved');

    const { db } = world.platform;
    await db.execute(sql`select graphile_worker.add_job('platform.forget-the-old')`);
    await eventually('the worker takes jobs again', async () => {
      const { rows } = await db.execute(
        sql`select from graphile_worker.jobs where task_identifier = 'platform.forget-the-old'`,
      );
      return rows.length === 0;
    });
  } finally {
    await server.end();
  }
});

describe('states of a server that cannot serve', () => {
  const failing = async (db: Db, state: string) =>
    db
      .execute(sql.raw(`do $$ begin raise exception 'test' using errcode = '${state}'; end $$`))
      .catch((error: unknown) => error);

  test('are an outage; a wrong statement is not', async () => {
    await using database = await cloneDatabase();
    await using pool = openServerPool(database.url, 2);
    const outages = [
      '08006',
      '25006',
      '25P03',
      '28P01',
      '3D000',
      '40P01',
      '53100',
      '53300',
      '55P03',
      '57014',
      '57P03',
      '58030',
    ];
    for (const state of outages)
      expect([state, isDatabaseUnavailable(await failing(pool.db, state))]).toEqual([state, true]);
    for (const state of ['22003', '23505', '25001', '42601', '0A000'])
      expect([state, isDatabaseUnavailable(await failing(pool.db, state))]).toEqual([state, false]);
  });
});

test('a statement that was prepared before a migration changed its result is retried, in a transaction and outside', async () => {
  await using database = await cloneDatabase();
  await using pool = openServerPool(database.url, 3, 'test');
  const { db } = pool;
  const metrics = openMetrics();
  await db.execute(sql`create table widgets (id integer)`);
  await db.execute(sql`insert into widgets values (1)`);
  const outside = () => db.execute(sql`select * from widgets where id = ${1}`);
  const inside = () =>
    inTransaction({ db, metrics }, 'test', (tx) => tx.execute(sql`select * from widgets where id >= ${1}`));
  const many = (ask: () => Promise<{ rows: unknown[] }>) => Promise.all(Array.from({ length: 9 }, ask));
  const prepare = async () => {
    for (let round = 0; round < 3; round++) await many(outside).then(() => many(inside));
  };

  await prepare();
  await db.execute(sql`alter table widgets add column colour text default 'red'`);
  for (const { rows } of [...(await many(outside)), ...(await many(outside))])
    expect(rows).toEqual([{ id: 1, colour: 'red' }]);
  await prepare(); // anew: what was prepared before is forgotten
  await db.execute(sql`alter table widgets add column size integer default 3`);
  for (const { rows } of [...(await many(inside)), ...(await many(inside))])
    expect(rows).toEqual([{ id: 1, colour: 'red', size: 3 }]);
});
