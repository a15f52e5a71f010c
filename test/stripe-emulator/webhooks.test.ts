import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { errorOf, order, startReceiver, startWorld } from './world.ts';
import type { ReceivedWebhook, Receiver, World } from './world.ts';

let receiver: Receiver;
let world: World;
let stripe: Stripe;
beforeEach(async () => {
  receiver = await startReceiver();
  world = await startWorld({ webhookUrl: receiver.url });
  ({ stripe } = world);
  await world.control.setWebhooks({ retryDelaysMs: [1, 1] });
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const verified = ({ body, signature }: ReceivedWebhook): Stripe.Event =>
  stripe.webhooks.constructEvent(body, signature, world.emulator.webhookSecret);
const types = () => receiver.received.map(({ type }) => type).toSorted();

test('the SDK accepts the signature, and rejects any other', async () => {
  const intent = await stripe.paymentIntents.create(order('pm_card_visa'), { idempotencyKey: 'signed' });
  const delivery = await receiver.next('payment_intent.succeeded');

  const event = verified(delivery);
  expect(event).toMatchObject({
    object: 'event',
    id: expect.stringMatching(/^evt_/) as unknown,
    type: 'payment_intent.succeeded',
    api_version: Stripe.API_VERSION,
    livemode: false,
    pending_webhooks: 1,
    created: expect.any(Number) as unknown,
    request: { id: intent.lastResponse.requestId, idempotency_key: 'signed' },
    data: { object: { id: intent.id, object: 'payment_intent', status: 'succeeded' } },
  });
  const { StripeSignatureVerificationError } = Stripe.errors;
  const { body, signature } = delivery;
  expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow(
    StripeSignatureVerificationError,
  );
  const forged = body.replace('12500', '12600');
  expect(() => stripe.webhooks.constructEvent(forged, signature, world.emulator.webhookSecret)).toThrow(
    StripeSignatureVerificationError,
  );

  await world.control.webhooksSettled();
  const kept = await stripe.events.retrieve(event.id);
  expect(kept).toEqual({ ...event, pending_webhooks: 0 });
});

test('each change of a payment is delivered', async () => {
  const declined = stripe.paymentIntents.create(order('pm_card_chargeDeclined'));
  await errorOf(declined, Stripe.errors.StripeCardError);
  const waiting = await stripe.paymentIntents.create(order('pm_card_threeDSecure2Required'));
  await world.control.authenticate(waiting.id, 'fail');
  await stripe.paymentIntents.cancel(waiting.id);
  const slow = await stripe.paymentIntents.create(order('pm_emulator_processing'));
  await world.control.settlePayment(slow.id, 'succeeded');
  const refund = await stripe.refunds.create({ payment_intent: slow.id });
  await stripe.refunds.update(refund.id, { metadata: { seen: 'yes' } });
  await world.control.webhooksSettled();

  expect(types()).toEqual(
    [
      ...['payment_intent.created', 'payment_intent.payment_failed'],
      ...['payment_intent.created', 'payment_intent.requires_action', 'payment_intent.payment_failed'],
      'payment_intent.canceled',
      ...['payment_intent.created', 'payment_intent.processing', 'payment_intent.succeeded'],
      ...['refund.created', 'charge.refunded', 'refund.updated'],
    ].toSorted(),
  );
  expect(receiver.received.map(verified)).toHaveLength(12);
  const listed = await stripe.events.list({ limit: 100 });
  expect(listed.data.map(({ id }) => id).toSorted()).toEqual(
    receiver.received.map(({ id }) => id).toSorted(),
  );
});

test('a rejected request emits no event', async () => {
  await errorOf(stripe.paymentIntents.create(order('pm_nobody')), Stripe.errors.StripeInvalidRequestError);
  await world.control.webhooksSettled();
  expect(receiver.received).toEqual([]);
  expect((await stripe.events.list()).data).toEqual([]);
});

describe('retries', () => {
  test('a webhook is retried until it is accepted', async () => {
    receiver.respondWith((delivery) =>
      receiver.received.filter(({ id }) => id === delivery.id).length < 3 ? 500 : 204,
    );
    await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    await world.control.webhooksSettled();

    expect(types()).toEqual(Array(3).fill('payment_intent.created'));
    const { deliveries } = await world.control.webhooks();
    expect(deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 204],
    ]);
  });

  test('a webhook is abandoned after the last retry, and a redirect counts as a failure', async () => {
    receiver.respondWith(() => 302);
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    await world.control.webhooksSettled();
    expect(receiver.received).toHaveLength(3); // the first attempt and two retries

    receiver.respondWith(() => 200);
    const redelivered = await world.control.redeliver(receiver.received[0]!.id);
    expect(redelivered).toMatchObject({ status: 200, error: null });
    expect(verified(receiver.received.at(-1)!).data.object).toMatchObject({ id });
  });

  test('a refused connection is reported, and a later receiver gets the event', async () => {
    const { url } = receiver;
    await world.control.setWebhooks({ url: 'http://127.0.0.1:1/refused', retryDelaysMs: [] });
    await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    await world.control.webhooksSettled();
    const { deliveries } = await world.control.webhooks();
    expect(deliveries).toMatchObject([{ status: null, error: expect.any(String) as unknown }]);

    await world.control.setWebhooks({ url });
    await world.control.redeliver(deliveries[0]!.event);
    expect(types()).toEqual(['payment_intent.created']);
  });
});

