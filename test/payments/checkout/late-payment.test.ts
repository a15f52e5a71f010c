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

/** Pay with a card that requires 3-D Secure, and let the hold expire meanwhile, as it would without a worker. */
async function holdExpiresDuringAuthentication(): Promise<{ held: Held; intent: string }> {
  const held = await world.held();
  const { booking } = await pay(held, AUTHENTICATION);
  await runOut(world.platform.db, held.reservation);
  return { held, intent: await intentOf(world, booking) };
}

/** Refunds of an intent. */
async function refundsOf(intent: string) {
  const { refunds } = await world.stripe.payments();
  return refunds.filter(({ payment_intent }) => payment_intent === intent);
}

test('a payment after the hold expired buys the same tickets if they are still available', async () => {
  const { held, intent } = await holdExpiresDuringAuthentication();
  await world.stripe.authenticate(intent, 'complete');
  expect((await untilBooking(held, 'CONFIRMED')).tickets).toMatchObject([{ place: 0 }, { place: 1 }]);
});

test('a payment after the tickets were sold to another buyer is refunded, and the outcome is BookingRefunded', async () => {
  const { held, intent } = await holdExpiresDuringAuthentication();
  const faster = await world.as('faster-buyer');
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

test('a payment while another buyer holds one of the tickets is refunded', async () => {
  const { held, intent } = await holdExpiresDuringAuthentication();
  await reserved(await world.as('holding-buyer'), held.event.event, { places: [0] });
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'REFUNDED');
  await until(async () => expect(await refundsOf(intent)).toHaveLength(1));
  await until(async () => expect(await world.findings()).toEqual([]));
});

test('a payment after the hold expired is refunded once the Event is over', async () => {
  const { held, intent } = await holdExpiresDuringAuthentication();
  await world.platform.db.execute(sql`
    update events set starts_at = now() - interval '4 hours', ends_at = null, sale_ends_at = null where id = ${held.event.id}`);
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'REFUNDED');
  await until(async () => expect(await refundsOf(intent)).toHaveLength(1));
  await until(async () => expect(await world.findings()).toEqual([]));
});

test('a refund that Stripe rejects is retried until it is accepted, and made once', async () => {
  const { held, intent } = await holdExpiresDuringAuthentication();
  await reserved(await world.as('another-buyer'), held.event.event, { places: [0] });
  await world.stripe.addFault({
    path: '/v1/refunds',
    method: 'POST',
    kind: 'error',
    status: 503,
    times: 100,
  });
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'REFUNDED'); // a due refund already shows as REFUNDED
  expect(await refundsOf(intent)).toEqual([]);

  await world.stripe.replaceFaults({
    path: '/v1/refunds',
    method: 'POST',
    kind: 'drop',
    when: 'after',
    times: 2,
  });
  await until(async () => {
    await world.hurryJobs();
    expect(await world.findings()).toEqual([]);
  });
  expect(await refundsOf(intent)).toHaveLength(1);
});

test('a refund that the bank rejects raises one alarm', async () => {
  await using bouncing = await openCheckoutWorld();
  const held = await bouncing.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_refundFail' });
  await held.client.mutate('cancelBooking', { booking: booking.id });
  const { refunds } = await bouncing.stripe.payments();
  await bouncing.stripe.settleRefund(refunds[0]!.id, 'failed'); // sends two webhooks
  await bouncing.stripe.webhooksSettled();
  await until(async () => {
    const unhandled = sql`select id from webhook_events where handled_at is null`;
    expect((await bouncing.platform.db.execute(unhandled)).rows).toEqual([]);
  });
  const { values } = await bouncing.platform.metrics.alarms.get();
  expect(values.filter(({ value }) => value > 0)).toMatchObject([
    { labels: { alarm: 'refund-failed' }, value: 1 },
  ]);
  expect((await bookingOf(held)).status).toBe('CANCELLED');
  // The rejected refund is back at Stripe: the reason for the alarm, and a finding of the auditor.
  const intent = await intentOf(bouncing, booking);
  expect(await bouncing.findings()).toEqual([expect.stringContaining(`${intent} keeps 10000 for 0`)]);
});
