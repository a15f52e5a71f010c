import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import {
  giveBack,
  intentOf,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { keyOf } from '../../support/holds.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';
import { amountsRefunded } from '../../support/stripe-control.ts';

// The dashboard refunds 100 of 10,000; the server owes the rest.

const REFUNDS = { path: '/v1/refunds', method: 'POST', kind: 'error' } as const;
const PAID = 10_000;

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

const refunded = (intent: string) => amountsRefunded(world.stripe, intent);

const FAILURES = [
  { status: 500, stored: true, times: 1 },
  { status: 503, times: 2 },
  { status: 400, code: 'charge_disputed', times: 1 },
];

const refundPart = (payment_intent: string) => dashboard.refunds.create({ payment_intent, amount: 100 });

test.each(FAILURES)(
  'the rest of a payment is refunded, although the first request fails: %j',
  async (failure) => {
    const held = await world.held();
    const { booking } = await pay(held);
    const intent = await intentOf(world, booking);
    await refundPart(intent);
    await world.countCallsAnew();
    await world.stripe.addFault({ ...REFUNDS, ...failure });
    await giveBack(held, booking);
    await world.stripe.clearFaults();
    await world.hurryJobs();
    await world.countCallsAnew();
    await giveBack(held, booking);
    expect(await refunded(intent)).toEqual([100, PAID - 100]);
  },
);

test('the rest is refunded at once, if no request fails, and only the refund in the dashboard raises an alarm', async () => {
  const held = await world.held();
  const { booking } = await pay(held);
  const intent = await intentOf(world, booking);
  const before = await countAlarms(world, 'refunded-elsewhere');
  await refundPart(intent);
  await world.countCallsAnew();
  await giveBack(held, booking);
  await world.countCallsAnew();
  expect(await refunded(intent)).toEqual([100, PAID - 100]);
  expect(await countAlarms(world, 'refunded-elsewhere')).toBe(before + 1);
});

test('the rest of a payment that was refunded in part before the sale is refunded, after an alarm', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  const intent = await intentOf(world, booking);
  await world.countCallsAnew();
  await world.stripe.setWebhooks({ mode: 'hold' });
  await world.stripe.authenticate(intent, 'complete');
  await refundPart(intent);
  const before = await countAlarms(world, 'refund-refused');
  await world.stripe.addFault({ ...REFUNDS, status: 400, code: 'charge_disputed', times: 1 });
  await world.hurryJobs();
  await untilBooking(held, 'REFUNDED'); // also while the refund is due
  await until(async () => expect(await countAlarms(world, 'refund-refused')).toBe(before + 1));
  expect(await refunded(intent)).toEqual([100]);
  await until(async () => {
    await world.hurryJobs();
    expect(await refunded(intent)).toEqual([100, PAID - 100]);
  });
});

describe('the rest of a stray payment is refunded', () => {
  /** A payment for a Reservation without a Booking, whose webhooks are held, and of which the dashboard has refunded a part. */
  async function straying(): Promise<string> {
    const { rows } = await world.platform.db.execute<{ id: string }>(sql`select id from shops`);
    const { event, reservation } = await world.held();
    await world.stripe.setWebhooks({ mode: 'hold' });
    const { id } = await dashboard.paymentIntents.create({
      amount: PAID,
      currency: 'eur',
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
      confirm: true,
      metadata: { eventId: event.id, reservationId: keyOf(reservation).id, shopId: rows[0]!.id },
    });
    await refundPart(id);
    return id;
  }

  async function deliverWebhooks(): Promise<void> {
    await world.stripe.setWebhooks({ mode: 'deliver' });
    await world.stripe.releaseWebhooks();
    await world.countCallsAnew();
  }

  test('at once', async () => {
    const intent = await straying();
    await deliverWebhooks();
    expect(await refunded(intent)).toEqual([100, PAID - 100]);
  });

  test.each(FAILURES)('although the first request fails: %j', async (failure) => {
    const intent = await straying();
    await world.stripe.addFault({ ...REFUNDS, ...failure });
    await deliverWebhooks();
    expect(await refunded(intent)).toEqual([100]);
    await world.stripe.clearFaults();
    await world.hurryJobs(); // the repetition of the job that failed
    await world.countCallsAnew();
    expect(await refunded(intent)).toEqual([100, PAID - 100]);
  });

  test('after a crash before its response was read, and once', async () => {
    const intent = await straying();
    world.crashAt('stray-refunded');
    await deliverWebhooks();
    expect(world.crashed()).toBe(true);
    await world.hurryJobs();
    await world.countCallsAnew();
    expect(await refunded(intent)).toEqual([100, PAID - 100]);
  });
});
