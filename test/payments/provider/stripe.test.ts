import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { PaymentProvider } from '../../../src/payments/provider/payment-provider.ts';
import { openStripe } from '../../../src/payments/provider/stripe.ts';
import { newId } from '../../../src/platform/ids.ts';
import { startStripeEmulator, type StripeEmulator } from '../../../src/stripe-emulator/index.ts';
import { emulatorControl, type EmulatorControl } from '../../support/stripe-control.ts';

let emulator: StripeEmulator;
let control: EmulatorControl;
let stripe: PaymentProvider;
beforeAll(async () => {
  emulator = await startStripeEmulator();
  control = emulatorControl(emulator);
  stripe = open();
});
afterAll(() => emulator?.[Symbol.asyncDispose]());
beforeEach(() => control.clearFaults());

const open = (access: Partial<Parameters<typeof openStripe>[0]> = {}) =>
  openStripe({
    secretKey: emulator.secretKey,
    webhookSecret: emulator.webhookSecret,
    apiUrl: emulator.url,
    timeoutMs: 2_000,
    ...access,
  });

const order = (amount = 5_000) => ({
  price: { amount, currency: 'EUR' },
  metadata: { reservationId: newId(), eventId: newId(), shopId: newId() },
  idempotencyKey: newId(),
});

/** Stripe's SDK, for what happens in the dashboard. */
function dashboard(): Stripe {
  const { hostname: host, port } = new URL(emulator.url);
  return new Stripe(emulator.secretKey, { protocol: 'http', host, port });
}

/** Charge a card by an intent. */
const charge = (intentId: string, paymentMethod: string, attempt: string) =>
  stripe.confirmIntent({
    intentId,
    paymentMethod,
    returnUrl: 'https://shop.example/',
    idempotencyKey: `${intentId}:${attempt}`,
  });

/** Create an intent and charge the card. */
async function attempt(paymentMethod: string, amount?: number) {
  const made = await stripe.createIntent(order(amount));
  if (made.kind !== 'created') throw new Error(`no intent: ${JSON.stringify(made)}`);
  const { intentId } = made;
  const confirm = () => charge(intentId, paymentMethod, 'first');
  return { intentId, bookingId: newId(), confirm, answer: await confirm() };
}

describe('the status of a charge', () => {
  const EXPECTED: Record<string, object> = {
    pm_card_visa: { kind: 'succeeded', justNow: true },
    pm_card_authenticationRequired: {
      kind: 'requires-action',
      clientSecret: expect.stringContaining('_secret_'),
      redirectUrl: expect.stringContaining('http'),
    },
    pm_emulator_processing: { kind: 'processing' },
    pm_card_chargeDeclined: { kind: 'declined', code: 'card_declined', message: 'Your card was declined.' },
    pm_card_chargeDeclinedExpiredCard: { kind: 'declined', code: 'expired_card' },
    pm_emulator_serverError: { kind: 'unknown', needsOperator: false, inProgress: false, replayed: false },
  };
  const REPLAYED: Record<string, object> = {
    pm_card_visa: { justNow: false },
    pm_emulator_serverError: { replayed: true },
  };
  for (const [paymentMethod, expected] of Object.entries(EXPECTED)) {
    test(`of ${paymentMethod} is the same for each request`, async () => {
      const { answer, confirm, intentId } = await attempt(paymentMethod);
      expect(answer).toMatchObject(expected);
      expect(await confirm()).toEqual({ ...answer, ...REPLAYED[paymentMethod] }); // the key replays the response, errors included
      const retrieved = await stripe.retrieveIntent(intentId);
      expect(retrieved).toMatchObject(
        answer.kind === 'unknown' || answer.kind === 'succeeded'
          ? { kind: 'succeeded', justNow: false }
          : expected,
      );
    });
  }

  test('is `unconfirmed` before the charge, and `cancelled` after a cancellation', async () => {
    const made = await stripe.createIntent(order());
    const { intentId } = made as { intentId: string };
    expect(await stripe.retrieveIntent(intentId)).toEqual({ kind: 'unconfirmed' });
    expect(await stripe.cancelIntent(intentId)).toEqual({ kind: 'cancelled' });
    expect(await stripe.cancelIntent(intentId)).toEqual({ kind: 'cancelled' });
    expect(await charge(intentId, 'pm_card_visa', 'late')).toEqual({ kind: 'cancelled' });
  });

  test('is returned by a cancellation that comes too late', async () => {
    const paid = await attempt('pm_card_visa');
    expect(await stripe.cancelIntent(paid.intentId)).toEqual({ kind: 'succeeded', justNow: false });
    const slow = await attempt('pm_emulator_processing');
    expect(await stripe.cancelIntent(slow.intentId)).toEqual({ kind: 'processing' });
    await control.settlePayment(slow.intentId, 'failed');
    expect(await stripe.cancelIntent(slow.intentId)).toEqual({ kind: 'cancelled' });
  });
});

