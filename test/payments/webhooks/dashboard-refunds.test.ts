import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import {
  bookingOf,
  giveBack,
  intentOf,
  pay,
  payAndCrash,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };
const TYPES = ['refund.created', 'charge.refunded', 'refund.updated'];

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

const alarms = () => countAlarms(world, 'refunded-elsewhere');

/** The held webhooks about refunds, by type. */
async function heldEvents(): Promise<Record<string, string>> {
  const { held } = await world.stripe.webhooks();
  return Object.fromEntries(held.map(({ id, type }) => [type, id]));
}

/** Deliver held webhooks one by one, each handled before the next. */
async function deliver(events: readonly string[]): Promise<void> {
  for (const event of events) {
    await world.stripe.releaseWebhooks([event]);
    await world.countCallsAnew();
  }
}

/** Drop what is held, so that the next test begins without it. */
async function dropHeld(): Promise<void> {
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await world.countCallsAnew();
}

async function bought(paymentMethod = 'pm_card_visa') {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  const intent = await intentOf(world, booking);
  await world.countCallsAnew();
  await world.stripe.setWebhooks({ mode: 'hold' });
  return { held, booking, intent };
}

/** Refund in the dashboard, and write a note on the refund, which is an update. */
async function refund(payment_intent: string, amount?: number): Promise<Stripe.Refund> {
  const made = await dashboard.refunds.create({ payment_intent, ...(amount !== undefined && { amount }) });
  return dashboard.refunds.update(made.id, { metadata: { note: 'by phone' } });
}

describe('a refund in the dashboard of a confirmed booking', () => {
  test.each(TYPES)('raises one alarm if only %s arrives', async (type) => {
    const { held, booking, intent } = await bought();
    const before = await alarms();
    await refund(intent);
    await deliver([(await heldEvents())[type]!]);
    expect(await alarms()).toBe(before + 1);
    expect(await bookingOf(held)).toMatchObject({ status: 'CONFIRMED' });
    expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
    await dropHeld();
    expect(await alarms()).toBe(before + 1);
  });

  test('raises one alarm in every order of its events, and none when they are repeated', async () => {
    for (const order of permutations(TYPES)) {
      const { held, booking, intent } = await bought();
      const before = await alarms();
      await refund(intent, 100);
      const events = await heldEvents();
      await deliver(order.map((type) => events[type]!));
      expect(await alarms(), order.join(', ')).toBe(before + 1);
      await world.platform.db.execute(sql`delete from webhook_events`); // so that none is a duplicate
      for (const type of order) await world.stripe.redeliver(events[type]!);
      await world.countCallsAnew();
      expect(await alarms()).toBe(before + 1);
      expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' }); // refunds the rest
      await dropHeld();
      expect(await alarms()).toBe(before + 1);
    }
  });

  test('raises an alarm for each of two', async () => {
    const { held, booking, intent } = await bought();
    const before = await alarms();
    await refund(intent, 100);
    await refund(intent, 200);
    await deliver([(await heldEvents())['charge.refunded']!]);
    expect(await alarms()).toBe(before + 2);
    await dropHeld();
    await giveBack(held, booking);
    expect(await alarms()).toBe(before + 2);
  });

  test('raises the alarm of a failed refund, too, if the bank rejects it later', async () => {
    const { held, intent } = await bought('pm_card_refundFail');
    const before = { elsewhere: await alarms(), failed: await countAlarms(world, 'refund-failed') };
    const { id } = await refund(intent);
    await dropHeld();
    await world.stripe.settleRefund(id, 'failed'); // sends two webhooks
    await world.countCallsAnew();
    expect(await alarms()).toBe(before.elsewhere + 1);
    expect(await countAlarms(world, 'refund-failed')).toBe(before.failed + 1);
    expect(await bookingOf(held)).toMatchObject({ status: 'CONFIRMED' });
  });
});

describe('a refund by the server', () => {
  test('raises no alarm', async () => {
    const { held, booking } = await bought();
    const before = await alarms();
    await giveBack(held, booking);
    await dropHeld();
    expect(await alarms()).toBe(before);
  });

  test('raises none if its event arrives before the response, while Stripe does not list refunds', async () => {
    const { held, booking } = await bought();
    await dropHeld();
    const before = await alarms();
    await world.stripe.addFault({ path: '/v1/refunds', method: 'GET', kind: 'error', status: 503, times: 4 });
    await world.stripe.addFault({ path: '/v1/refunds', method: 'POST', kind: 'hold', when: 'after' });
    const cancelling = giveBack(held, booking);
    await world.stripe.untilStalled();
    await until(async () => {
      const { rows } = await world.platform.db.execute(
        sql`select from graphile_worker.jobs where key like 'webhook:%' and last_error like '%not settled%'`,
      );
      expect(rows).not.toHaveLength(0);
    });
    await world.stripe.clearFaults();
    await world.stripe.releaseStalled();
    expect(await cancelling).toMatchObject({ __typename: 'BookingCancelled' });
    await world.hurryJobs();
    await world.countCallsAnew();
    expect(await alarms()).toBe(before);
  });
});

describe('a payment that is refunded in the dashboard before the sale', () => {
  /** A first attempt, less than a minute old, whose payment has succeeded; no webhook of it arrives. */
  async function authenticated(): Promise<{ held: Held; intent: string }> {
    const held = await world.held();
    const { booking } = await pay(held, AUTHENTICATION);
    const intent = await intentOf(world, booking);
    await world.countCallsAnew();
    await world.stripe.setWebhooks({ mode: 'hold' });
    await world.stripe.authenticate(intent, 'complete');
    return { held, intent };
  }

  test.each(TYPES)('buys nothing if %s comes first', async (type) => {
    const { held, intent } = await authenticated();
    const before = await alarms();
    await refund(intent);
    await deliver([(await heldEvents())[type]!]);
    expect(await bookingOf(held)).toMatchObject({ status: 'REFUNDED' });
    await dropHeld();
    expect(await alarms()).toBe(before);
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('raises the alarm if the refunds were read already', async () => {
    const { held, intent } = await authenticated();
    const before = await alarms();
    await world.stripe.addFault({ path: '/v1/refunds', method: 'GET', kind: 'hold', when: 'after' });
    await world.hurryJobs(); // the recovery job
    await world.stripe.untilStalled();
    await refund(intent);
    await world.stripe.releaseStalled();
    const booking = await untilBooking(held, 'CONFIRMED');
    expect(await alarms()).toBe(before);
    await dropHeld();
    expect(await alarms()).toBe(before + 1);
    await giveBack(held, booking);
  });

  test('buys nothing if its server died before it was stored', async () => {
    const held = await world.held();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await payAndCrash(world, held, 'charged');
    await dashboard.refunds.create({ payment_intent: await intentOf(world, await bookingOf(held)) });
    await world.hurryJobs();
    await untilBooking(held, 'REFUNDED');
  });
});

test('a sale reads refunds unless its own request has just charged the card', async () => {
  await world.countCallsAnew();
  await world.stripe.setWebhooks({ mode: 'drop' }); // one that comes during the sale would read them
  expect(await pay(await world.held())).toMatchObject({ __typename: 'BookingConfirmed' });
  expect((await world.stripe.calls())['GET /v1/refunds']).toBeUndefined();
  await world.stripe.setWebhooks({ mode: 'deliver' });
  const other = await world.held();
  const { booking } = await pay(other, AUTHENTICATION);
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  await untilBooking(other, 'CONFIRMED');
  expect((await world.stripe.calls())['GET /v1/refunds']).toBe(1);
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
