import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import { sweepRefunds } from '../../../src/payments/index.ts';
import type { Alarm } from '../../../src/platform/telemetry/known-labels.ts';
import {
  bookingKey,
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { runOut } from '../../support/holds.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const UNAVAILABLE = {
  path: '/v1/refunds',
  method: 'POST',
  kind: 'error',
  status: 503,
  times: 1_000,
} as const;
const FORBIDDEN = { kind: 'error', status: 403, times: 1_000 } as const;

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** Run every job once more, and return how often the alarm has been raised. */
async function afterRetry(alarm: Alarm): Promise<number> {
  await world.hurryJobs();
  await world.countCallsAnew();
  return countAlarms(world, alarm);
}

const raisedFor = async (alarm: Alarm, subject: string) =>
  (
    await world.platform.db.execute(
      sql`select from payment_alarms where alarm = ${alarm} and subject = ${subject}`,
    )
  ).rows.length;

/** Afterwards the payment is refunded by the next retry, or by the operator. */
async function endWithRefund(intent: string): Promise<void> {
  await world.stripe.clearFaults();
  await until(async () => {
    await world.hurryJobs();
    const { refunds } = await world.stripe.payments();
    expect(refunds.map(({ payment_intent }) => payment_intent)).toContain(intent);
  });
}

async function bought(paymentMethod = 'pm_card_visa') {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod });
  await world.countCallsAnew();
  return { held, booking, intent: await intentOf(world, booking) };
}

/** A payment past the server after a decline. */
async function paidLate(prepare: (intent: string) => Promise<unknown>) {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
  const intent = await intentOf(world, booking);
  await world.countCallsAnew();
  await prepare(intent);
  await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
  return { held, intent };
}

/** Hours since it is due, and alarms by then. */
const ALARMS_AFTER_HOURS = [
  [23, 0],
  [25, 1],
  [50, 1],
] as const;

describe('a refund that Stripe never answers raises one alarm after a day:', () => {
  test('of a Booking', async () => {
    const { held, booking, intent } = await bought();
    const before = await countAlarms(world, 'refund-overdue');
    await world.stripe.addFault(UNAVAILABLE);
    await giveBack(held, booking);
    for (const [hours, alarms] of ALARMS_AFTER_HOURS) {
      await world.platform.db.execute(sql`
        update bookings set updated_at = now() - make_interval(hours => ${hours}) where intent_id = ${intent}`);
      expect(await afterRetry('refund-overdue')).toBe(before + alarms);
    }
    expect(await raisedFor('refund-overdue', bookingKey(booking).id)).toBe(1);
    await endWithRefund(intent);
  });

  test('of a payment without a Booking', async () => {
    const before = await countAlarms(world, 'refund-overdue');
    const { intent } = await paidLate(async (payment) => {
      await world.platform.db.execute(
        sql`update bookings set refund_status = 'due' where intent_id = ${payment}`,
      );
      await world.stripe.addFault(UNAVAILABLE);
    });
    await until(async () => expect(await raisedFor('payment-without-booking', intent)).toBe(1));
    for (const [hours, alarms] of ALARMS_AFTER_HOURS) {
      await world.platform.db.execute(sql`
        update payment_alarms set first_raised_at = now() - make_interval(hours => ${hours})
        where subject = ${intent}`);
      expect(await afterRetry('refund-overdue')).toBe(before + alarms);
    }
    await endWithRefund(intent);
  });
});

describe('a key that Stripe does not authorise raises one alarm, although no retry gets further:', () => {
  test('to read the refunds of a late payment', async () => {
    const { held, intent } = await paidLate(() =>
      world.stripe.addFault({ ...FORBIDDEN, path: '/v1/refunds', method: 'GET' }),
    );
    await runOut(world.platform.db, held.reservation);
    await until(async () => {
      await world.hurryJobs();
      expect(await raisedFor('stripe-unusable', intent)).toBe(1);
    });
    const raised = await countAlarms(world, 'stripe-unusable');
    expect(await afterRetry('stripe-unusable')).toBe(raised);
    await world.stripe.clearFaults();
    await until(async () => {
      await world.hurryJobs();
      expect(await world.findings()).toEqual([]);
    });
  });

  test('to close an intent', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    const intent = await intentOf(world, booking);
    await world.stripe.addFault({ ...FORBIDDEN, path: '/v1/payment_intents/:id/cancel', method: 'POST' });
    await runOut(world.platform.db, held.reservation);
    await until(async () => {
      await world.hurryJobs();
      expect(await raisedFor('stripe-unusable', intent)).toBe(1);
    });
    await world.stripe.clearFaults();
    await until(async () => {
      await world.hurryJobs();
      expect((await dashboard.paymentIntents.retrieve(intent)).status).toBe('canceled');
    });
  });

  test('to list the refunds of a payment', async () => {
    const { held, booking, intent } = await bought();
    await world.stripe.setWebhooks({ mode: 'deliver', types: ['charge.refunded'] });
    await world.stripe.addFault({ ...FORBIDDEN, path: '/v1/refunds', method: 'GET' });
    await dashboard.refunds.create({ payment_intent: intent, amount: 100 });
    await until(async () => {
      await world.hurryJobs();
      expect(await raisedFor('stripe-unusable', intent)).toBe(1);
    });
    await world.stripe.clearFaults();
    await giveBack(held, booking);
  });

  test('to read a refund whose webhook arrives', async () => {
    const { held, booking, intent } = await bought();
    await world.stripe.addFault({ ...FORBIDDEN, path: '/v1/refunds/:id', method: 'GET' });
    const { id } = await dashboard.refunds.create({ payment_intent: intent });
    await until(async () => {
      await world.hurryJobs();
      expect(await raisedFor('stripe-unusable', id)).toBe(1);
    });
    await world.stripe.clearFaults();
    await giveBack(held, booking);
  });

  test.each([
    { status: 401, reason: 'StripeAuthenticationError' },
    { status: 404, code: 'resource_missing', reason: 'resource_missing' },
  ])('to poll a refund: $status', async ({ reason, ...answer }) => {
    const { held, booking, intent } = await bought('pm_card_pendingRefund');
    await world.stripe.setWebhooks({ mode: 'drop' });
    await giveBack(held, booking);
    const { refunds } = await world.stripe.payments();
    const { id } = refunds.find(({ payment_intent }) => payment_intent === intent)!;
    await world.stripe.addFault({ ...FORBIDDEN, path: '/v1/refunds/:id', method: 'GET', ...answer });
    for (let polls = 0; polls < 2; polls++) {
      await world.platform.db.execute(sql`
        update bookings set created_at = now() - interval '30 days', updated_at = now() - interval '25 hours'
        where intent_id = ${intent}`);
      expect(await sweepRefunds(world)).toBe(1);
      await world.countCallsAnew();
    }
    const { rows } = await world.platform.db.execute(
      sql`select alarm, reason from payment_alarms where subject = ${id}`,
    );
    expect(rows).toEqual([{ alarm: 'stripe-unusable', reason }]);
    await world.stripe.clearFaults();
    await world.stripe.settleRefund(id, 'succeeded');
  });
});
