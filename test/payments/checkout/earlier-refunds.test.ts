import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import {
  bookingOf,
  giveBack,
  intentOf,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf, runOut } from '../../support/holds.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

// An intent stays `succeeded` after its refund: what was given back must not buy tickets.

const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };
const VISA = { payment_method: 'pm_card_visa' };

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** An attempt that fails 3-D Secure: its intent stays open, and the buyer has the client secret. */
async function declined(): Promise<{ held: Held; intent: string }> {
  const held = await world.held();
  const { booking } = await pay(held, AUTHENTICATION);
  const intent = await intentOf(world, booking);
  await world.stripe.authenticate(intent, 'fail');
  await untilBooking(held, 'DECLINED');
  await world.countCallsAnew();
  return { held, intent };
}

async function endHold({ reservation }: Held): Promise<void> {
  await runOut(world.platform.db, reservation);
  await world.hurryJobs();
  await world.countCallsAnew();
}

async function refundsOf(intent: string) {
  const { refunds } = await world.stripe.payments();
  return refunds.filter(({ payment_intent }) => payment_intent === intent);
}

/** What the newest attempt with an intent records of its refund. */
async function recorded(intent: string) {
  const { rows } = await world.platform.db.execute(sql`
    select refund_id, refund_status, shared_intent from bookings where intent_id = ${intent} order by created_at desc`);
  return rows[0];
}

describe('a payment past the server that was refunded in the dashboard', () => {
  test('buys nothing when the hold ends', async () => {
    const { held, intent } = await declined();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await dashboard.paymentIntents.confirm(intent, VISA);
    const { id } = await dashboard.refunds.create({ payment_intent: intent });
    await endHold(held);
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    expect(await recorded(intent)).toEqual({
      refund_id: id,
      refund_status: 'succeeded',
      shared_intent: false,
    });
    expect(await countAlarms(world, 'refund-incomplete')).toBe(0);
  });

  test('in part buys nothing, and raises one alarm', async () => {
    const { held, intent } = await declined();
    await world.stripe.setWebhooks({ mode: 'hold' });
    await dashboard.paymentIntents.confirm(intent, VISA);
    await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await endHold(held);
    await world.stripe.setWebhooks({ mode: 'deliver' });
    await world.stripe.releaseWebhooks();
    await world.countCallsAnew();
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    expect(await countAlarms(world, 'refund-incomplete')).toBe(1);
    await dashboard.refunds.create({ payment_intent: intent }); // as the operator does
  });

  test('waits for Stripe to say so', async () => {
    const { held, intent } = await declined();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await dashboard.paymentIntents.confirm(intent, VISA);
    await dashboard.refunds.create({ payment_intent: intent });
    await world.stripe.addFault({ path: '/v1/refunds', method: 'GET', kind: 'error', status: 503, times: 2 });
    await endHold(held);
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    await world.hurryJobs(); // the repetition of the job that failed
    await until(async () => expect(await recorded(intent)).toMatchObject({ shared_intent: false }));
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
  });

  test('does not pay for the next attempt', async () => {
    const { held, intent } = await declined();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await dashboard.paymentIntents.confirm(intent, VISA);
    await dashboard.refunds.create({ payment_intent: intent });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingRefunded' });
    expect(await refundsOf(intent)).toHaveLength(1);
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });
});

