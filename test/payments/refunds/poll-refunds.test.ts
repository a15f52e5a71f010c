import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import { countUnsettledBookings, sweepRefunds } from '../../../src/payments/index.ts';
import {
  bookingKey,
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

// No webhook about a refund arrives; what Stripe says of it is polled.

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

interface Recorded extends Record<string, unknown> {
  id: string | null;
  status: string | null;
}

async function recorded(intent: string): Promise<Recorded | undefined> {
  const { rows } = await world.platform.db.execute<Recorded>(sql`
    select refund_id as id, refund_status as status from bookings where intent_id = ${intent}`);
  return rows[0];
}

/** Let a Booking be so old, and nothing have changed of it for so long. */
const age = (intent: string, createdHours: number, unchangedHours: number) =>
  world.platform.db.execute(sql`
    update bookings set created_at = now() - make_interval(hours => ${createdHours}),
      updated_at = now() - make_interval(hours => ${unchangedHours})
    where intent_id = ${intent}`);

/** Sweep, and wait for the jobs. */
async function sweep(options?: Parameters<typeof sweepRefunds>[1]): Promise<number> {
  const taken = await sweepRefunds(world, { spreadSeconds: 0, ...options });
  await world.countCallsAnew();
  return taken;
}

/** A cancelled Booking whose refund the bank processes; its webhooks are dropped from here on. */
async function refunding(paymentMethod = 'pm_card_pendingRefund') {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  await world.countCallsAnew();
  await world.stripe.setWebhooks({ mode: 'drop' });
  await giveBack(held, booking);
  const intent = await intentOf(world, booking);
  const { id, status } = (await recorded(intent))!;
  if (id === null) throw new Error('the refund is not recorded');
  return { eventId: bookingKey(booking).eventId, intent, id, status };
}

describe('a refund that is pending', () => {
  test('is read once its webhook is six hours late, and not before', async () => {
    const { eventId, intent, id } = await refunding();
    await world.stripe.settleRefund(id, 'succeeded');
    await age(intent, 5, 5);
    expect(await sweep()).toBe(0);
    expect(await recorded(intent)).toEqual({ id, status: 'pending' });
    expect(await countUnsettledBookings(world.platform.db, eventId)).toBe(1);
    await age(intent, 7, 7);
    expect(await sweep()).toBe(1);
    expect(await recorded(intent)).toEqual({ id, status: 'succeeded' });
    expect(await countUnsettledBookings(world.platform.db, eventId)).toBe(0);
    await age(intent, 100, 100);
    expect(await sweep()).toBe(0);
  });

  test('raises the alarm if the bank has rejected it, and once', async () => {
    const { intent, id } = await refunding();
    const before = await countAlarms(world, 'refund-failed');
    await world.stripe.setWebhooks({ mode: 'hold' });
    await world.stripe.settleRefund(id, 'failed');
    await age(intent, 7, 7);
    expect(await sweep()).toBe(1);
    expect(await recorded(intent)).toEqual({ id, status: 'failed' });
    expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
    await world.stripe.setWebhooks({ mode: 'deliver' });
    await world.stripe.releaseWebhooks();
    await world.countCallsAnew();
    expect(await countAlarms(world, 'refund-failed')).toBe(before + 1);
    await dashboard.refunds.create({ payment_intent: intent }); // as the operator does
  });

  test('that stays pending is polled less and less: by the age of its booking, and once a day at most', async () => {
    const { intent, id } = await refunding();
    const calls = async () => (await world.stripe.calls())['GET /v1/refunds/:id'] ?? 0;
    for (const { created, unchanged, polled } of [
      { created: 30, unchanged: 7, polled: 0 },
      { created: 30, unchanged: 8, polled: 1 },
      { created: 90 * 24, unchanged: 23, polled: 0 },
      { created: 90 * 24, unchanged: 25, polled: 1 },
    ]) {
      await age(intent, created, unchanged);
      await world.stripe.resetCalls();
      expect(await sweepRefunds(world)).toBe(polled);
      await until(async () => expect(await calls()).toBe(polled));
      expect(await sweepRefunds(world)).toBe(0); // the next sweep
      await world.countCallsAnew();
    }
    expect(await recorded(intent)).toEqual({ id, status: 'pending' });
    await world.stripe.settleRefund(id, 'succeeded');
    await age(intent, 7, 7);
    await sweep();
  });

  test('is left as it is while Stripe does not answer, and polled again later', async () => {
    const { intent, id } = await refunding();
    await world.stripe.settleRefund(id, 'succeeded');
    await age(intent, 7, 7);
    await world.stripe.addFault({ path: '/v1/refunds/:id', kind: 'error', status: 503, times: 10 });
    expect(await sweep()).toBe(1);
    expect(await recorded(intent)).toEqual({ id, status: 'pending' });
    expect(await sweep()).toBe(0);
    await world.stripe.clearFaults();
    await age(intent, 14, 7);
    expect(await sweep()).toBe(1);
    expect(await recorded(intent)).toEqual({ id, status: 'succeeded' });
  });

  test('is one of a batch, the oldest first; one that another sweep has locked is left to it', async () => {
    const [older, newer] = [await refunding(), await refunding()];
    for (const { id } of [older, newer]) await world.stripe.settleRefund(id, 'succeeded');
    const third = await refunding();
    await world.stripe.settleRefund(third.id, 'succeeded');
    await age(older.intent, 10, 9);
    await age(newer.intent, 10, 8);
    await age(third.intent, 10, 7);
    await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`select from bookings where intent_id = ${older.intent} for update`);
      expect(await sweepRefunds(world, { maxBatch: 1 })).toBe(1);
    });
    await world.countCallsAnew();
    expect([
      await recorded(older.intent),
      await recorded(newer.intent),
      await recorded(third.intent),
    ]).toMatchObject([{ status: 'pending' }, { status: 'succeeded' }, { status: 'pending' }]);
    expect(await sweep()).toBe(2);
    expect(await recorded(third.intent)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a refund that is due', () => {
  /** A payment past the server whose refund was decided, and whose job is lost. */
  async function owed(paymentMethod = 'pm_card_visa') {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    const intent = await intentOf(world, booking);
    await world.countCallsAnew();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await dashboard.paymentIntents.confirm(intent, { payment_method: paymentMethod });
    await world.platform.db.execute(sql`
      update bookings set refund_status = 'due' where intent_id = ${intent}`);
    await age(intent, 7, 7);
    return { intent, eventId: bookingKey(booking).eventId };
  }

  const refundsOf = async (intent: string) =>
    (await world.stripe.payments()).refunds.filter(({ payment_intent }) => payment_intent === intent);

  test('is made, and once', async () => {
    const { intent, eventId } = await owed();
    expect(await countUnsettledBookings(world.platform.db, eventId)).toBe(1);
    expect(await sweep()).toBe(1);
    const [refund] = await refundsOf(intent);
    expect(await recorded(intent)).toEqual({ id: refund!.id, status: 'succeeded' });
    await world.platform.db.execute(sql`
      update bookings set refund_status = 'due', refund_id = null where intent_id = ${intent}`); // a crash before it was recorded
    await age(intent, 14, 7);
    expect(await sweep()).toBe(1);
    expect(await refundsOf(intent)).toHaveLength(1);
    expect(await recorded(intent)).toEqual({ id: refund!.id, status: 'succeeded' });
  });

  test('of an intent of three attempts is one job, and raises each alarm once, like the job that found the payment', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    const intent = await intentOf(world, booking);
    for (let attempt = 2; attempt <= 3; attempt++)
      await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    await world.countCallsAnew();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    await world.platform.db.execute(sql`
      update bookings set refund_status = 'due' where intent_id = ${intent}`); // a crash before the alarm
    await age(intent, 7, 7);
    const refused = { path: '/v1/refunds', method: 'POST', kind: 'error', status: 400 } as const;
    await world.stripe.addFault({ ...refused, code: 'charge_disputed', times: 100 });
    const before = [
      await countAlarms(world, 'payment-without-booking'),
      await countAlarms(world, 'refund-refused'),
    ];
    expect(await sweepRefunds(world, { spreadSeconds: 0 })).toBe(1);
    await until(async () => {
      const raised = sql`select alarm from payment_alarms where subject = ${intent} order by alarm`;
      expect((await world.platform.db.execute(raised)).rows).toEqual([
        { alarm: 'payment-without-booking' },
        { alarm: 'refund-refused' },
      ]);
    });
    await world.countCallsAnew();
    expect([
      await countAlarms(world, 'payment-without-booking'),
      await countAlarms(world, 'refund-refused'),
    ]).toEqual(before.map((count) => count + 1));
    await world.stripe.clearFaults();
    await age(intent, 14, 7);
    expect(await sweep()).toBe(1);
    expect(await refundsOf(intent)).toHaveLength(1);
    const { rows } = await world.platform.db.execute(
      sql`select refund_status from bookings where intent_id = ${intent}`,
    );
    expect(rows).toEqual(Array(3).fill({ refund_status: 'succeeded' }));
  });

  test('is of the rest, if the dashboard has refunded a part', async () => {
    const { intent } = await owed();
    await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await world.stripe.addFault({
      path: '/v1/refunds',
      method: 'POST',
      kind: 'error',
      status: 500,
      stored: true,
    });
    expect(await sweep()).toBe(1);
    expect(await recorded(intent)).toEqual({ id: null, status: 'due' });
    await age(intent, 14, 7);
    expect(await sweep()).toBe(1);
    expect((await refundsOf(intent)).map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([
      100, 9_900,
    ]);
    expect(await recorded(intent)).toMatchObject({ status: 'succeeded' });
  });

  test('is not made for a payment that another attempt accounts for', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    const intent = await intentOf(world, booking);
    await pay(held);
    await world.countCallsAnew();
    await world.platform.db.execute(sql`
      update bookings set refund_status = 'due' where intent_id = ${intent} and step = 'declined'`);
    await age(intent, 7, 7);
    expect(await sweep()).toBe(1);
    expect(await refundsOf(intent)).toEqual([]);
    await world.platform.db.execute(
      sql`update bookings set refund_status = null where intent_id = ${intent}`,
    );
  });
});

test('unsettled refunds are found by an index', async () => {
  const { rows: plan } = await world.platform.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(sql`
      explain select event_id, id from bookings
      where refund_status not in ('succeeded', 'failed', 'canceled') and updated_at < now()
      order by updated_at`);
  });
  expect(JSON.stringify(plan)).toContain('bookings_refund_unsettled');
});
