import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { TERMINAL_STEPS } from '../../../src/payments/checkout-steps.ts';
import type { CrashPoint } from '../../../src/payments/index.ts';
import { openCheckoutWorld, type CheckoutWorld, type Held } from '../../support/checkout-world.ts';
import { openClient } from '../../support/client.ts';
import { ledgerDifferences } from '../../support/ledger-differences.ts';
import { randomNumbers } from '../../support/race.ts';
import { SEED_OF_RUN } from '../../support/seed-of-run.ts';
import type { SpareServer } from '../../support/start-server.ts';
import { untilNothing } from '../../support/wait-until.ts';
import { scenariosIn, type Scenario } from './scenarios.ts';
import { openSpares, type Spares } from './spares.ts';

const SCENARIOS = 20;
const KILLS = 2 * SCENARIOS;
const TIMEOUT_MS = 300_000;

const below = randomNumbers(SEED_OF_RUN);
let world: CheckoutWorld; // without a worker: jobs are run by workers that are killed
let spares: Spares;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] });
  spares = openSpares(KILLS);
});
afterAll(async () => {
  await spares?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
});

async function killTwice({ prepare, call, api, meanwhile, worker }: Scenario): Promise<Held> {
  const held = await world.held();
  const mode = (['deliver', 'drop', 'hold'] as const)[below(3)]!; // held ones are delivered at the end
  await world.stripe.setWebhooks({ mode, copies: 1 + below(2) });
  await prepare?.(held);
  await killApi(api, held, call);
  await meanwhile?.(held);
  await killWorker(worker, held);
  return held;
}

async function killApi(point: CrashPoint, held: Held, call: Scenario['call']): Promise<void> {
  const doomed = spares.take();
  doomed.serve(world, { roles: ['api'], killAt: point });
  const client = openClient(await doomed.listening(), await world.token(held.name));
  await expect(call({ ...held, client })).rejects.toThrow(); // the connection broke
  await untilKilled(doomed, point);
}

/** Kill a worker at this point of the Event's own Bookings; what is due of the Events before runs on it, too. */
async function killWorker(point: CrashPoint, { event }: Held): Promise<void> {
  const { rows } = await world.platform.db.execute<{ id: string }>(sql`
    select id from bookings where event_id = ${event.id} union all select id from reservations where event_id = ${event.id}`);
  const doomed = spares.take();
  doomed.serve(world, { roles: ['worker'], killAt: point, killOnly: rows.map(({ id }) => id) });
  await untilKilled(doomed, point);
}

async function untilKilled(doomed: SpareServer, point: CrashPoint): Promise<void> {
  const missing = async () => {
    if (doomed.isGone()) return [];
    await world.hurryJobs();
    return [`a kill at ${point}`];
  };
  expect(await untilNothing(missing)).toEqual([]);
  expect(await doomed.exited).toEqual([null, 'SIGKILL']);
}

/** Make all that is unattended old enough for the sweeps, instead of waiting. */
async function letMinutesPass(): Promise<void> {
  const { db } = world.platform;
  await db.execute(sql`update bookings set updated_at = updated_at - interval '3 minutes'`);
  await db.execute(sql`update webhook_events set received_at = received_at - interval '3 minutes'`);
  await db.execute(sql`update event_cancellations set cancelled_at = cancelled_at - interval '3 minutes'`);
}

/** What waits for a worker. */
async function unfinished(): Promise<string[]> {
  const { rows } = await world.platform.db.execute<{ what: string }>(sql`
    select 'booking ' || id || ' is ' || step as what from bookings where step::text <> all(${sql.param(TERMINAL_STEPS)}::text[])
    union all select 'event ' || event_id || ' is not cancelled' from event_cancellations where settled_at is null
    union all select 'webhook ' || id || ' is not handled' from webhook_events where handled_at is null`);
  return rows.map(({ what }) => what);
}

/** Steps of the Bookings of an Event, oldest first. */
async function stepsOf({ event }: Held): Promise<string[]> {
  const { rows } = await world.platform.db.execute<{ step: string }>(
    sql`select step from bookings where event_id = ${event.id} order by id`,
  );
  return rows.map(({ step }) => step);
}

test(
  `kill -9 of an API and of a worker in each of ${SCENARIOS} purchases: the next worker recovers all (TRIAL_SEED=${SEED_OF_RUN})`,
  { timeout: TIMEOUT_MS },
  async () => {
    const scenarios = scenariosIn(world);
    expect(scenarios).toHaveLength(SCENARIOS);
    const purchases: Held[] = [];
    for (const scenario of scenarios) purchases.push(await killTwice(scenario));

    await world.stripe.setWebhooks({ mode: 'deliver', copies: 1 });
    await world.stripe.releaseWebhooks();
    await letMinutesPass();
    expect(await unfinished(), 'without recovery the trial fails').not.toEqual([]);
    expect(await world.findings()).not.toEqual([]);

    await using survivor = await openCheckoutWorld({
      databaseUrl: world.databaseUrl,
      emulator: world.emulator,
    });
    const due = async () => {
      await survivor.hurryJobs();
      await survivor.stripe.webhooksSettled();
      return unfinished();
    };
    expect(await untilNothing(due)).toEqual([]);
    expect(await survivor.findings()).toEqual([]);
    expect(await ledgerDifferences(survivor)).toEqual([]);
    expect(await Promise.all(purchases.map(stepsOf))).toEqual(scenarios.map(({ ends }) => ends));
  },
);