test('a payment after 3-D Secure that was refunded before the server saw it buys nothing', async () => {
  const held = await world.held();
  const { booking } = await pay(held, AUTHENTICATION);
  const intent = await intentOf(world, booking);
  await world.stripe.setWebhooks({ mode: 'drop' });
  await world.stripe.authenticate(intent, 'complete');
  await dashboard.refunds.create({ payment_intent: intent });
  await world.hurryJobs();
  await untilBooking(held, 'REFUNDED');
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

describe('a stray payment that the server refunds while another attempt has another intent', () => {
  /** The price changes after the first attempt, so that the second, which waits for 3-D Secure, has an intent of its own. */
  async function withSecondIntent() {
    const { held, intent } = await declined();
    const { id } = keyOf(held.reservation);
    const raisePrice = (by: number) =>
      world.platform.db.execute(sql`
        update reservations set amount_minor = coalesce(amount_minor, amount) + ${by}, amount = null where id = ${id}`);
    await raisePrice(100);
    const amount = { ...held.reservation.total, amount: held.reservation.total.amount + 100 };
    const second = await intentOf(world, (await pay(held, { ...AUTHENTICATION, amount })).booking);
    expect(second).not.toBe(intent);
    await raisePrice(-100); // the auditor compares it with the tickets
    return { held, intent, second };
  }

  test('buys nothing when the hold ends', async () => {
    const { held, intent, second } = await withSecondIntent();
    await dashboard.paymentIntents.confirm(intent, VISA);
    await until(async () => expect(await refundsOf(intent)).toHaveLength(1));
    await world.stripe.authenticate(second, 'fail');
    await untilBooking(held, 'DECLINED');
    await world.countCallsAnew();
    await endHold(held);
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    expect(await refundsOf(intent)).toHaveLength(1);
    expect(await recorded(intent)).toMatchObject({ refund_status: 'succeeded', shared_intent: false });
  });

  test('buys nothing after a crash before the refund is recorded', async () => {
    const { held, intent, second } = await withSecondIntent();
    world.crashAt('stray-refunded');
    await dashboard.paymentIntents.confirm(intent, VISA);
    await until(() => expect(world.crashed()).toBe(true));
    await world.stripe.authenticate(second, 'fail');
    await untilBooking(held, 'DECLINED');
    await endHold(held);
    await until(async () => expect(await recorded(intent)).toMatchObject({ refund_status: 'succeeded' }));
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    expect(await refundsOf(intent)).toHaveLength(1);
  });

  test('buys nothing in a second call, once the refund is due', async () => {
    const { held, intent, second } = await withSecondIntent();
    await world.stripe.addFault({
      path: '/v1/refunds',
      method: 'POST',
      kind: 'error',
      status: 503,
      times: 100,
    });
    await dashboard.paymentIntents.confirm(intent, VISA);
    await until(async () => expect(await recorded(intent)).toMatchObject({ refund_status: 'due' }));
    await world.stripe.authenticate(second, 'fail');
    await untilBooking(held, 'DECLINED');
    await endHold(held);
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    await world.stripe.clearFaults();
    await until(async () => {
      await world.hurryJobs();
      expect(await recorded(intent)).toMatchObject({ refund_status: 'succeeded', shared_intent: false });
    });
    expect(await refundsOf(intent)).toHaveLength(1);
  });

  test('raises one alarm if the bank rejects the refund', async () => {
    const { held, intent, second } = await withSecondIntent();
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_refundFail' });
    await until(async () => expect(await recorded(intent)).toMatchObject({ shared_intent: false }));
    await world.stripe.authenticate(second, 'fail');
    await untilBooking(held, 'DECLINED');
    const before = await countAlarms(world, 'refund-failed');
    const [refund] = await refundsOf(intent);
    await world.stripe.settleRefund(refund!.id, 'failed'); // sends two webhooks
    await world.countCallsAnew();
    expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
    await endHold(held);
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });
    await dashboard.refunds.create({ payment_intent: intent }); // as the operator does
  });
});

test('two calls that settle one late payment sell the tickets once, even if they are returned in between', async () => {
  const held = await world.held();
  await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
  const { booking } = await pay(held, AUTHENTICATION);
  const intent = await intentOf(world, booking);
  await world.stripe.authenticate(intent, 'fail');
  await until(async () => expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' }));
  await world.countCallsAnew();

  const webhook = world.pauseAt('late-payment-found');
  await dashboard.paymentIntents.confirm(intent, VISA);
  await webhook.reached;
  await runOut(world.platform.db, held.reservation);
  await world.hurryJobs();
  const sold = await untilBooking(held, 'CONFIRMED'); // by the job that closes the intent
  await world.stripe.addFault({ path: '/v1/refunds', method: 'GET', kind: 'hold', when: 'after' });
  webhook.resume();
  await world.stripe.untilStalled(); // the webhook has read that there is no refund
  expect(await giveBack(held, sold)).toMatchObject({ __typename: 'BookingCancelled' });
  await world.stripe.releaseStalled();
  await world.countCallsAnew();
  const { viewer } = await held.client.ask(
    'query ($event: ID) { viewer { bookings(event: $event) { nodes { status } } } }',
    { event: held.event.event },
  );
  expect(viewer.bookings.nodes).toEqual([{ status: 'CANCELLED' }, { status: 'DECLINED' }]);
  expect(await refundsOf(intent)).toHaveLength(1);
});

test('a payment without a booking whose refund the bank rejects raises one alarm', async () => {
  const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
  const { event, reservation } = await world.held();
  const { id: intent } = await dashboard.paymentIntents.create({
    amount: 4_200,
    currency: 'eur',
    payment_method: 'pm_card_refundFail',
    allowed_payment_method_types: ['card'],
    confirm: true,
    metadata: { eventId: event.id, reservationId: keyOf(reservation).id, shopId: rows[0]!.id },
  });
  await until(async () => expect(await refundsOf(intent)).toHaveLength(1));
  const before = await countAlarms(world, 'refund-failed');
  const [refund] = await refundsOf(intent);
  await world.stripe.settleRefund(refund!.id, 'failed');
  await world.countCallsAnew();
  expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
  await dashboard.refunds.create({ payment_intent: intent }); // as the operator does
});
