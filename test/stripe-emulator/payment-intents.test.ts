import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { errorOf, order, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let stripe: Stripe;
beforeAll(async () => {
  world = await startWorld();
  ({ stripe } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

const { StripeInvalidRequestError } = Stripe.errors;
const card = { allow_redirects: 'never', enabled: true } as const;

describe('separate requests', () => {
  test('create, update, confirm', async () => {
    const created = await stripe.paymentIntents.create({
      amount: 5_000,
      currency: 'EUR',
      automatic_payment_methods: card,
      description: 'Two tickets',
      metadata: { booking: 'b1', gone: 'soon' },
      payment_method_options: { card: { request_three_d_secure: 'any' } },
    });
    expect(created).toMatchObject({
      status: 'requires_payment_method',
      currency: 'eur',
      payment_method: null,
      client_secret: expect.stringMatching(new RegExp(`^${created.id}_secret_`)) as unknown,
      payment_method_options: { card: { request_three_d_secure: 'any' } },
    });

    const updated = await stripe.paymentIntents.update(created.id, {
      amount: 6_000,
      payment_method: 'pm_card_mastercard',
      metadata: { gone: '', more: 'yes' },
    });
    expect(updated).toMatchObject({
      status: 'requires_confirmation',
      amount: 6_000,
      description: 'Two tickets',
    });
    expect(updated.metadata).toEqual({ booking: 'b1', more: 'yes' });

    const confirmed = await stripe.paymentIntents.confirm(created.id);
    expect(confirmed).toMatchObject({ status: 'succeeded', amount_received: 6_000 });
    expect(await stripe.paymentIntents.retrieve(created.id)).toEqual(confirmed);
  });

  test('authorise, and capture a part', async () => {
    const held = await stripe.paymentIntents.create(order('pm_card_visa', { capture_method: 'manual' }));
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 12_500, amount_received: 0 });
    const tooMuch = stripe.paymentIntents.capture(held.id, { amount_to_capture: 12_501 });
    expect(await errorOf(tooMuch, StripeInvalidRequestError)).toMatchObject({ code: 'amount_too_large' });

    const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 10_000 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 10_000, amount_capturable: 0 });
  });

  test('cancel before the payment, but not after', async () => {
    const open = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    const canceled = await stripe.paymentIntents.cancel(open.id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(canceled.canceled_at).not.toBeNull();

    const paid = await stripe.paymentIntents.create(order('pm_card_visa'));
    for (const id of [open.id, paid.id]) {
      const error = await errorOf(stripe.paymentIntents.cancel(id), StripeInvalidRequestError);
      expect(error).toMatchObject({
        statusCode: 400,
        code: 'payment_intent_unexpected_state',
        payment_intent: { id },
      });
    }
  });

  test('a paid intent cannot be confirmed or change its amount, but its description can change', async () => {
    const paid = await stripe.paymentIntents.create(order('pm_card_visa'));
    const actions = [
      () => stripe.paymentIntents.confirm(paid.id, { payment_method: 'pm_card_visa' }),
      () => stripe.paymentIntents.update(paid.id, { amount: 1_000 }),
      () => stripe.paymentIntents.capture(paid.id),
    ];
    for (const action of actions) {
      const error = await errorOf(action(), StripeInvalidRequestError);
      expect(error.code).toBe('payment_intent_unexpected_state');
    }
    const described = await stripe.paymentIntents.update(paid.id, { metadata: { booking: 'b2' } });
    expect(described).toMatchObject({ status: 'succeeded', metadata: { booking: 'b2' } });
  });
});

describe('rejected requests', () => {
  const malformed: [string, object, { code?: string; param?: string }][] = [
    ['no amount', { currency: 'usd' }, { code: 'parameter_missing', param: 'amount' }],
    ['no currency', { amount: 500 }, { code: 'parameter_missing', param: 'currency' }],
    ['a fraction', { amount: 10.5, currency: 'usd' }, { code: 'parameter_invalid_integer', param: 'amount' }],
    ['a word', { amount: 'ten', currency: 'usd' }, { code: 'parameter_invalid_integer', param: 'amount' }],
    ['nothing', { amount: '', currency: 'usd' }, { code: 'parameter_invalid_empty', param: 'amount' }],
    ['zero', { amount: 0, currency: 'usd' }, { code: 'parameter_invalid_integer', param: 'amount' }],
    [
      'less than zero',
      { amount: -500, currency: 'usd' },
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
    ['49 cents', { amount: 49, currency: 'usd' }, { code: 'amount_too_small', param: 'amount' }],
    ['29 pence', { amount: 29, currency: 'gbp' }, { code: 'amount_too_small', param: 'amount' }],
    ['nine digits', { amount: 100_000_000, currency: 'usd' }, { code: 'amount_too_large', param: 'amount' }],
    ['an unknown currency', { amount: 500, currency: 'zzz' }, { param: 'currency' }],
    [
      'a misspelt parameter',
      { amount: 500, currency: 'usd', ammount: 1 },
      { code: 'parameter_unknown', param: 'ammount' },
    ],
    [
      'a misspelt nested parameter',
      { amount: 500, currency: 'usd', automatic_payment_methods: { enabled: true, redirects: 'no' } },
      { code: 'parameter_unknown', param: 'automatic_payment_methods[redirects]' },
    ],
    ['a doubtful flag', { amount: 500, currency: 'usd', confirm: 'maybe' }, { param: 'confirm' }],
    ['a hash for a text', { amount: { a: 1 }, currency: 'usd' }, { param: 'amount' }],
    [
      'a script to return to',
      { ...order('pm_card_visa'), return_url: 'javascript:alert(1)' },
      { code: 'url_invalid', param: 'return_url' },
    ],
    [
      'metadata too long',
      { amount: 500, currency: 'usd', metadata: { a: 'x'.repeat(501) } },
      { code: 'parameter_too_long', param: 'metadata' },
    ],
    [
      'a confirmation of nothing',
      { amount: 500, currency: 'usd', confirm: true, automatic_payment_methods: card },
      { code: 'payment_intent_unexpected_state' },
    ],
  ];
  test.each(malformed)('%s', async (_name, params, expected) => {
    const before = await world.control.payments();
    const creating = stripe.paymentIntents.create(params as Stripe.PaymentIntentCreateParams);
    const error = await errorOf(creating, StripeInvalidRequestError);
    expect(error).toMatchObject({
      statusCode: 400,
      ...expected,
      requestId: expect.stringMatching(/^req_/) as unknown,
    });
    expect(await world.control.payments()).toEqual(before);
  });

  test('a confirmation that may redirect, without a return URL', async () => {
    const before = await world.control.payments();
    const { automatic_payment_methods: _, ...withRedirects } = order('pm_card_visa');
    const error = await errorOf(stripe.paymentIntents.create(withRedirects), StripeInvalidRequestError);
    expect(error.message).toContain('return_url');
    expect(await world.control.payments()).toEqual(before);

    const paid = await stripe.paymentIntents.create({
      ...withRedirects,
      return_url: 'https://shop.example/back',
    });
    expect(paid.status).toBe('succeeded');
  });

  test('an unknown id', async () => {
    const error = await errorOf(stripe.paymentIntents.retrieve('pi_nobody'), StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent' });
    expect(error.message).toBe("No such payment_intent: 'pi_nobody'");
  });

  test('a wrong or missing secret key', async () => {
    const stranger = new Stripe('sk_test_otherkey_0000', {
      host: '127.0.0.1',
      port: world.emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    const error = await errorOf(stranger.paymentIntents.list(), Stripe.errors.StripeAuthenticationError);
    expect(error).toMatchObject({ statusCode: 401, rawType: 'invalid_request_error' });
    expect(error.message).toContain('Invalid API Key provided');
    expect(error.message).not.toContain('otherkey');

    for (const path of ['/v1/payment_intents', '/v1/nothing', '/_emulator/payments']) {
      const response = await fetch(world.emulator.url + path);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Stripe"');
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    }
    const basic = await fetch(`${world.emulator.url}/v1/payment_intents`, {
      headers: { authorization: `Basic ${btoa(`${world.emulator.secretKey}:`)}` },
    });
    expect(basic.status).toBe(200);
  });

  test('an unknown URL, and bodies that are not forms', async () => {
    const headers = { authorization: `Bearer ${world.emulator.secretKey}` };
    const nowhere = await fetch(`${world.emulator.url}/v1/customers`, { headers });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({
      error: { message: expect.stringContaining('Unrecognized request URL (GET: /v1/customers)') as unknown },
    });
    const xml = await fetch(`${world.emulator.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/xml' },
      body: '<amount>1</amount>',
    });
    expect(xml.status).toBe(415);
    expect(await xml.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    const twisted = await fetch(`${world.emulator.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'amount=1&amount[b]=2&__proto__[polluted]=yes',
    });
    expect(twisted.status).toBe(400);
  });
});

describe('reads', () => {
  test('lists are newest first, paginated, and filtered by creation time', async () => {
    await using quiet = await startWorld();
    const made: string[] = [];
    for (let number = 0; number < 5; number++) {
      const { id } = await quiet.stripe.paymentIntents.create({ amount: 500 + number, currency: 'usd' });
      made.unshift(id);
    }
    const first = await quiet.stripe.paymentIntents.list({ limit: 2 });
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/payment_intents' });
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    const back = await quiet.stripe.paymentIntents.list({ limit: 2, ending_before: made[3]! });
    expect(back.data.map(({ id }) => id)).toEqual(made.slice(1, 3));
    const all = await quiet.stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(made);

    const { created } = all[4]!;
    const since = await quiet.stripe.paymentIntents.list({ created: { gte: created } });
    expect(since.data).toHaveLength(5);
    const before = await quiet.stripe.paymentIntents.list({ created: { lt: created } });
    expect(before.data).toEqual([]);
    const limit = await errorOf(quiet.stripe.paymentIntents.list({ limit: 101 }), StripeInvalidRequestError);
    expect(limit.param).toBe('limit');
  });

  test('ids are expanded on request, also in lists', async () => {
    const paid = await stripe.paymentIntents.create(order('pm_card_amex'));
    const whole = await stripe.paymentIntents.retrieve(paid.id, {
      expand: ['latest_charge.payment_intent', 'payment_method'],
    });
    expect(whole).toMatchObject({
      latest_charge: { object: 'charge', payment_intent: { id: paid.id } },
      payment_method: { card: { brand: 'amex' } },
    });
    const { data } = await stripe.paymentIntents.list({ limit: 1, expand: ['data.latest_charge'] });
    expect(data[0]!.latest_charge).toMatchObject({ object: 'charge' });
    const error = await errorOf(
      stripe.paymentIntents.retrieve(paid.id, { expand: ['amount'] }),
      StripeInvalidRequestError,
    );
    expect(error.message).toContain('cannot be expanded (amount)');
  });

  test('every response has the request id and the API version', async () => {
    const { lastResponse } = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    expect(lastResponse.requestId).toMatch(/^req_\w{14}$/);
    expect(lastResponse.apiVersion).toBe(Stripe.API_VERSION);
  });
});
