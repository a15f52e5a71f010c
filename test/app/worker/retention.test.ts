import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { deleteOldRows, deleteOldRowsHandler } from '../../../src/app/worker/retention.ts';
import { deleteOldRows as deleteFrom } from '../../../src/platform/db/retention/delete-old-rows.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
});
afterAll(() => world[Symbol.asyncDispose]());

const CALLS = { table: 'idempotent_calls', column: 'created_at', days: 1 };

async function plant(oldRows: number, newRows: number): Promise<void> {
  await world.platform.db.execute(sql`truncate idempotent_calls, idempotency_keys`);
  await world.platform.db.execute(sql`
    insert into idempotent_calls (event_id, viewer_id, key, operation, input_hash, answer, created_at)
    select gen_random_uuid(), 'v', n::text, 'o', 'h', '{}',
      now() - case when n <= ${oldRows}::int then interval '2 days' else interval '1 hour' end
    from generate_series(1, ${oldRows + newRows}::int) as n`);
}
const count = async () =>
  (await world.platform.sql`select count(*)::int as n from idempotent_calls`)[0]!['n'] as number;
const oldestSeconds = async (table: string) =>
  (await world.platform.metrics.oldestRowSeconds.get()).values.find(({ labels }) => labels['table'] === table)
    ?.value;
const waitingRuns = async () =>
  (await world.platform.sql`select from graphile_worker.jobs where task_identifier = ${deleteOldRows.name}`)
    .length;

describe('retention', () => {
  test('counts from 0 in each table, before its first run', async () => {
    const metrics = openMetrics();
    deleteOldRowsHandler({ ...world.platform, metrics });
    expect(
      (await metrics.rowsDeleted.get()).values.map(({ labels, value }) => [labels.table, value]),
    ).toEqual([
      ['idempotent_calls', 0],
      ['event_stock', 0],
      ['webhook_events', 0],
      ['payment_alarms', 0],
      ['event_audit', 0],
      ['graphile_worker._private_jobs', 0],
    ]);
  });

  test('deletes in batches, at most so many a run, and says how far it is behind', async () => {
    await plant(25, 5);
    const bounds = { batchSize: 10, maxBatches: 2 };
    expect(await deleteFrom(world.platform, CALLS, bounds)).toEqual({ deleted: 20, isBehind: true });
    expect(await oldestSeconds('idempotent_calls')).toBeGreaterThan(47 * 3_600);
    expect(await deleteFrom(world.platform, CALLS, bounds)).toEqual({ deleted: 5, isBehind: false });
    expect(await oldestSeconds('idempotent_calls')).toBeLessThan(2 * 3_600);
    expect(await count()).toBe(5);
  });

  test('passes over a row that another session has locked', async () => {
    await plant(3, 0);
    await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`select from idempotent_calls where key = '1' for update`);
      expect(await deleteFrom(world.platform, CALLS)).toEqual({ deleted: 2, isBehind: false });
    });
    expect(await deleteFrom(world.platform, CALLS)).toEqual({ deleted: 1, isBehind: false });
  });

  test('a run that is behind is followed by another, one that is not by none', async () => {
    await plant(25, 1);
    const { handle } = deleteOldRowsHandler(world.platform, { batchSize: 10, maxBatches: 1 });
    for (const expected of [16, 6, 1]) {
      await world.platform.sql`delete from graphile_worker._private_jobs`;
      await handle({});
      expect([await count(), await waitingRuns()]).toEqual([expected, expected === 1 ? 0 : 1]);
    }
  });

  test('of a table that fails stops that of no other', async () => {
    await world.platform.sql`
      insert into webhook_events (id, type, payload, handled_at) values ('evt_old', 'test', '{}', now() - interval '31 days')`;
    await world.platform.sql`alter table idempotent_calls rename to calls_away`;
    try {
      await expect(deleteOldRowsHandler(world.platform).handle({})).rejects.toThrow();
    } finally {
      await world.platform.sql`alter table calls_away rename to idempotent_calls`;
    }
    expect(await world.platform.sql`select id from webhook_events where id = 'evt_old'`).toEqual([]);
  });

  test('deletes jobs that have failed for good a month ago, and no others', async () => {
    await world.platform.sql`delete from graphile_worker._private_jobs`;
    for (const [name, days, attempts] of [
      ['dead', 31, 25],
      ['recent', 1, 25],
      ['waiting', 31, 3],
    ] as const) {
      await world.platform.sql`select graphile_worker.add_job('test.job', '{}', job_key => ${name})`;
      await world.platform.sql`
        update graphile_worker._private_jobs set attempts = ${attempts}, run_at = now() - make_interval(days => ${days})
        where key = ${name}`;
    }
    await deleteOldRowsHandler(world.platform).handle({});
    const left = await world.platform.sql`select key from graphile_worker.jobs order by key`;
    expect(left.map(({ key }) => key as string)).toEqual(['recent', 'waiting']);
  });

  test.each([
    ['idempotent_calls', 'created_at', 'idempotent_calls_by_age'],
    ['webhook_events', 'handled_at', 'webhook_events_by_handling'],
    ['payment_alarms', 'first_raised_at', 'payment_alarms_by_age'],
  ])('a batch of %s is found by an index, whatever the statistics', async (table, column, index) => {
    await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const { rows } = await tx.execute<{ 'QUERY PLAN': string }>(sql`
        explain select ctid from ${sql.raw(table)} where ${sql.raw(column)} <= now() - interval '1 day'
        order by ${sql.raw(column)} limit 2000 for update skip locked`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain(index);
      expect(plan).not.toContain('Sort');
    });
  });
});
