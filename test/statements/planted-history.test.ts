import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expireReservations } from '../../src/booking/index.ts';
import { openServerPool } from '../../src/platform/db/pool.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { openCheckoutWorld } from '../support/checkout-world.ts';
import { eventOnSale } from '../support/seed.ts';
import { runJourneys } from './corpus.ts';
import { historyServer } from './history-server.ts';
import { OLD_SWEEP } from './old-sweep.ts';
import {
  explainEveryStatement,
  recordPlans,
  type ExecutedPlan,
  type PlanMode,
  type PlanNode,
} from './plan-recorder.ts';
import {
  growEvent,
  growPlans,
  plantHistory,
  plantOldMessages,
  plantOverdueHolds,
} from './planted-history.ts';
import { namesInSource } from './statement-names.ts';
import { EXEMPT, LIMITS, violationsOf } from './work-limits.ts';

// A shop after years of sales, whose statistics know nothing of the Events that are on sale now. Statements are judged by
// the rows and pages that they visit, in both ways in which Postgres plans a prepared statement.

const opened = new AsyncDisposableStack();
let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  url = opened.use(await historyServer()).url;
  await plantHistory(url);
  sql = postgres(url, { max: 2, onnotice: () => {} });
  opened.defer(() => sql.end());
}, 180_000);
afterAll(() => opened.disposeAsync());

/** Roll back the former sweep, which may take longer than a request waits. */
async function explainOldSweep(mode: PlanMode, holds: number): Promise<PlanNode | 'timed out'> {
  let plan: PlanNode | 'timed out' = 'timed out';
  await sql
    .begin(async (tx) => {
      await tx.unsafe(`set local plan_cache_mode = ${mode}`);
      await tx.unsafe(`set local statement_timeout = '10s'`);
      await tx.unsafe(`prepare sweep_${mode} (int) as ${OLD_SWEEP}`);
      const [row] = await tx.unsafe(
        `explain (analyze, buffers, timing off, format json) execute sweep_${mode} (${holds})`,
      );
      plan = (row!['QUERY PLAN'] as { Plan: PlanNode }[])[0]!.Plan;
      throw new Error('roll back');
    })
    .catch((error: { code?: string; message: string }) => {
      if (error.code !== '57014' && error.message !== 'roll back') throw error;
    });
  return plan;
}

const violations = (executed: readonly ExecutedPlan[], mode: PlanMode): string[] => [
  ...new Set(executed.flatMap((plan) => violationsOf(plan, mode))),
];

describe.each(['force_generic_plan', 'force_custom_plan'] as const)('planned by %s', (mode) => {
  beforeAll(() => explainEveryStatement(url, mode));

  test('no statement of the journeys does work that grows with the past', async () => {
    await plantOldMessages(sql);
    using plans = recordPlans();
    await using world = await openCheckoutWorld({ databaseUrl: url });
    let grown = 0;
    await runJourneys(world, async (eventId) => {
      await growEvent(sql, eventId);
      if (grown++ === 0) await growPlans(sql, eventId);
    });
    expect(violations(plans.executed, mode)).toEqual([]);
    const explained = new Set(plans.executed.map(({ name }) => name));
    expect(explained.size).toBeGreaterThan(90);
  }, 120_000);

  test('500 holds of four seats that end together are let go in batches of constant work', async () => {
    using plans = recordPlans();
    await using pool = openServerPool(url, 4);
    const platform = { db: pool.db, metrics: openMetrics(), log: openLog('silent') };
    const { id } = await eventOnSale(platform, { seats: 20 });
    await growEvent(sql, id);
    await plantOverdueHolds(sql, id, 500);
    expect(await expireReservations(platform)).toBe(500);
    const [left] = await sql`
      select count(*)::int as tickets from tickets where event_id = ${id} and status = 'RESERVED'`;
    expect(left).toEqual({ tickets: 0 });
    expect(violations(plans.executed, mode)).toEqual([]);
  }, 60_000);

  test('the sweep as one statement, as it was, is found', async () => {
    await using pool = openServerPool(url, 4);
    const { id } = await eventOnSale({ db: pool.db, metrics: openMetrics() }, { seats: 20 });
    await plantOverdueHolds(sql, id, 60);
    const plan = await explainOldSweep(mode, 60);
    await sql`update reservations set status = 'EXPIRED' where event_id = ${id} and status = 'HELD'`;
    expect(
      plan === 'timed out' || violationsOf({ name: 'booking.expireOverdue', text: OLD_SWEEP, plan }, mode),
    ).not.toEqual([]);
  }, 60_000);
});

test('limits and exemptions are those of statements that exist', () => {
  const names = namesInSource();
  expect([...Object.keys(LIMITS), ...Object.keys(EXEMPT)].filter((name) => !names.has(name))).toEqual([]);
});
