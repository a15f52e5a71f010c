import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { errorOf, order, sdkFor, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let stripe: Stripe;
beforeAll(async () => {
  world = await startWorld();
  ({ stripe } = world);
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => world.control.clearFaults());

const { StripeAPIError, StripeCardError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;
const unconfirmed = (payment_method: string) => {
  const { confirm: _, ...params } = order(payment_method);
  return stripe.paymentIntents.create(params);
};

describe('cards that stall', () => {
  test('the charge succeeds while the response is stalled, and the response is sent when released', async () => {
    const { id } = await unconfirmed('pm_emulator_stall');
    const confirming = stripe.paymentIntents.confirm(id);
    const [stalled] = await world.control.untilStalled();

    expect(stalled).toMatchObject({ method: 'POST', path: `/v1/payment_intents/${id}/confirm` });
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
    expect(await world.control.releaseStalled(stalled!.id)).toBe(1);
    expect((await confirming).status).toBe('succeeded');
    expect(await world.control.stalled()).toEqual([]);
  });

  test('a client that disconnected gets the response by its key', async () => {
    const { id } = await unconfirmed('pm_emulator_stall');
    const key = { idempotencyKey: `confirm-${id}` };
    const hangUp = new AbortController();
    const confirming = fetch(`${world.emulator.url}/v1/payment_intents/${id}/confirm`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.emulator.secretKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        'idempotency-key': key.idempotencyKey,
      },
      signal: hangUp.signal,
    });
    await world.control.untilStalled();
    hangUp.abort();
    await expect(confirming).rejects.toThrow();

    await expect.poll(() => world.control.stalled()).toEqual([]);
    const again = await stripe.paymentIntents.confirm(id, {}, key);
    expect(again.status).toBe('succeeded');
    expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
  });

  test('stall, then decline', async () => {
    const { id } = await unconfirmed('pm_emulator_stallThenDecline');
    const confirming = errorOf(stripe.paymentIntents.confirm(id), StripeCardError);
    await world.control.untilStalled();
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method');
    await world.control.releaseStalled();
    expect((await confirming).code).toBe('card_declined');
  });
});

describe('faults on demand', () => {
  test('only the next calls of a path fail', async () => {
    await world.control.addFault({ path: '/v1/payment_intents', method: 'POST', kind: 'error', times: 2 });
    for (let call = 0; call < 2; call++) {
      const error = await errorOf(stripe.paymentIntents.create(order('pm_card_visa')), StripeAPIError);
      expect(error.statusCode).toBe(500);
      await stripe.paymentIntents.list({ limit: 1 });
    }
    expect((await stripe.paymentIntents.create(order('pm_card_visa'))).status).toBe('succeeded');
  });

  test('the SDK retries a 503 with the same key', async () => {
    await world.control.resetCalls();
    await world.control.addFault({ path: '/v1/payment_intents', kind: 'error', status: 503 });
    const patient = sdkFor(world.emulator, { maxNetworkRetries: 1 });
    expect((await patient.paymentIntents.create(order('pm_card_visa'))).status).toBe('succeeded');
    expect(await world.control.calls()).toEqual({ 'POST /v1/payment_intents': 2 });
  });

  test('an error that is stored is replayed under its key, without an effect', async () => {
    const path = '/v1/payment_intents';
    await world.control.addFault({ path, kind: 'error', status: 500, stored: true });
    const patient = sdkFor(world.emulator, { maxNetworkRetries: 1 });
    const key = { idempotencyKey: 'stored-500' };
    const create = () => patient.paymentIntents.create(order('pm_card_visa'), key);
    const first = await errorOf(create(), StripeAPIError);
    const second = await errorOf(create(), StripeAPIError);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true', 'stripe-should-retry': 'false' });
    expect([first.statusCode, second.statusCode]).toEqual([500, 500]);
    const other = await patient.paymentIntents.create(order('pm_card_visa'), { idempotencyKey: 'another' });
    expect(other.status).toBe('succeeded');
    const after = { path, kind: 'error', when: 'after', stored: true } as const;
    await expect(world.control.addFault(after)).rejects.toThrow(/400/);
  });

  test('rate limit errors', async () => {
    await world.control.addFault({ path: '*', kind: 'error', status: 429, code: 'rate_limit' });
    const error = await errorOf(stripe.paymentIntents.list(), StripeRateLimitError);
    expect(error.code).toBe('rate_limit');
  });

  test('a request whose response is lost took effect once', async () => {
    const { id } = await unconfirmed('pm_card_visa');
    // Twice, because the SDK retries a dropped connection once, even with `maxNetworkRetries: 0`.
    await world.control.addFault({
      path: '/v1/payment_intents/:id/confirm',
      kind: 'drop',
      when: 'after',
      times: 2,
    });
    await errorOf(stripe.paymentIntents.confirm(id), StripeConnectionError);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
    expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
  });

  test('a request that is lost had no effect', async () => {
    const { id } = await unconfirmed('pm_card_visa');
    const path = `/v1/payment_intents/${id}/confirm`;
    await world.control.addFault({ path, kind: 'drop', when: 'before', times: 2 });
    await errorOf(stripe.paymentIntents.confirm(id), StripeConnectionError);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_confirmation');
  });

  test('requests are held before or after the work, until released', async () => {
    for (const [when, status] of [
      ['before', 'requires_confirmation'],
      ['after', 'succeeded'],
    ] as const) {
      const { id } = await unconfirmed('pm_card_visa');
      await world.control.addFault({ path: '/v1/payment_intents/:id/confirm', kind: 'hold', when });
      const confirming = stripe.paymentIntents.confirm(id);
      await world.control.untilStalled();
      expect((await stripe.paymentIntents.retrieve(id)).status).toBe(status);
      await world.control.releaseStalled();
      expect((await confirming).status).toBe('succeeded');
    }
  });

  test('a delayed response is sent after the delay', async () => {
    await world.control.addFault({ path: '*', kind: 'delay', delayMs: 20, when: 'after' });
    expect((await stripe.paymentIntents.create(order('pm_card_visa'))).status).toBe('succeeded');
  });

  test('an invalid fault is rejected', async () => {
    await expect(world.control.addFault({ path: '*', kind: 'explode' as 'drop' })).rejects.toThrow(/400/);
  });
});
