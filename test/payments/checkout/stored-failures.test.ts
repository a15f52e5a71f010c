import type Stripe from 'stripe';
import { beforeEach, describe, expect, test } from 'vitest';

import {
  bookingOf,
  giveBack,
  intentOf,
  pay,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf } from '../../support/holds.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

// Stripe stores a failure under its idempotency key, and repeats it for a day.

const CONFIRM = '/v1/payment_intents/:id/confirm';
const REFUNDS = { path: '/v1/refunds', method: 'POST', kind: 'error' } as const;
const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared));

/** Statuses of the intents of a hold, newest first. */
async function intentsOf({ reservation }: Held): Promise<string[]> {
  const { id } = keyOf(reservation);
  const { payment_intents } = await world.stripe.payments();
  return payment_intents
    .filter(({ metadata }) => metadata['reservationId'] === id)
    .map(({ status }) => status);
}

describe('a stored error 500 of the request that charges the card', () => {
  const fail = () => world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 500, stored: true });

  test('ends the attempt once it is repeated, and the next one pays', async () => {
    const held = await world.held();
    await fail();
    expect(await pay(held, { key: 'first' })).toMatchObject({ __typename: 'PaymentPending' });
    expect(await pay(held, { key: 'first' })).toMatchObject({
      __typename: 'PaymentUnavailable',
      reservation: { status: 'HELD' },
    });
    expect(await intentsOf(held)).toEqual(['canceled']);
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await intentsOf(held)).toEqual(['succeeded', 'canceled']);
  });

  test('ends the attempt by the recovery job, if the buyer is gone', async () => {
    const held = await world.held();
    await fail();
    await pay(held);
    await world.hurryJobs();
    await untilBooking(held, 'DECLINED');
    expect(await intentsOf(held)).toEqual(['canceled']);
  });

  test('ends a second attempt, although the intent shows the decline of the first', async () => {
    const held = await world.held();
    await pay(held, DECLINED);
    await fail();
    expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'PaymentPending' });
    expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'PaymentUnavailable' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await intentsOf(held)).toEqual(['succeeded', 'canceled']);
  });

  test('sells the tickets if the charge takes effect after the status was read', async () => {
    const held = await world.held();
    await fail();
    const { booking } = await pay(held, { key: 'late' });
    const path = '/v1/payment_intents/:id';
    await world.stripe.addFault({ path, method: 'GET', kind: 'hold', when: 'after' });
    const again = pay(held, { key: 'late' });
    await world.stripe.untilStalled();
    await dashboard.paymentIntents.confirm(await intentOf(world, booking), {
      payment_method: 'pm_card_visa',
    });
    await world.stripe.releaseStalled();
    expect(await again).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await intentsOf(held)).toEqual(['succeeded']);
  });

  test('does not end an attempt whose key is in use: its first request may still succeed', async () => {
    const held = await world.held();
    await world.stripe.addFault({ path: CONFIRM, kind: 'hold', when: 'after' });
    const paying = pay(held, { key: 'slow' });
    await world.stripe.untilStalled();
    expect(await pay(held, { key: 'slow' })).toMatchObject({ __typename: 'BookingConfirmed' });
    await world.stripe.releaseStalled();
    expect(await paying).toMatchObject({ __typename: 'BookingConfirmed' });
  });
});

describe('a stored failure of a refund', () => {
  let held: Held;
  let booking: { id: string };
  beforeEach(async () => {
    held = await world.held();
    ({ booking } = await pay(held));
    await world.countCallsAnew(); // the webhook of the payment would repeat the refund, too
  });

  test.each([
    ['error 500', { status: 500 }],
    ['refusal', { status: 400, code: 'balance_insufficient' }],
  ])('(%s) does not hold it back for a day', async (_what, failure) => {
    await world.stripe.addFault({ ...REFUNDS, ...failure, stored: true });
    expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
    const refunds = async () => {
      const intent = await intentOf(world, booking);
      const { refunds: all } = await world.stripe.payments();
      return all.filter(({ payment_intent }) => payment_intent === intent);
    };
    expect(await refunds()).toEqual([]);
    await giveBack(held, booking); // looks again, as the recovery job does
    expect(await refunds()).toHaveLength(1);
    await giveBack(held, booking);
    expect(await refunds()).toHaveLength(1);
    expect(await bookingOf(held)).toMatchObject({ status: 'CANCELLED' });
  });
});
