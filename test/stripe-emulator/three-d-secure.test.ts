import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { order, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let stripe: Stripe;
beforeAll(async () => {
  world = await startWorld();
  ({ stripe } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

const RETURN = 'https://shop.example/back?booking=7';
const start = (card: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create(order(card, { return_url: RETURN, ...more }));

test('completing it succeeds the payment, and redirects to the return URL', async () => {
  const intent = await start('pm_card_threeDSecure2Required');
  const location = await world.control.authenticate(intent.id, 'complete');

  const url = new URL(location!);
  expect(url.origin + url.pathname).toBe('https://shop.example/back');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    booking: '7',
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: 'succeeded',
  });
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'succeeded',
    next_action: null,
    latest_charge: expect.stringMatching(/^ch_/) as unknown,
  });
});

test('after failing it another card can be used', async () => {
  const intent = await start('pm_card_authenticationRequired');
  const location = await world.control.authenticate(intent.id, 'fail');

  expect(new URL(location!).searchParams.get('redirect_status')).toBe('failed');
  const failed = await stripe.paymentIntents.retrieve(intent.id);
  expect(failed).toMatchObject({
    status: 'requires_payment_method',
    next_action: null,
    latest_charge: null,
    last_payment_error: {
      code: 'payment_intent_authentication_failure',
      type: 'invalid_request_error',
      payment_method: { object: 'payment_method' },
    },
  });
  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  expect(paid.status).toBe('succeeded');
});

test('a card can be declined after authentication', async () => {
  const intent = await start('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds');
  const location = await world.control.authenticate(intent.id, 'complete');
  expect(new URL(location!).searchParams.get('redirect_status')).toBe('failed');
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' },
  });
});

test('the page shows the payment, escaped', async () => {
  const intent = await start('pm_card_threeDSecure2Required', {
    description: '<script>alert("Row & Seat")</script>',
  });
  const response = await fetch(intent.next_action!.redirect_to_url!.url!);
  const page = await response.text();
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(page).toContain('$125.00');
  expect(page).toContain('3220');
  expect(page).toContain('&lt;script&gt;alert(&quot;Row &amp; Seat&quot;)&lt;/script&gt;');
  expect(page).toMatch(/<button name="outcome" value="complete">/);
  expect(page).toMatch(/<button name="outcome" value="fail"/);
  expect(page).not.toMatch(/(src|href)=/);
});

test('without a return URL the page shows the result', async () => {
  const intent = await stripe.paymentIntents.create(order('pm_card_threeDSecure2Required'));
  expect(await world.control.authenticate(intent.id, 'complete')).toBeNull();
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});

test('a second submission, or one after a cancellation, has no effect', async () => {
  const intent = await start('pm_card_threeDSecure2Required');
  await world.control.authenticate(intent.id, 'complete');
  await expect(world.control.authenticate(intent.id, 'fail')).rejects.toThrow(/409/);
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');

  const canceled = await start('pm_card_threeDSecure2Required');
  await stripe.paymentIntents.cancel(canceled.id);
  await expect(world.control.authenticate(canceled.id, 'complete')).rejects.toThrow(/409/);
  expect((await stripe.paymentIntents.retrieve(canceled.id)).status).toBe('canceled');

  expect((await fetch(`${world.emulator.url}/3ds/pi_nobody`)).status).toBe(404);
});

test('a pending payment can be confirmed with another card, once that is set', async () => {
  const intent = await start('pm_card_threeDSecure2Required');
  await stripe.paymentIntents.update(intent.id, { payment_method: 'pm_card_visa' });
  const paid = await stripe.paymentIntents.confirm(intent.id, { return_url: RETURN });
  expect(paid.status).toBe('succeeded');
});
