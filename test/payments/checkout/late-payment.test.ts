import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import {
  bookingOf,
  intentOf,
  openCheckoutWorld,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { reserved, runOut } from '../../support/holds.ts';

const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired', key: 'late' };

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(async () => {
  await world.stripe.clearFaults();
  expect(await world.findings()).toEqual([]);
});

/** Pay with a card that needs the bank, and let the hold run out meanwhile, as it would if the worker were away. */
async function holdRunsOutAtTheBank(): Promise<{ held: Held; intent: string }> {
  const held = await world.held();
  const { booking } = await pay(held, AUTHENTICATION);
  await runOut(world.platform.db, held.reservation);
  return { held, intent: await intentOf(world, booking) };
}

/** What Stripe has sent back for an intent. */
async function refundsOf(intent: string) {
  const { refunds } = await world.stripe.payments();
  return refunds.filter(({ payment_intent }) => payment_intent === intent);
}

test('money that comes after the hold buys the same tickets if nobody else has them', async () => {
  const { held, intent } = await holdRunsOutAtTheBank();
  await world.stripe.authenticate(intent, 'complete');
  expect((await untilBooking(held, 'CONFIRMED')).tickets).toMatchObject([{ place: 0 }, { place: 1 }]);
});

test('money that comes after the tickets were sold to somebody else goes back, and the buyer is told', async () => {
  const { held, intent } = await holdRunsOutAtTheBank();
  const faster = await world.as('somebody-faster');
  const reservation = await reserved(faster, held.event.event, { places: [1] });
  expect(await pay({ client: faster, reservation })).toMatchObject({ __typename: 'BookingConfirmed' });

  await world.stripe.authenticate(intent, 'complete');
  await until(async () => expect(await refundsOf(intent)).toHaveLength(1));
  await untilBooking(held, 'REFUNDED');
  expect(await pay(held, AUTHENTICATION)).toMatchObject({
    __typename: 'BookingRefunded',
    booking: { status: 'REFUNDED', total: { amount: 10_000 } },
  });
  await until(async () => expect(await world.findings()).toEqual([]));
  expect(await refundsOf(intent)).toMatchObject([{ amount: 10_000, status: 'succeeded' }]);
});

test('money that comes while somebody else holds one of the tickets goes back', async () => {
  const { held, intent } = await holdRunsOutAtTheBank();
  await reserved(await world.as('somebody-holding'), held.event.event, { places: [0] });
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'REFUNDED');
  await until(async () => expect(await refundsOf(intent)).toHaveLength(1));
  await until(async () => expect(await world.findings()).toEqual([]));
});

test('a refund that Stripe will not take yet is owed until it does, and made once', async () => {
  const { held, intent } = await holdRunsOutAtTheBank();
  await reserved(await world.as('somebody-else-again'), held.event.event, { places: [0] });
  await world.stripe.addFault({
    path: '/v1/refunds',
    method: 'POST',
    kind: 'error',
    status: 503,
    times: 100,
  });
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'REFUNDED'); // owed is as good as made: nothing but time stands between the two
  expect(await refundsOf(intent)).toEqual([]);

  await world.stripe.clearFaults();
  await world.stripe.addFault({ path: '/v1/refunds', method: 'POST', kind: 'drop', when: 'after', times: 2 });
  await until(async () => {
    await world.hurryJobs();
    expect(await world.findings()).toEqual([]);
  });
  expect(await refundsOf(intent)).toHaveLength(1);
});

test('a refund that bounces at the bank raises an alarm, once', async () => {
  await using bouncing = await openCheckoutWorld();
  const held = await bouncing.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_refundFail' });
  await held.client.mutate('cancelBooking', { booking: booking.id });
  const { refunds } = await bouncing.stripe.payments();
  await bouncing.stripe.settleRefund(refunds[0]!.id, 'failed'); // told by two webhooks
  await bouncing.stripe.webhooksSettled();
  await until(async () => {
    const unhandled = sql`select id from webhook_events where handled_at is null`;
    expect([...(await bouncing.platform.db.execute(unhandled))]).toEqual([]);
  });
  const { values } = await bouncing.platform.metrics.alarms.get();
  expect(values).toMatchObject([{ labels: { alarm: 'refund-failed' }, value: 1 }]);
  expect((await bookingOf(held)).status).toBe('CANCELLED');
  // what the bank would not take is at Stripe again: that is what the alarm is about, and the auditor says the same
  const intent = await intentOf(bouncing, booking);
  expect(await bouncing.findings()).toEqual([expect.stringContaining(`${intent} keeps 10000 for 0`)]);
});
