import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openCheckoutWorld, type CheckoutWorld } from '../../support/checkout-world.ts';
import { ledgerDifferences } from '../../support/ledger-differences.ts';
import { SEED_OF_RUN, TRIAL_RUNS } from '../../support/seed-of-run.ts';
import { untilNothing } from '../../support/wait-until.ts';
import { runSchedule, settle } from './schedule.ts';

/** Purchases of a run, one after the other: a crash is of the whole server. */
const SCHEDULES = 20 * TRIAL_RUNS;
const MS_PER_SCHEDULE = 15_000;

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ timeoutMs: 1_000 });
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Ids of webhooks that are sent again, or that a job has yet to handle. */
async function unhandledWebhooks({ stripe, platform, hurryJobs }: CheckoutWorld): Promise<string[]> {
  await stripe.webhooksSettled();
  await hurryJobs();
  const { rows } = await platform.db.execute<{ id: string }>(
    sql`select id from webhook_events where handled_at is null`,
  );
  return rows.map(({ id }) => id);
}

test(
  `${SCHEDULES} purchases with crashes, faults of Stripe, disputes and lost webhooks: money and tickets agree (TRIAL_SEED=${SEED_OF_RUN})`,
  { timeout: SCHEDULES * MS_PER_SCHEDULE },
  async () => {
    for (let number = 0; number < SCHEDULES; number++) {
      const seed = SEED_OF_RUN + number;
      const story = await runSchedule(world, seed);
      expect(await settle(world, seed), `TRIAL_SEED=${seed}\n${story.join('\n')}`).toEqual([]);
    }
    expect(await untilNothing(() => unhandledWebhooks(world))).toEqual([]); // of disputes no step of a Booking tells
    expect(await ledgerDifferences(world)).toEqual([]);
    expect((await world.platform.db.execute(sql`select from bookings`)).rows.length).toBeGreaterThan(
      SCHEDULES / 2,
    );
  },
);

test('a planted difference is what the comparison finds', async () => {
  const { rows } = await world.platform.db.execute<{ id: string }>(sql`
    delete from ledger_entries where ctid = (select ctid from ledger_entries where kind = 'charge' limit 1) returning stripe_id as id`);
  expect(await ledgerDifferences(world)).toContain(`missing-row ${rows[0]!.id}`);
});

test('without recovery the same trial fails', { timeout: 120_000 }, async () => {
  await using unattended = await openCheckoutWorld({ timeoutMs: 1_000, roles: ['api'] });
  const left = new Set<number>();
  for (let seed = 1; seed <= 10 && left.size === 0; seed++) {
    await runSchedule(unattended, seed);
    if ((await settle(unattended, seed, 10)).length > 0) left.add(seed);
  }
  expect(left.size).toBe(1);
});
