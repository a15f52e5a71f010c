import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { resumeRefunds } from '../../../src/payments/refunds/make-refund.ts';
import {
  bookingKey,
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { differencesOf } from '../../support/ledger-differences.ts';
import { refundAmount, refundsOf, refundTickets } from '../../support/organiser-refunds.ts';
import { ORGANISER } from '../../support/seed.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';
import { amountsRefunded } from '../../support/stripe-control.ts';

// Stripe, jobs and webhooks fail while an organiser refunds 1,000 of 10,000, or one of two tickets.

const REFUNDS = { path: '/v1/refunds', method: 'POST' } as const;

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

async function bought() {
  const held = await world.held();
  const { booking } = await pay(held);
  const intent = await intentOf(world, booking);
  return { held, booking, intent, own: await world.as(ORGANISER, 'ORGANISER') };
}

const refunded = (intent: string) => amountsRefunded(world.stripe, intent);

const requestsOf = async (booking: { id: string }) =>
  (
    await world.platform.db.execute<{ state: string; amount: number; refund: string | null }>(sql`
      select state, amount::int as amount, refund_id as refund from refund_requests
      where booking_id = ${bookingKey(booking).id} order by number`)
  ).rows;

const untilMade = (booking: { id: string }) =>
  until(async () => {
    await world.hurryJobs();
    expect((await requestsOf(booking)).map(({ state }) => state)).not.toContain('due');
  });

test.each([
  { kind: 'error', status: 503, times: 2 },
  { kind: 'drop', when: 'after', times: 1 },
  { kind: 'error', status: 400, code: 'charge_disputed', stored: true, times: 1 },
] as const)('a request that fails makes one refund in the end: %j', async (fault) => {
  const { held, booking, intent, own } = await bought();
  await world.stripe.addFault({ ...REFUNDS, ...fault });
  await refundAmount(own, booking, { amount: 6_000 });
  await untilMade(booking);
  expect(await refunded(intent)).toEqual([6_000]);
  await until(async () => expect(await refundsOf(held, booking)).toHaveLength(1));
});

test('after an error that Stripe repeats for its key there is no second request; cancelling gives back all', async () => {
  const { held, booking, intent, own } = await bought();
  await world.stripe.addFault({ ...REFUNDS, kind: 'error', status: 500, stored: true, times: 1 });
  await refundAmount(own, booking, { amount: 1_000 });
  await until(async () => {
    await world.hurryJobs();
    expect((await world.stripe.calls())['POST /v1/refunds']).toBeGreaterThan(3);
  });
  expect(await requestsOf(booking)).toMatchObject([{ state: 'due' }]);
  expect(await refunded(intent)).toEqual([]);
  await giveBack(held, booking);
  await untilMade(booking);
  expect(await requestsOf(booking)).toMatchObject([{ state: 'covered', amount: 0 }]);
  expect(await refunded(intent)).toEqual([10_000]);
});

test.each(['refund-made', 'settled'] as const)('a crash at `%s` makes no second refund', async (point) => {
  const { booking, intent, own } = await bought();
  world.crashAt(point);
  await refundAmount(own, booking, { amount: 1_000 });
  await until(() => expect(world.crashed()).toBe(true));
  await untilMade(booking);
  await world.countCallsAnew();
  expect(await refunded(intent)).toEqual([1_000]);
});

test('a job that is lost is scheduled again', async () => {
  const { booking, intent, own } = await bought();
  await world.stripe.addFault({ ...REFUNDS, kind: 'error', status: 503, times: 1_000 });
  await refundAmount(own, booking, { amount: 1_000 });
  await until(async () => {
    const { rows } = await world.platform.db.execute(
      sql`select from graphile_worker.jobs where key like 'refund:%' and locked_at is null and run_at > now()`,
    );
    expect(rows).toHaveLength(1);
  });
  await world.platform.db.execute(sql`delete from graphile_worker._private_jobs where key like 'refund:%'`);
  await world.stripe.clearFaults();
  expect(await resumeRefunds({ platform: world.platform })).toBe(0); // too early
  expect(await resumeRefunds({ platform: world.platform }, { idleSeconds: 0 })).toBe(1);
  await untilMade(booking);
  expect(await refunded(intent)).toEqual([1_000]);
});

test('what is refunded in the dashboard meanwhile is not given back twice', async () => {
  const { held, booking, intent, own } = await bought();
  await world.stripe.setWebhooks({ mode: 'hold' });
  await dashboard.refunds.create({ payment_intent: intent, amount: 9_500 });
  await refundAmount(own, booking, { amount: 1_000 }); // the server has not heard of the other one
  await untilMade(booking);
  expect(await refunded(intent)).toEqual([500, 9_500]);
  expect(await requestsOf(booking)).toMatchObject([{ state: 'made', amount: 500 }]);
  await refundAmount(own, booking, { amount: 2_000 });
  await untilMade(booking);
  expect(await requestsOf(booking)).toMatchObject([{ state: 'made' }, { state: 'covered', refund: null }]);
  expect(await refunded(intent)).toEqual([500, 9_500]);
  await giveBack(held, booking); // the books of a refund by hand are the dashboard's
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
});

test.each([false, true])(
  'the bank rejects a refund later, its webhook lost: %s: an alarm, and it is not given back',
  async (lost) => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_pendingRefund' });
    const own = await world.as(ORGANISER, 'ORGANISER');
    await refundAmount(own, booking, { amount: 10_000 });
    await untilMade(booking);
    const before = await countAlarms(world, 'refund-failed');
    const [made] = await requestsOf(booking);
    expect(made).toMatchObject({ state: 'pending' });
    await world.countCallsAnew();
    if (lost) await world.stripe.setWebhooks({ mode: 'drop' });
    await world.stripe.settleRefund(made!.refund!, 'failed');
    if (lost) {
      expect(await resumeRefunds({ platform: world.platform })).toBe(0); // too early
      expect(await resumeRefunds({ platform: world.platform }, { pendingSeconds: 0 })).toBe(1);
    }
    await until(async () => expect(await refundsOf(held, booking)).toMatchObject([{ status: 'FAILED' }]));
    expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
    expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
    await untilMade(booking);
  },
);

test('a disputed payment is not refunded; one that is disputed before the request is retried until the dispute is won', async () => {
  const { booking, intent, own } = await bought();
  const { id: dispute } = await world.stripe.dispute(intent);
  await world.countCallsAnew();
  expect(await refundAmount(own, booking, { amount: 1_000 })).toMatchObject({
    __typename: 'BookingNotRefundable',
  });
  await world.stripe.settleDispute(dispute, 'won');
  await world.countCallsAnew();
  await world.stripe.addFault({ ...REFUNDS, kind: 'error', status: 400, code: 'charge_disputed', times: 1 });
  await refundAmount(own, booking, { amount: 1_000 });
  await untilMade(booking);
  expect(await refunded(intent)).toEqual([1_000]);
});

test('reconciling finds nothing, also of a refund that is under way', async () => {
  const { booking, intent, own } = await bought();
  await world.stripe.setWebhooks({ mode: 'hold' });
  const pause = world.pauseAt('refund-made');
  const { tickets } = (await refundTickets(own, booking, { tickets: [booking.tickets[0].id] })).booking;
  expect(tickets).toHaveLength(1);
  await pause.reached; // Stripe has made it, and nothing is recorded
  expect(await refunded(intent)).toEqual([5_000]);
  expect(await differencesOf(world, intent)).toEqual([]);
  pause.resume();
  await untilMade(booking);
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await world.countCallsAnew();
  expect(await differencesOf(world, intent)).toEqual([]);
});
