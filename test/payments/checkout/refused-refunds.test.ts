import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

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
import { countAlarms } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Cancel a Booking whose refund Stripe refuses for now; returns once a retry waits. */
async function refused() {
  const held = await world.held();
  const { booking } = await pay(held);
  await world.stripe.addFault({
    path: '/v1/refunds',
    method: 'POST',
    kind: 'error',
    status: 400,
    code: 'charge_disputed',
    times: 1_000,
  });
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