describe('delivery behaviour', () => {
  test('duplicates have the same id', async () => {
    await world.control.setWebhooks({ copies: 3 });
    await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    await world.control.webhooksSettled();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  });

  test('held webhooks are sent when released, in any order', async () => {
    await world.control.setWebhooks({ mode: 'hold' });
    await stripe.paymentIntents.create(order('pm_card_visa'));
    const { held } = await world.control.webhooks();
    expect(held.map(({ type }) => type)).toEqual(['payment_intent.created', 'payment_intent.succeeded']);
    await world.control.webhooksSettled();
    expect(receiver.received).toEqual([]);

    await world.control.releaseWebhooks(held.map(({ id }) => id).reverse());
    expect(receiver.received.map(({ type }) => type)).toEqual([
      'payment_intent.succeeded',
      'payment_intent.created',
    ]);
  });

  test('some types are held, the others are delivered', async () => {
    await world.control.setWebhooks({ mode: 'hold', types: ['payment_intent.succeeded'] });
    await stripe.paymentIntents.create(order('pm_card_visa'));
    await world.control.webhooksSettled();
    expect(types()).toEqual(['payment_intent.created']);
  });

  test('dropped webhooks are never sent, but their events are stored', async () => {
    await world.control.setWebhooks({ mode: 'drop' });
    await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    await world.control.setWebhooks({ mode: 'deliver' });
    await stripe.paymentIntents.create({ amount: 600, currency: 'usd' });
    await world.control.webhooksSettled();
    expect(receiver.received).toHaveLength(1);
    expect((await stripe.events.list()).data).toHaveLength(2);
  });
});

describe('before the response', () => {
  test('pm_emulator_webhookFirst delivers before the response', async () => {
    const order_of_things: string[] = [];
    receiver.respondWith(({ type }) => {
      order_of_things.push(type);
      return 200;
    });
    await stripe.paymentIntents.create(order('pm_emulator_webhookFirst'));
    order_of_things.push('answer');
    expect(order_of_things).toHaveLength(3);
    expect(order_of_things[2]).toBe('answer');
  });

  test('the response waits for a slow receiver', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    receiver.respondWith(() => promise);
    let answered = false;
    const paying = stripe.paymentIntents.create(order('pm_emulator_webhookFirst')).finally(() => {
      answered = true;
    });
    const event = verified(await receiver.next('payment_intent.succeeded'));
    const { id } = event.data.object as Stripe.PaymentIntent;
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
    expect(answered).toBe(false);
    resolve(200);
    expect((await paying).id).toBe(id);
  });
});
