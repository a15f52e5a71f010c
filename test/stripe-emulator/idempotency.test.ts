import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { errorOf, order, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let stripe: Stripe;
beforeAll(async () => {
  world = await startWorld();
  ({ stripe } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

const { StripeCardError, StripeAPIError, StripeIdempotencyError, StripeInvalidRequestError } = Stripe.errors;
const headersOf = ({ lastResponse }: { lastResponse: { headers: object } }) =>
  lastResponse.headers as Record<string, string>;

test('a retry with the same key and parameters in any order is replayed', async () => {
  const key = { idempotencyKey: 'twice' };
  const first = await stripe.paymentIntents.create(
    { amount: 900, currency: 'usd', metadata: { a: '1', b: '2' } },
    key,
  );
  const second = await stripe.paymentIntents.create(
    { metadata: { b: '2', a: '1' }, currency: 'usd', amount: 900 },
    key,
  );

  expect(second).toEqual(first);
  expect(headersOf(first)['idempotent-replayed']).toBeUndefined();
  expect(headersOf(second)).toMatchObject({
    'idempotent-replayed': 'true',
    'idempotency-key': 'twice',
    'original-request': first.lastResponse.requestId,
  });
  expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
});

test('a decline is replayed, too, and the card is not charged again', async () => {
  const paying = () =>
    stripe.paymentIntents.create(order('pm_card_chargeDeclined'), { idempotencyKey: 'declined' });
  const first = await errorOf(paying(), StripeCardError);
  const second = await errorOf(paying(), StripeCardError);

  expect(second.headers!['idempotent-replayed']).toBe('true');
  expect(second.payment_intent!.id).toBe(first.payment_intent!.id);
  expect((await stripe.charges.list({ payment_intent: first.payment_intent!.id })).data).toHaveLength(1);
});

test('the same key with other parameters or another endpoint is rejected', async () => {
  const key = { idempotencyKey: 'changed' };
  const { id } = await stripe.paymentIntents.create({ amount: 900, currency: 'usd' }, key);
  const other = await errorOf(
    stripe.paymentIntents.create({ amount: 901, currency: 'usd' }, key),
    StripeIdempotencyError,
  );
  expect(other).toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('same parameters') as unknown,
  });
  const elsewhere = await errorOf(stripe.paymentIntents.cancel(id, {}, key), StripeIdempotencyError);
  expect(elsewhere.message).toContain('same endpoint');
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method');
});

test('a concurrent request with the same key is a conflict until the first one has its response', async () => {
  const key = { idempotencyKey: 'at-once' };
  const paying = () => stripe.paymentIntents.create(order('pm_emulator_stall'), key);
  const first = paying();
  await world.control.untilStalled();

  const second = await errorOf(paying(), StripeAPIError);
  expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });

  await world.control.releaseStalled();
  expect(await paying()).toEqual(await first);
});

test('an error before the endpoint runs does not use up the key', async () => {
  const key = { idempotencyKey: 'mended' };
  const mistaken = { amount: 'x', currency: 'usd' } as unknown as Stripe.PaymentIntentCreateParams;
  await errorOf(stripe.paymentIntents.create(mistaken, key), StripeInvalidRequestError);
  const mended = await stripe.paymentIntents.create({ amount: 900, currency: 'usd' }, key);
  expect(mended.amount).toBe(900);
});

test('an error of the endpoint is replayed, even when a new attempt would succeed', async () => {
  const intent = await stripe.paymentIntents.create(order('pm_emulator_processing'));
  const refunding = () =>
    stripe.refunds.create({ payment_intent: intent.id }, { idempotencyKey: 'too-early' });
  await errorOf(refunding(), StripeInvalidRequestError);
  await world.control.settlePayment(intent.id, 'succeeded');
  const error = await errorOf(refunding(), StripeInvalidRequestError);
  expect(error.headers!['idempotent-replayed']).toBe('true');
});

test('a hundred concurrent requests with one key charge once', async () => {
  const paying = () =>
    stripe.paymentIntents.create(order('pm_card_visa', { metadata: { race: 'yes' } }), {
      idempotencyKey: 'race',
    });
  const answers = await Promise.all(Array.from({ length: 100 }, paying));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  const { payment_intents } = await world.control.payments();
  expect(payment_intents.filter(({ metadata }) => metadata['race'] === 'yes')).toHaveLength(1);
});

test('keys have a maximum length', async () => {
  const creating = stripe.paymentIntents.create(
    { amount: 900, currency: 'usd' },
    { idempotencyKey: 'k'.repeat(256) },
  );
  expect((await errorOf(creating, StripeInvalidRequestError)).message).toContain('255');
});