describe('Stripe refuses', () => {
  test('an unknown payment method', async () => {
    const { intentId } = (await stripe.createIntent(order())) as { intentId: string };
    expect(await charge(intentId, 'pm_unknown', 'first')).toMatchObject({
      kind: 'refused',
      param: 'payment_method',
    });
    expect(await charge(intentId, 'pm_card_visa', 'second')).toEqual({ kind: 'succeeded', justNow: true });
  });

  test('an amount below its minimum', async () => {
    expect(await stripe.createIntent(order(1))).toMatchObject({
      kind: 'refused',
      code: 'amount_too_small',
    });
  });

  test('the secret key of another account: the status is unknown, and needs an operator', async () => {
    const otherAccount = open({ secretKey: 'sk_test_another' });
    expect(await otherAccount.createIntent(order())).toMatchObject({
      kind: 'unknown',
      needsOperator: true,
    });
    expect(await stripe.retrieveIntent('pi_of_another_account')).toMatchObject({
      kind: 'unknown',
      needsOperator: true,
    });
    expect(await stripe.cancelIntent('pi_of_another_account')).toMatchObject({
      kind: 'unknown',
      needsOperator: true,
    });
  });
});

describe('the status is unknown', () => {
  test('if the connection is refused', async () => {
    const unreachable = open({ apiUrl: 'http://127.0.0.1:9' });
    expect(await unreachable.createIntent(order())).toMatchObject({ kind: 'unknown' });
    expect(await unreachable.retrieveIntent('pi_1')).toMatchObject({ kind: 'unknown' });
    expect(await unreachable.cancelIntent('pi_1')).toMatchObject({ kind: 'unknown' });
    expect(await unreachable.refundIntent('pi_1', newId())).toMatchObject({ kind: 'unknown' });
    expect(await unreachable.retrieveRefund('re_1')).toMatchObject({ kind: 'unknown', needsOperator: false });
  });

  for (const fault of [
    { kind: 'error', status: 500 },
    { kind: 'error', status: 503 },
    { kind: 'error', status: 429, code: 'rate_limit' },
    { kind: 'drop' },
    { kind: 'hold' },
  ] as const) {
    test(`after the fault ${JSON.stringify(fault)}`, async () => {
      const { intentId } = await attempt('pm_card_visa');
      await control.addFault({ path: '*', times: 100, ...fault });
      const withShortTimeout = open({ timeoutMs: 300 });
      expect(await withShortTimeout.retrieveIntent(intentId)).toMatchObject({ kind: 'unknown' });
      expect(await withShortTimeout.createIntent(order())).toMatchObject({ kind: 'unknown' });
      expect(await withShortTimeout.refundIntent(intentId, newId())).toMatchObject({ kind: 'unknown' });
      await control.clearFaults();
      await control.releaseStalled();
    });
  }

  test('while a concurrent request holds the idempotency key', async () => {
    const request = order();
    await control.addFault({ path: '/v1/payment_intents', kind: 'hold', when: 'after' });
    const first = stripe.createIntent(request);
    await control.untilStalled();
    expect(await stripe.createIntent(request)).toMatchObject({ kind: 'unknown', inProgress: true });
    await control.releaseStalled();
    const made = await first;
    expect(made).toMatchObject({ kind: 'created' });
    expect(await stripe.createIntent(request)).toEqual(made);
  });
});

describe('a refund', () => {
  test('is made once, although the first response is lost and the call is repeated', async () => {
    const { intentId, bookingId } = await attempt('pm_card_visa');
    await control.addFault({
      path: '/v1/refunds',
      method: 'POST',
      kind: 'error',
      status: 500,
      when: 'after',
    });
    const first = await stripe.refundIntent(intentId, bookingId);
    expect(first).toMatchObject({ kind: 'refunded', status: 'succeeded' });
    expect(await stripe.refundIntent(intentId, bookingId)).toEqual(first);
    const { refunds } = await control.payments();
    expect(refunds.filter(({ payment_intent }) => payment_intent === intentId)).toHaveLength(1);
  });

  test('that was made in the dashboard counts', async () => {
    const { intentId, bookingId } = await attempt('pm_card_visa');
    const { id } = await dashboard().refunds.create({ payment_intent: intentId });
    expect(await stripe.refundIntent(intentId, bookingId)).toMatchObject({ kind: 'refunded', refundId: id });
  });

  test('counts with every other one, if there are more than a page of them', async () => {
    const { intentId, bookingId } = await attempt('pm_card_visa', 101);
    const { refunds } = dashboard();
    for (let made = 0; made < 101; made++) await refunds.create({ payment_intent: intentId, amount: 1 });
    expect(await stripe.refundIntent(intentId, bookingId)).toMatchObject({ kind: 'refunded' });
    expect(await stripe.listRefunds(intentId)).toMatchObject({ refunds: { length: 101 } });
    expect(await stripe.retrieveRefunds(intentId)).toMatchObject({ kind: 'found', whole: true });
  });

  test('has its present status, although Stripe repeats the first response', async () => {
    const { intentId, bookingId } = await attempt('pm_card_refundFail');
    const made = await stripe.refundIntent(intentId, bookingId);
    if (made.kind !== 'refunded') throw new Error('not refunded');
    expect(made.status).toBe('succeeded');
    await control.settleRefund(made.refundId, 'failed');
    expect(await stripe.refundIntent(intentId, bookingId)).toEqual({ ...made, status: 'failed' });
  });

  test('of an unpaid intent is refused', async () => {
    const { intentId, bookingId } = await attempt('pm_card_chargeDeclined');
    expect(await stripe.refundIntent(intentId, bookingId)).toMatchObject({ kind: 'refused' });
  });
});
