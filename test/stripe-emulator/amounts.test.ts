import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { errorOf, order, startWorld, type World } from './world.ts';

const { StripeInvalidRequestError } = Stripe.errors;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const create = (amount: number, currency: string) => world.stripe.paymentIntents.create({ amount, currency });

test.each([
  ['usd', 100_000_000, 'amount_too_large'],
  ['idr', 1_000_000_000_000, 'amount_too_large'],
  ['cop', 10_000_000_000, 'amount_too_large'],
  ['inr', 1_000_000_000, 'amount_too_large'],
  ['kwd', 490, 'amount_too_small'],
  ['kwd', 1_255, 'parameter_invalid_integer'],
  ['isk', 5_050, 'parameter_invalid_integer'],
  ['isk', 4_900, 'amount_too_small'],
  ['jpy', 49, 'amount_too_small'],
  ['czk', 1_499, 'amount_too_small'],
  ['ars', 49, 'amount_too_small'],
])('a charge of %s %i is refused: %s', async (currency, amount, code) => {
  expect(await errorOf(create(amount, currency), StripeInvalidRequestError)).toMatchObject({
    code,
    param: 'amount',
  });
});

test.each(['irr', 'cup', 'dem', 'xxx'])('a charge in %s is refused', async (currency) => {
  expect(await errorOf(create(5_000, currency), StripeInvalidRequestError)).toMatchObject({
    param: 'currency',
  });
});

test.each([
  ['idr', 999_999_999_999],
  ['huf', 17_501],
  ['twd', 5_050],
  ['mga', 50],
  ['kwd', 1_250],
  ['isk', 5_000],
])('%s %i can be charged', async (currency, amount) => {
  expect(await create(amount, currency)).toMatchObject({ amount, currency });
});

test('a refund or a capture in thousandths ends in 0, too', async () => {
  const paid = await world.stripe.paymentIntents.create(order('pm_card_visa', { currency: 'kwd' }));
  const refund = world.stripe.refunds.create({ payment_intent: paid.id, amount: 1_255 });
  expect(await errorOf(refund, StripeInvalidRequestError)).toMatchObject({ param: 'amount' });
  expect(await world.stripe.refunds.create({ payment_intent: paid.id, amount: 1_250 })).toMatchObject({
    amount: 1_250,
  });

  const authorised = await world.stripe.paymentIntents.create(
    order('pm_card_visa', { currency: 'kwd', capture_method: 'manual' }),
  );
  const capture = world.stripe.paymentIntents.capture(authorised.id, { amount_to_capture: 1_255 });
  expect(await errorOf(capture, StripeInvalidRequestError)).toMatchObject({ param: 'amount_to_capture' });
});

test('a message shows the amount that is meant', async () => {
  const error = await errorOf(create(4_900, 'isk'), StripeInvalidRequestError);
  expect(error.message.replaceAll('\u00A0', ' ')).toBe('Amount must be at least ISK 50.00 isk');
});
