import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { recoverCheckouts, sweepRefunds } from '../../src/payments/index.ts';
import { openServerPool } from '../../src/platform/db/pool.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { cloneDatabase } from '../support/database.ts';
import { explainEveryStatement, recordPlans } from './plan-recorder.ts';
import { violationsOf } from './work-limits.ts';

// Thousands of refunds, open intents and webhooks under way, each with a job that waits. Statistics know of Bookings in many
// small Events, and of no job: then a join over jobs, or over an Event, looks cheap.

/** Of each kind; `LIMITS` names this number. */
const UNDER_WAY = 2_000;

const opened = new AsyncDisposableStack();
let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  url = opened.use(await cloneDatabase()).url;
  sql = postgres(url, { max: 1, onnotice: () => {} });
  opened.defer(() => sql.end());
  for (const table of ['bookings', 'webhook_events', 'graphile_worker._private_jobs'])
    await sql.unsafe(`alter table ${table} set (autovacuum_enabled = off)`);
  await sql`
    insert into bookings (event_id, id, reservation_id, viewer_id, step, amount_minor, currency, intent_id, shared_intent,
      refund_id, refund_status, created_at, updated_at)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'fan-' || n,
      (case when n <= ${UNDER_WAY}::int then 'refunding' when n <= 2 * ${UNDER_WAY}::int then 'declined' else 'cancelled' end)::checkout_step,
      1000, 'EUR', 'pi_' || n, n <= 2 * ${UNDER_WAY}::int,
      case when n > 2 * ${UNDER_WAY}::int then 're_' || n end, case when n > 2 * ${UNDER_WAY}::int then 'succeeded' end,
      now() - interval '30 days', now() - interval '1 hour'
    from generate_series(1, 20 * ${UNDER_WAY}::int) n`;
  await sql`
    insert into webhook_events (id, type, payload, received_at, handled_at)
    select 'evt_' || n, 'refund.created', '{}', now() - interval '1 hour', case when n > ${UNDER_WAY}::int then now() end
    from generate_series(1, 10 * ${UNDER_WAY}::int) n`;
  await sql`vacuum (analyze) bookings, webhook_events`;
  await sql`
    select graphile_worker.add_job('test.waiting', '{}'::json, run_at => now() + interval '1 day', job_key => waiting.key)
    from (
      select 'checkout:' || id as key from bookings where step = 'refunding'
      union all select 'close-intents:' || reservation_id from bookings where step = 'declined'
      union all select 'webhook:' || id from webhook_events where handled_at is null
    ) waiting`;
  await sql`
    insert into bookings (event_id, id, reservation_id, viewer_id, step, amount_minor, currency, intent_id, refund_id,
      refund_status, created_at, updated_at)
    select '01900000-0000-7000-8000-000000000000', gen_random_uuid(), gen_random_uuid(), 'fan-' || n, 'cancelled', 1000, 'EUR',
      'pi_pending_' || n, 're_pending_' || n, 'pending', now() - interval '30 days', now() - interval '30 hours'
    from generate_series(1, ${UNDER_WAY}::int) n`;
}, 60_000);
afterAll(() => opened.disposeAsync());

describe.each(['force_generic_plan', 'force_custom_plan'] as const)('planned by %s', (mode) => {
  beforeAll(() => explainEveryStatement(url, mode));

  test.each([
    ['recoverCheckouts', ['findStuckBookings', 'findStuckWebhooks', 'findOpenIntents'], 0],
    ['sweepRefunds', ['takeUnsettledRefunds'], 100],
  ] as const)('%s does work for each row, not for each pair of rows', async (sweep, statements, found) => {
    using plans = recordPlans();
    await using pool = openServerPool(url, 1);
    const platform = { db: pool.db, metrics: openMetrics(), log: openLog('silent') };
    expect(await { recoverCheckouts, sweepRefunds }[sweep]({ platform })).toBe(found);
    const explained = new Set(plans.executed.map(({ name }) => name));
    for (const name of statements) expect(explained).toContain(`payments.${name}`);
    expect(plans.executed.flatMap((plan) => violationsOf(plan, mode))).toEqual([]);
  });
});
