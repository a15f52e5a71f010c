import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import {
  giveBack,
  intentOf,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { countAlarms, shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

// The dashboard refunds 100 of 10,000; the server owes the rest.

const REFUNDS = { path: '/v1/refunds', method: 'POST', kind: 'error' } as const;
const PAID = 10_000;

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** Amounts refunded of an intent, smallest first. */
async function refunded(intent: string): Promise<number[]> {
  const { refunds } = await world.stripe.payments();
  return refunds
    .filter(({ payment_intent }) => payment_intent === intent)
    .map(({ amount }) => amount)
    .toSorted((a, b) => a - b);
}

const refundPart = (payment_intent: string) => dashboard.refunds.create({ payment_intent, amount: 100 });

test.each([
  { status: 500, stored: true, times: 1 },
  { status: 503, times: 2 },
  { status: 400, code: 'charge_disputed', times: 1 },
])('the rest of a payment is refunded, although the first request fails: %j', async (failure) => {
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
});

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
