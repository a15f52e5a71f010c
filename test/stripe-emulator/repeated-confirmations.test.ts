import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { errorOf, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let stripe: Stripe;
beforeAll(async () => {
  world = await startWorld();
  ({ stripe } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

const { StripeCardError, StripeInvalidRequestError, StripeRateLimitError } = Stripe.errors;
const open = () =>
  stripe.paymentIntents.create({ amount: 900, currency: 'usd', allowed_payment_method_types: ['card'] });
const decline = (id: string) =>
  errorOf(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }), StripeCardError);

test('a declined intent is confirmed again with another card, and each attempt is a charge', async () => {
  const { id } = await open();
  const first = await decline(id);
  expect(first.payment_intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
  const paid = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
  expect(paid.latest_charge).not.toBe(first.payment_intent!.latest_charge);
  expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(2);
});

test('two requests cannot change one intent at once, and the second can be repeated under its key', async () => {
  const { id } = await open();
  const paying = stripe.paymentIntents.confirm(id, { payment_method: 'pm_emulator_stall' });
  await world.control.untilStalled();
  const again = () => stripe.paymentIntents.cancel(id, {}, { idempotencyKey: 'cancel' });
  expect(await errorOf(again(), StripeRateLimitError)).toMatchObject({
    statusCode: 429,
    code: 'lock_timeout',
  });
  await world.control.releaseStalled();
  expect(await paying).toMatchObject({ status: 'succeeded' });
  expect(await errorOf(again(), Stripe.errors.StripeInvalidRequestError)).toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
});

test('an intent that was confirmed too often is cancelled', async () => {
  const { id } = await open();
  for (let attempt = 0; attempt < 10; attempt++) await decline(id);
  const last = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  expect(last).toMatchObject({ status: 'canceled' });
});

test('an intent that waits for 3-D Secure is not confirmed again, until another payment method is set', async () => {
  const { id } = await open();
  await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_authenticationRequired' });
  for (const params of [{}, { payment_method: 'pm_card_visa' }]) {
    const error = await errorOf(stripe.paymentIntents.confirm(id, params), StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    expect(error.payment_intent).toMatchObject({ id, status: 'requires_action' });
  }
  const changed = await stripe.paymentIntents.update(id, { payment_method: 'pm_card_visa' });
  expect(changed).toMatchObject({ status: 'requires_confirmation', next_action: null });
  expect(await stripe.paymentIntents.confirm(id)).toMatchObject({ status: 'succeeded' });
});

test.each([
  ['an amount', { amount: 1_000 }],
  ['a payment method', { payment_method: 'pm_card_visa' }],
])('the error of updating %s too late names it as the parameter', async (_what, change) => {
  const { id } = await open();
  await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  const [param] = Object.keys(change);
  expect(await errorOf(stripe.paymentIntents.update(id, change), StripeInvalidRequestError)).toMatchObject({
    code: 'payment_intent_unexpected_state',
    param,
    message: `This PaymentIntent's ${param} could not be updated because it has a status of succeeded. You may only update the ${param} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
  });
});

test('the error of confirming a cancelled intent with a payment method names it as the parameter', async () => {
  const { id } = await open();
  await stripe.paymentIntents.cancel(id);
  const confirming = stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  expect(await errorOf(confirming, StripeInvalidRequestError)).toMatchObject({
    code: 'payment_intent_unexpected_state',
    param: 'payment_method',
    payment_intent: { id, status: 'canceled' },
  });
});

test('a confirmation by hand, after each action of the buyer, is not emulated and refused', async () => {
  const manual = stripe.paymentIntents.create({
    amount: 900,
    currency: 'usd',
    confirmation_method: 'manual',
  });
  expect(await errorOf(manual, StripeInvalidRequestError)).toMatchObject({ param: 'confirmation_method' });
});
