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

const { StripeCardError, StripeRateLimitError } = Stripe.errors;
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
