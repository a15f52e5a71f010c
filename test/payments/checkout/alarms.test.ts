import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { afterEach, describe, expect, test } from 'vitest';

import { reportAlarms } from '../../../src/payments/index.ts';
import type { Alarm } from '../../../src/platform/telemetry/known-labels.ts';
import {
  bookingKey,
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const REFUSED = { path: '/v1/refunds', method: 'POST', kind: 'error', status: 400 } as const;

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

// A job that has failed is repeated without delay, instead of after a growing one.
const untilRepeated = (condition: () => Promise<void>) =>
  until(async () => {
    await world.hurryJobs();
    await condition();
  });

const refundRequests = async (): Promise<number> => (await world.stripe.calls())['POST /v1/refunds'] ?? 0;

async function bought(paymentMethod = 'pm_card_visa') {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  const intent = await intentOf(world, booking);
  await world.countCallsAnew();
  return { held, booking, intent };
}

/** A payment of a Booking that this database has lost, as after restoring it from a backup. */
async function strayPayment(): Promise<string> {
  const { booking } = await bought();
  const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
  const { eventId, id } = bookingKey(booking);
  const metadata = { bookingId: id.replace(/.{8}$/, '00000000'), eventId, shopId: rows[0]!.id };
  const { id: intent } = await dashboard.paymentIntents.create({
    amount: 1_000,
    currency: 'eur',
    metadata,
    confirm: true,
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
  });
  return intent;
}

describe('is raised once for each cause, however often the work is retried:', () => {
  test('the refund of a Booking that Stripe refuses', async () => {
    const { held, booking } = await bought();
    const before = await countAlarms(world, 'refund-refused');
    await world.stripe.addFault({ ...REFUSED, code: 'charge_disputed', times: 1_000 });
    expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
    await untilRepeated(async () => expect(await refundRequests()).toBeGreaterThanOrEqual(5));
    expect(await countAlarms(world, 'refund-refused')).toBe(before + 1);

    // another cause
    await world.stripe.replaceFaults({ ...REFUSED, code: 'insufficient_funds', times: 1_000 });
    const sent = await refundRequests();
    await untilRepeated(async () => expect(await refundRequests()).toBeGreaterThanOrEqual(sent + 5));
    expect(await countAlarms(world, 'refund-refused')).toBe(before + 2);
    await world.stripe.clearFaults();
    await untilRepeated(async () => expect(await world.findings()).toEqual([]));
  });

  test('a payment without a Booking', async () => {
    const before = await countAlarms(world, 'payment-without-booking');
    await world.stripe.addFault({ ...REFUSED, times: 1_000 });
    await world.stripe.resetCalls();
    await strayPayment();
    await untilRepeated(async () => expect(await refundRequests()).toBeGreaterThanOrEqual(5));
    expect(await countAlarms(world, 'payment-without-booking')).toBe(before + 1);
    await world.stripe.clearFaults();
    await untilRepeated(async () => expect(await world.findings()).toEqual([]));
  });

  test('in the gauge that a process which ended before a scrape did not take along', async () => {
    const recent = async () => {
      await reportAlarms(world.platform);
      const { values } = await world.platform.metrics.recentPaymentAlarms.get();
      return values.find(({ labels }) => labels.alarm === 'payment-disputed')!.value;
    };
    const before = await recent();
    const raise = (subject: string, minutesAgo: number) =>
      world.platform.db.execute(sql`
        insert into payment_alarms (alarm, subject, reason, first_raised_at)
        values ('payment-disputed', ${subject}, '', now() - make_interval(mins => ${minutesAgo}))`);
    await raise('dp_recent', 59);
    await raise('dp_of_yesterday', 61);
    expect(await recent()).toBe(before + 1);
  });

  test('a request that Stripe does not authorise', async () => {
    const { held, booking } = await bought();
    const before = await countAlarms(world, 'refund-refused');
    await world.stripe.addFault({ ...REFUSED, status: 401, times: 1_000 });
    await giveBack(held, booking);
    await untilRepeated(async () => expect(await refundRequests()).toBeGreaterThanOrEqual(4));
    expect(await countAlarms(world, 'refund-refused')).toBe(before + 1);
    await world.stripe.clearFaults();
    await untilRepeated(async () => expect(await world.findings()).toEqual([]));
  });
});

/** Keep every Booking of the database from being changed until the work that waits for that has been seen. */
async function whileLocked(work: () => Promise<void>, seen: (pid: number) => Promise<void>): Promise<void> {
  await world.platform.sql.begin(async (tx) => {
    await tx`select from bookings for update`;
    await work();
    await until(async () => {
      const [waiting] = await world.platform.sql<{ pid: number }[]>`
        select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%/* payments.%'`;
      expect(waiting).toBeDefined();
      await seen(waiting!.pid);
    });
  });
}

describe('comes before the commit after which it would not be met again:', () => {
  afterEach(() => world.countCallsAnew());

  async function expectEarly(alarm: Alarm, work: () => Promise<void>): Promise<void> {
    const before = await countAlarms(world, alarm);
    await whileLocked(work, async () => expect(await countAlarms(world, alarm)).toBe(before + 1));
    await world.countCallsAnew();
    expect(await countAlarms(world, alarm)).toBe(before + 1);
  }

  test('a refund in the dashboard', async () => {
    const { held, booking, intent } = await bought();
    await expectEarly('refunded-elsewhere', async () => {
      await dashboard.refunds.create({ payment_intent: intent });
    });
    await giveBack(held, booking);
  });

  test('a refund of the server that the bank rejects', async () => {
    const { held, booking, intent } = await bought('pm_card_refundFail');
    await giveBack(held, booking);
    await world.countCallsAnew();
    const { refunds } = await world.stripe.payments();
    const refund = refunds.find(({ payment_intent }) => payment_intent === intent)!;
    await expectEarly('refund-failed', async () => {
      await world.stripe.settleRefund(refund.id, 'failed');
    });
    await dashboard.refunds.create({ payment_intent: intent }); // another card, or the audit finds the payment kept
    await world.platform.db.execute(
      sql`update bookings set refund_status = 'failed' where intent_id = ${intent}`,
    );
  });

  test('a refund of a late payment that was made in part', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    const intent = await intentOf(world, booking);
    await world.stripe.setWebhooks({ mode: 'hold' });
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await world.stripe.setWebhooks({ mode: 'deliver' });
    await expectEarly('refund-incomplete', () => world.stripe.releaseWebhooks());
    await dashboard.refunds.create({ payment_intent: intent });
  });
});

