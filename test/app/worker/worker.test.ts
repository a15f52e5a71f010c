import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { startJobRunner } from '../../../src/app/worker/job-runner.ts';
import { deleteOldRows } from '../../../src/app/worker/retention.ts';
import { runEvery } from '../../../src/app/worker/run-every.ts';
import { defineJob } from '../../../src/platform/db/jobs.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openRelay, throughRelay } from '../../client/relay.ts';
import { openCheckoutWorld, until, type CheckoutWorld } from '../../support/checkout-world.ts';
import { runOut } from '../../support/holds.ts';
import { refuseSessions } from '../../support/outage.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const log = openLog('silent');

test('periodic work stops although a run never ends', async () => {
  const started = Promise.withResolvers<void>();
  const task = runEvery(
    'test.stuck',
    0,
    log,
    () => {
      started.resolve();
      return new Promise(() => {});
    },
    50,
  );
  await started.promise;
  await task[Symbol.asyncDispose]();
});

test('a job runner stops although Postgres no longer answers', async () => {
  await using relay = await openRelay(world.databaseUrl);
  const started = Promise.withResolvers<void>();
  const job = defineJob('test.started', z.object({}));
  const runner = startJobRunner({
    databaseUrl: throughRelay(world.databaseUrl, relay),
    log,
    handlers: [job.handler(async () => started.resolve())],
    hourly: [],
    stopTimeoutMs: 100,
  });
  await world.platform.db.transaction((tx) => job.enqueue(tx, null, {}));
  await started.promise;
  relay.blackHole();
  await runner[Symbol.asyncDispose]();
});

describe('the worker', () => {
  test('expires overdue holds', async () => {
    const held = await world.held();
    await runOut(world.platform.db, held.reservation);
    await until(async () => {
      const { rows } = await world.platform.db.execute(sql`select status from reservations`);
      expect([...rows]).toEqual([{ status: 'EXPIRED' }]);
    });
  });

  test('deletes old idempotency keys and old webhooks', async () => {
    await world.platform.db.execute(sql`
      insert into idempotent_calls (event_id, viewer_id, key, operation, input_hash, answer, created_at)
      select gen_random_uuid(), 'v', key, 'o', 'h', '{}', now() - age
      from (values ('old', interval '25 hours'), ('new', interval '0')) as call(key, age)`);
    await world.platform.db.execute(sql`
      insert into webhook_events (id, type, payload, received_at, handled_at)
      select id, 't', '{}', now() - age, now() - age
      from (values ('old', interval '31 days'), ('new', interval '1 day')) as event(id, age)`);
    await world.platform.db.transaction((tx) => deleteOldRows.enqueue(tx, null, {}));
    await until(async () => {
      const { rows: kept } = await world.platform.db.execute(
        sql`select key from idempotent_calls where viewer_id = 'v' union all select id from webhook_events`,
      );
      expect([...kept]).toEqual([{ key: 'new' }, { key: 'new' }]);
    });
  });

  test('continues after Postgres terminated its sessions', async () => {
    await world.platform.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await world.platform.db.execute(sql`select 1`).catch(() => {}); // the pool drops its dead connection
    const held = await world.held();
    await runOut(world.platform.db, held.reservation);
    await world.platform.db.execute(
      sql`update idempotent_calls set created_at = now() - interval '2 days' where viewer_id = 'v'`,
    );
    await world.platform.db.transaction((tx) => deleteOldRows.enqueue(tx, null, {}));
    await until(async () => {
      const { rows: left } = await world.platform.db.execute(sql`
        select key from idempotent_calls where viewer_id = 'v' union all
        select id::text from reservations where status = 'HELD'`);
      expect([...left]).toEqual([]);
    });
  });
});

describe('a job runner', () => {
  const testJob = defineJob('test.job', z.record(z.string(), z.unknown()));
  /** Start a runner with one kind of job. */
  function start(work: (payload: unknown) => Promise<void>, to = log) {
    return startJobRunner({
      ...{ databaseUrl: world.databaseUrl, log: to, hourly: [] },
      handlers: [testJob.handler(work)],
    });
  }
  const enqueueJob = (payload: Record<string, unknown>) =>
    world.platform.db.transaction((tx) => testJob.enqueue(tx, null, payload, { key: 'test' }));

  test('rejects two handlers of one name at the start', () => {
    const handler = testJob.handler(async () => {});
    const handlers = [handler, deleteOldRows.handler(async () => {}), { ...handler }];
    expect(() => startJobRunner({ databaseUrl: world.databaseUrl, log, hourly: [], handlers })).toThrow(
      'job test.job has two handlers',
    );
  });

  test('passes its payload to a job, and retries a failed one', async () => {
    const seen: unknown[] = [];
    await using stack = new AsyncDisposableStack();
    stack.use(
      start(async (payload) => {
        seen.push(payload);
        if (seen.length === 1) throw new Error('not yet');
      }),
    );
    await enqueueJob({ an: 'object' });
    await until(() => expect(seen).toHaveLength(1));
    await until(async () => {
      await world.hurryJobs();
      expect(seen).toEqual([{ an: 'object' }, { an: 'object' }]);
    });
  });

  test.each([
    ['succeeds', async () => {}],
    ['fails', () => Promise.reject(new Error('not yet'))],
  ])('survives an outage of Postgres in which a job %s', async (_how, end) => {
    const lines: string[] = [];
    const seen: unknown[] = [];
    const [began, away] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await using stack = new AsyncDisposableStack();
    stack.use(
      start(
        async (payload) => {
          seen.push(payload);
          if (seen.length > 1) return;
          began.resolve();
          await away.promise;
          return end();
        },
        openLog('error', { write: (line) => void lines.push(line) }),
      ),
    );
    await enqueueJob({ number: 1 });
    await began.promise;
    const outage = stack.use(await refuseSessions(world.databaseUrl));
    away.resolve();
    await until(() => expect(lines.join()).toContain('job runner stopped'));
    await outage.end();
    await enqueueJob({ number: 2 });
    await until(() => expect(seen).toContainEqual({ number: 2 }));
  });

  test('finishes the running job before it stops, and starts no other', async () => {
    const began = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    let finished = false;
    const runner = start(async () => {
      began.resolve();
      await end.promise;
      finished = true;
    });
    await enqueueJob({});
    await began.promise;
    const stopped = runner[Symbol.asyncDispose]();
    expect(await Promise.race([stopped.then(() => 'stopped'), Promise.resolve('waits')])).toBe('waits');
    end.resolve();
    await stopped;
    expect(finished).toBe(true);
  });
});

test('periodic work continues after a failure, and stopping waits for the run in progress', async () => {
  let times = 0;
  let working = false;
  const repeated = runEvery('test', 1, log, async () => {
    times += 1;
    working = true;
    await nextTurn();
    working = false;
    throw new Error('failed');
  });
  await until(() => expect(times).toBeGreaterThan(3));
  await repeated[Symbol.asyncDispose]();
  expect(working).toBe(false);
});
