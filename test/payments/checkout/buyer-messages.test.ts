import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { readFailure } from '../../../src/payments/provider/stripe-responses.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import {
  bookingOf,
  intentOf,
  openCheckoutWorld,
  pay,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';

// What a buyer reads of a failure is ours; what Stripe says of it is for developers, and goes to the log.

let world: CheckoutWorld;
const lines: Record<string, unknown>[] = [];
beforeAll(async () => {
  const log = openLog('info', { write: (line) => void lines.push(JSON.parse(line) as never) });
  world = await openCheckoutWorld({ log });
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(() => void (lines.length = 0));

/** What the log has of a failure. */
const logged = (msg: string) => lines.filter((line) => line['msg'] === msg);

test('a failed authentication is told in words for the buyer', async () => {
  const held = await world.held();
  const how = { paymentMethod: 'pm_card_authenticationRequired', key: 'failed authentication' };
  const { booking } = await pay(held, how);
  await world.stripe.authenticate(await intentOf(world, booking), 'fail');
  const { failureMessage } = await untilBooking(held, 'DECLINED');

  expect(failureMessage).toBe('Your bank could not verify that it is you who pays.');
  expect(await pay(held, how)).toMatchObject({
    __typename: 'PaymentDeclined',
    message: `${failureMessage} Nothing was charged.`,
    code: 'payment_intent_authentication_failure',
  });
  expect(logged('payment declined by stripe')).toMatchObject([
    { reason: expect.stringContaining('The provided PaymentMethod has failed authentication.') },
  ]);
});

test.each([
  ['pm_card_chargeDeclined', 'Your card was declined.', 'generic_decline'],
  ['pm_card_visa_chargeDeclinedStolenCard', 'Your card was declined.', 'stolen_card'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'Your card has insufficient funds.', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'Your card has expired.', ''],
  ['pm_card_chargeDeclinedIncorrectCvc', "Your card's security code is incorrect.", ''],
  ['pm_card_chargeDeclinedProcessingError', 'Your card could not be processed.', ''],
  [
    'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
    'Your card was tried too often, or has reached its limit.',
    'card_velocity_exceeded',
  ],
])('%s: %s', async (paymentMethod, words, declineCode) => {
  const held = await world.held();
  expect(await pay(held, { paymentMethod })).toMatchObject({
    message: `${words} Nothing was charged.`,
    booking: { failureMessage: words },
  });
  expect(logged('payment declined by stripe')).toMatchObject([{ declineCode }]);
});

test('an unknown payment method is told without the words of the provider', async () => {
  const held = await world.held();
  expect(await pay(held, { paymentMethod: 'pm_unknown' })).toMatchObject({
    __typename: 'PaymentMethodInvalid',
    message: 'The card or other payment method is missing or not valid. Nothing was charged; enter it again.',
  });
  expect((await bookingOf(held)).failureMessage).toBe('The payment method was not accepted.');
  expect(logged('payment refused by stripe')).toMatchObject([
    { reason: "No such PaymentMethod: 'pm_unknown'" },
  ]);
});

test('an amount that Stripe does not take is told without the words of the provider', async () => {
  const event = await eventOnSale(world.platform, { seats: 20 });
  await world.platform.sql`update price_tiers set amount_minor = 10 where event_id = ${event.id}`;
  const client = await world.as('cheap');
  const reservation = await reserved(client, event.event, { places: [0] });
  expect(await pay({ client, reservation })).toMatchObject({
    code: 'amount_too_small',
    booking: { failureMessage: 'The amount is too small for a card payment.' },
  });
});

test('an amount in another currency is told as such', async () => {
  const held = await world.held();
  const messageFor = async (currency: string) =>
    (await pay(held, { amount: { amount: 10_000, currency } })).message;
  expect(await messageFor('USD')).toBe('The tickets are paid for in EUR, not USD. They cost €100.00.');
  expect(await messageFor('eur')).toBe(
    'The tickets are paid for in EUR: a currency is sent as three upper-case letters, like `EUR`. They cost €100.00.',
  );
});

test('a payment method that was used up is one that Stripe does not accept', () => {
  const error = new Stripe.errors.StripeInvalidRequestError({
    type: 'invalid_request_error',
    message:
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again.',
  });
  expect(readFailure(error)).toMatchObject({ kind: 'refused', param: 'payment_method' });
});
