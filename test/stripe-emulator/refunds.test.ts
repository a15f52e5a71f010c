import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { errorOf, idIn, order, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let stripe: Stripe;
beforeAll(async () => {
  world = await startWorld();
  ({ stripe } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

const { StripeInvalidRequestError } = Stripe.errors;
const pay = (card = 'pm_card_visa') => stripe.paymentIntents.create(order(card));
const chargeOf = (intent: Stripe.PaymentIntent) => stripe.charges.retrieve(idIn(intent.latest_charge));

test('a full refund', async () => {
  const intent = await pay();
  const refund = await stripe.refunds.create({
    payment_intent: intent.id,
    reason: 'requested_by_customer',
    metadata: { booking: 'b1' },
  });
  expect(refund).toMatchObject({
    object: 'refund',
    status: 'succeeded',
    amount: 12_500,
    currency: 'usd',
    payment_intent: intent.id,
    charge: intent.latest_charge,
    reason: 'requested_by_customer',
    metadata: { booking: 'b1' },
  });
  expect(await stripe.refunds.retrieve(refund.id)).toEqual(refund);
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 12_500, refunded: true });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');

  const again = await errorOf(
    stripe.refunds.create({ payment_intent: intent.id }),
    StripeInvalidRequestError,
  );
  expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
});

test('partial refunds, up to the amount paid', async () => {
  const intent = await pay();
  const first = await stripe.refunds.create({ payment_intent: intent.id, amount: 10_000 });
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 10_000, refunded: false });

  const tooMuch = stripe.refunds.create({ payment_intent: intent.id, amount: 2_501 });
  const error = await errorOf(tooMuch, StripeInvalidRequestError);
  expect(error).toMatchObject({ statusCode: 400, param: 'amount' });
  expect(error.message).toBe('Refund amount ($25.01) is greater than unrefunded amount on charge ($25.00)');

  const rest = await stripe.refunds.create({ charge: idIn(intent.latest_charge) });
  expect(rest.amount).toBe(2_500);
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 12_500, refunded: true });
  const { data } = await stripe.refunds.list({ payment_intent: intent.id });
  expect(data.map(({ id }) => id)).toEqual([rest.id, first.id]);
});

test('twenty concurrent refunds return the amount paid and no more', async () => {
  const intent = await pay();
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => stripe.refunds.create({ payment_intent: intent.id, amount: 1_000 })),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(12);
  expect((await chargeOf(intent)).amount_refunded).toBe(12_000);
});

test('a refund locks its payment until it is answered, and two never return more than was paid', async () => {
  const intent = await pay();
  await world.control.addFault({ path: '/v1/refunds', method: 'POST', kind: 'hold', when: 'after' });
  const first = stripe.refunds.create({ payment_intent: intent.id, amount: 10_000 });
  await world.control.untilStalled();
  const rest = { amount: 2_500 };
  for (const params of [
    { payment_intent: intent.id, ...rest },
    { charge: idIn(intent.latest_charge), ...rest },
  ]) {
    const second = await errorOf(
      stripe.refunds.create(params, { idempotencyKey: `rest${Object.keys(params)[0]}` }),
      Stripe.errors.StripeRateLimitError,
    );
    expect(second).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
  }
  await world.control.releaseStalled();
  expect(await first).toMatchObject({ amount: 10_000 });
  const repeated = await stripe.refunds.create(
    { charge: idIn(intent.latest_charge), ...rest },
    { idempotencyKey: 'restcharge' },
  );
  expect(repeated).toMatchObject(rest); // the key did not replay the refusal
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 12_500, refunded: true });
});

test('an unpaid intent cannot be refunded', async () => {
  const open = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
  const held = await stripe.paymentIntents.create(order('pm_card_visa', { capture_method: 'manual' }));
  for (const params of [
    { payment_intent: open.id },
    { payment_intent: held.id },
    { charge: idIn(held.latest_charge) },
  ]) {
    const error = await errorOf(stripe.refunds.create(params), StripeInvalidRequestError);
    expect(error.message).toContain('does not have a successful charge to refund');
    expect(error.param).toBe(Object.keys(params)[0]);
  }
});

test.each<[string, Stripe.RefundCreateParams, object]>([
  ['nothing named', {}, { statusCode: 400 }],
  [
    'an unknown payment',
    { payment_intent: 'pi_nobody' },
    { code: 'resource_missing', param: 'payment_intent' },
  ],
  ['an unknown charge', { charge: 'ch_nobody' }, { code: 'resource_missing', param: 'charge' }],
  [
    'no amount',
    { payment_intent: 'pi_1', amount: 0 },
    { code: 'parameter_invalid_integer', param: 'amount' },
  ],
  ['a reason of our own', { payment_intent: 'pi_1', reason: 'rain' }, { param: 'reason' }],
])('%s is refused', async (_name, params, expected) => {
  expect(await errorOf(stripe.refunds.create(params), StripeInvalidRequestError)).toMatchObject(expected);
});

test('a pending refund succeeds later', async () => {
  const intent = await pay('pm_card_pendingRefund');
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  expect(refund.status).toBe('pending');
  await world.control.settleRefund(refund.id, 'succeeded');
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
});

test('after a failed refund the charge can be refunded again', async () => {
  const intent = await pay('pm_card_refundFail');
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  await world.control.settleRefund(refund.id, 'failed');
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: 'failed',
    failure_reason: expect.any(String) as unknown,
  });
  expect(await chargeOf(intent)).toMatchObject({ amount_refunded: 0, refunded: false });
  const types = (await stripe.events.list({ types: ['refund.failed', 'refund.updated'] })).data;
  expect(types.slice(0, 2).map(({ type }) => type)).toEqual(['refund.updated', 'refund.failed']);
});

test('the metadata of a refund can be updated', async () => {
  const intent = await pay();
  const { id } = await stripe.refunds.create({ payment_intent: intent.id, metadata: { a: '1' } });
  const updated = await stripe.refunds.update(id, { metadata: { a: '', b: '2' } });
  expect(updated.metadata).toEqual({ b: '2' });
});