test('is not raised again if the process ends after the alarm and before that commit', async () => {
  const { held, booking, intent } = await bought();
  const before = await countAlarms(world, 'refunded-elsewhere');
  const refund = async () => void (await dashboard.refunds.create({ payment_intent: intent, amount: 100 }));
  await whileLocked(refund, async (pid) => {
    expect(await countAlarms(world, 'refunded-elsewhere')).toBe(before + 1);
    await world.platform.sql`select pg_terminate_backend(${pid})`;
  });
  await untilRepeated(async () => {
    const { rows } = await world.platform.db.execute(
      sql`select from bookings where intent_id = ${intent} and foreign_refunds is not null`,
    );
    expect(rows).toHaveLength(1);
  });
  expect(await countAlarms(world, 'refunded-elsewhere')).toBe(before + 1);
  await giveBack(held, booking);
});

test('is raised again if the process ends before it is recorded', async () => {
  const { held, booking, intent } = await bought();
  const before = await countAlarms(world, 'refunded-elsewhere');
  world.crashAt('alarm-raised');
  const { id } = await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
  await untilRepeated(async () => {
    const recorded = sql`select from payment_alarms where alarm = 'refunded-elsewhere' and subject = ${id}`;
    expect((await world.platform.db.execute(recorded)).rows).toHaveLength(1);
  });
  await world.countCallsAnew();
  expect(world.crashed()).toBe(true);
  expect(await countAlarms(world, 'refunded-elsewhere')).toBe(before + 2);
  await giveBack(held, booking);
});
