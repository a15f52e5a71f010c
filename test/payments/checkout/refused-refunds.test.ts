import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { recoverCheckouts, sweepRefunds } from '../../../src/payments/index.ts';
import {
  bookingKey,
  bookingOf,
  giveBack,
  intentOf,
  openCheckoutWorld,
  pay,
  stripeOf,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { runOut } from '../../support/holds.ts';
import { countAlarms } from '../../support/shared-checkout-world.ts';

const REFUSED = { path: '/v1/refunds', method: 'POST', kind: 'error', status: 400 } as const;

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Cancel a Booking whose refund Stripe refuses for now; returns once a retry waits. */
async function refused() {
  const held = await world.held();
  const { booking } = await pay(held);
  await world.stripe.addFault({ ...REFUSED, code: 'charge_disputed', times: 1_000 });
  expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
  const { eventId, id } = bookingKey(booking);
  expect(await rowOf(id)).toMatchObject({ step: 'cancelling', refund_id: null });
  return { held, eventId, id, intent: await intentOf(world, booking) };
}

const rowOf = async (id: string) =>
  (await world.platform.db.execute(sql`select step, refund_id, refund_status from bookings where id = ${id}`))
    .rows[0];
const retries = async (id: string) =>
  (
    await world.platform.db.execute<{ seconds: number }>(sql`
      select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
      where key = ${`checkout:${id}`} and locked_at is null`)
  ).rows;

test('is retried at a growing pace, at least every hour, without end', async () => {
  const { id } = await refused();
  for (const [dueFor, least, most] of [
    ['40 minutes', 540, 601],
    ['3 hours', 2_600, 2_701],
    ['30 days', 3_500, 3_601],
  ] as const) {
    await world.platform.db.execute(
      sql`update bookings set updated_at = now() - ${dueFor}::interval where id = ${id}`,
    );
    await world.hurryJobs();
    await until(async () => {
      const waiting = await retries(id);
      expect(waiting).toHaveLength(1);
      expect(waiting[0]!.seconds).toBeGreaterThan(least);
      expect(waiting[0]!.seconds).toBeLessThan(most);
    });
  }
  await world.stripe.clearFaults();
  await world.hurryJobs();
  await until(async () => expect(await rowOf(id)).toMatchObject({ step: 'cancelled' }));
});

test('ends with a refund in the dashboard, whose webhook settles the Booking at once', async () => {
  const { held, id, intent } = await refused();
  await world.stripe.clearFaults();
  const elsewhere = await countAlarms(world, 'refunded-elsewhere');
  const refund = await stripeOf(world).refunds.create({ payment_intent: intent });
  await until(async () => expect(await rowOf(id)).toMatchObject({ step: 'cancelled', refund_id: refund.id }));
  await world.countCallsAnew();
  expect((await bookingOf(held))?.status).toBe('CANCELLED');
  expect(await countAlarms(world, 'refunded-elsewhere')).toBe(elsewhere);
  expect(await world.findings()).toEqual([]);
});

test('ends with the statement of docs/operations.md, if the buyer was paid by other means', async () => {
  const { eventId, id } = await refused();
  const page = await readFile('docs/operations.md', 'utf8');
  const [statement] = /update bookings set updated_at [^;]*/.exec(page)!;
  const filled = statement.replace('<event>', eventId).replace('<booking>', id);
  await world.platform.db.execute(sql.raw(filled));
  expect(await rowOf(id)).toEqual({ step: 'cancelled', refund_id: null, refund_status: null });
  await world.hurryJobs();
  await until(async () => expect(await retries(id)).toEqual([]));
  await world.countCallsAnew();
  await world.stripe.resetCalls();
  await world.hurryJobs();
  await world.countCallsAnew();
  expect(await world.stripe.calls()).toEqual({});
  await world.stripe.clearFaults();
});

test('that is made while that statement runs raises an alarm, and is recorded', async () => {
  const { eventId, id, intent } = await refused();
  await world.stripe.clearFaults();
  await world.stripe.setWebhooks({ mode: 'drop' });
  const before = await countAlarms(world, 'refunded-elsewhere');
  const { reached, resume } = world.pauseAt('refund-made');
  await world.hurryJobs();
  await reached;
  await world.platform.db.execute(sql`
    update bookings set step = 'cancelled', updated_at = now() where event_id = ${eventId} and id = ${id}`);
  resume();
  await world.countCallsAnew();
  const { refunds } = await world.stripe.payments();
  const made = refunds.find(({ payment_intent }) => payment_intent === intent)!;
  const { rows } = await world.platform.db.execute(
    sql`select refund_id, foreign_refunds from bookings where id = ${id}`,
  );
  expect(rows).toEqual([{ refund_id: null, foreign_refunds: { [made.id]: 'succeeded' } }]);
  expect(await countAlarms(world, 'refunded-elsewhere')).toBe(before + 1);
  await world.stripe.setWebhooks({ mode: 'deliver' });
});

test('without a Booking ends with both statements of docs/operations.md, in every place that makes it', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
  const intent = await intentOf(world, booking);
  const { db } = world.platform;
  await db.execute(sql`update bookings set refund_status = 'due' where intent_id = ${intent}`);
  await world.stripe.addFault({ ...REFUSED, code: 'charge_disputed', times: 1_000 });
  await stripeOf(world).paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
  await runOut(db, held.reservation);
  await world.hurryJobs();
  const failing = async () =>
    (
      await db.execute<{ task: string }>(sql`
        select task_identifier as task from graphile_worker.jobs where last_error like ${`%${intent}%`} order by 1`)
    ).rows.map(({ task }) => task);
  await until(async () =>
    expect(await failing()).toEqual(['payments.close-intents', 'payments.handle-webhook']),
  );

  const page = await readFile('docs/operations.md', 'utf8');
  const [statements] = /update bookings set shared_intent [^`]*/.exec(page)!;
  for (const statement of statements.replaceAll('<payment>', intent).split(';').slice(0, -1))
    await db.execute(sql.raw(statement));
  await world.stripe.clearFaults(); // a request would succeed
  await world.stripe.resetCalls();
  await world.hurryJobs();
  await until(async () => expect(await failing()).toEqual([]));
  await db.execute(sql`
    update webhook_events set handled_at = null, received_at = now() - interval '5 minutes'
    where type = 'payment_intent.succeeded' and payload -> 'data' -> 'object' ->> 'id' = ${intent}`); // as if sent again
  expect(await recoverCheckouts(world)).toBe(1);
  await until(async () => {
    const unhandled = sql`select from webhook_events where handled_at is null`;
    expect((await db.execute(unhandled)).rows).toEqual([]);
  });
  await db.execute(
    sql`update bookings set updated_at = now() - interval '9 days' where intent_id = ${intent}`,
  );
  expect(await recoverCheckouts(world)).toBe(0);
  expect(await sweepRefunds(world)).toBe(0);
  expect((await world.stripe.calls())['POST /v1/refunds']).toBeUndefined();
  expect(await rowOf(bookingKey(booking).id)).toMatchObject({ step: 'declined', refund_id: null });

  await stripeOf(world).refunds.create({ payment_intent: intent }); // a refund that is made nevertheless is recorded
  await until(async () =>
    expect(await rowOf(bookingKey(booking).id)).toMatchObject({ refund_status: 'succeeded' }),
  );
});
