import { sql } from 'drizzle-orm';
import { Logger, runOnce, type TaskList } from 'graphile-worker';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { sweepRefunds } from '../../../src/payments/index.ts';
import { jobs } from '../../../src/payments/jobs.ts';
import {
  bookingKey,
  giveBack,
  intentOf,
  openCheckoutWorld,
  pay,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { keyOf } from '../../support/holds.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] }); // no worker: jobs stay
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Let every job be due, those of before for an hour. */
const age = () =>
  world.platform.db.execute(sql`update graphile_worker._private_jobs set run_at = now() - interval '1 hour'`);

/** Take all due jobs with the real queue, one after another, and return their keys in that order. */
async function takeAll(): Promise<string[]> {
  const taken: string[] = [];
  const take: TaskList[string] = (_payload, { job }) => void taken.push(job.key ?? job.task_identifier);
  const taskList = Object.fromEntries(Object.values(jobs).map(({ name }) => [name, take]));
  const logger = new Logger(() => () => {});
  await runOnce({
    connectionString: world.databaseUrl,
    taskList,
    concurrency: 1,
    noHandleSignals: true,
    logger,
  });
  return taken;
}

/** A Booking that is cancelled, with a refund that Stripe refuses for now. */
async function refusedRefund(): Promise<string> {
  const held = await world.held();
  const { booking } = await pay(held);
  await world.stripe.addFault({ path: '/v1/refunds', method: 'POST', kind: 'error', status: 400, times: 10 });
  await giveBack(held, booking);
  await world.stripe.clearFaults();
  return `checkout:${bookingKey(booking).id}`;
}

/** A Booking that is cancelled, with a refund that is pending, without news for seven hours. */
async function pendingRefund(): Promise<void> {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_pendingRefund' });
  await giveBack(held, booking);
  const intent = await intentOf(world, booking);
  await world.platform.db.execute(sql`
    update bookings set created_at = now() - interval '7 hours', updated_at = now() - interval '7 hours'
    where intent_id = ${intent}`);
}

const webhooks = async (types: string): Promise<string[]> => {
  const { rows } = await world.platform.db.execute<{ id: string }>(
    sql`select id from webhook_events where type like ${types} order by id`,
  );
  return rows.map(({ id }) => `webhook:${id}`);
};

test('jobs of refunds and closings, due for an hour, run behind those of a buyer who pays now', async () => {
  const refused = await refusedRefund();
  await pendingRefund();
  const declined = await world.held();
  await pay(declined, { paymentMethod: 'pm_card_chargeDeclined' });
  await world.stripe.webhooksSettled();
  await world.platform.db.execute(sql`
    delete from graphile_worker._private_jobs where key in (
      select 'webhook:' || id from webhook_events where type like 'payment_intent.%')`);
  await world.platform.db.execute(sql`delete from webhook_events where type like 'payment_intent.%'`);
  expect(await sweepRefunds(world)).toBe(1);
  await world.platform.db.execute(sql`
    delete from graphile_worker._private_jobs where key in (
      select 'checkout:' || id from bookings where step in ('confirmed', 'cancelled', 'declined'))`);
  await age();

  const buyer = await world.held();
  const { booking } = await pay(buyer, { paymentMethod: 'pm_card_authenticationRequired' });
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  await world.stripe.webhooksSettled();
  await world.platform.db.execute(
    sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`,
  );

  const sale = [`checkout:${bookingKey(booking).id}`, ...(await webhooks('payment_intent.%'))];
  expect(sale.length).toBeGreaterThanOrEqual(2);
  const taken = await takeAll();
  expect(taken.slice(0, sale.length).toSorted()).toEqual(sale.toSorted());
  const behind = taken.slice(sale.length);
  for (const key of [
    refused,
    `close-intents:${keyOf(declined.reservation).id}`,
    ...(await webhooks('refund.%')),
  ])
    expect(behind).toContain(key);
  expect(behind.filter((key) => key.startsWith('poll-refund:'))).toHaveLength(1);
});

test('the polls of a sweep are spread until the next one', async () => {
  await pendingRefund();
  await pendingRefund();
  await pendingRefund();
  await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`);
  expect(await sweepRefunds(world, { spreadSeconds: 9 })).toBe(3);
  const { rows } = await world.platform.db.execute<{ seconds: number }>(sql`
    select extract(epoch from run_at - min(run_at) over ())::float8 as seconds from graphile_worker.jobs
    where task_identifier = ${jobs.pollRefund.name} order by run_at`);
  expect(rows.map(({ seconds }) => seconds)).toEqual([0, 9, 18]);
});
