import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { TEST_PAYMENT_METHODS } from '../../src/stripe-emulator/index.ts';
import { errorOf, idIn, order, startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const { StripeCardError, StripeAPIError, StripeInvalidRequestError } = Stripe.errors;

/** The declines of Stripe's test cards (docs.stripe.com/testing). */
const DECLINES: Record<string, { code: string; decline_code: string; message: RegExp }> = {
  pm_card_chargeDeclined: { code: 'card_declined', decline_code: 'generic_decline', message: /declined/ },
  pm_card_visa_chargeDeclined: {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: /declined/,
  },
  pm_card_chargeCustomerFail: { code: 'card_declined', decline_code: 'generic_decline', message: /declined/ },
  pm_card_chargeDeclinedInsufficientFunds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: /insufficient funds/,
  },
  pm_card_visa_chargeDeclinedInsufficientFunds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: /insufficient funds/,
  },
  pm_card_visa_chargeDeclinedLostCard: {
    code: 'card_declined',
    decline_code: 'lost_card',
    message: /declined/,
  },
  pm_card_visa_chargeDeclinedStolenCard: {
    code: 'card_declined',
    decline_code: 'stolen_card',
    message: /declined/,
  },
  pm_card_chargeDeclinedExpiredCard: { code: 'expired_card', decline_code: '', message: /expired/ },
  pm_card_chargeDeclinedIncorrectCvc: { code: 'incorrect_cvc', decline_code: '', message: /security code/ },
  pm_card_chargeDeclinedProcessingError: { code: 'processing_error', decline_code: '', message: /Try again/ },
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: {
    code: 'card_declined',
    decline_code: 'card_velocity_exceeded',
    message: /amount limit/,
  },
  pm_card_chargeDeclinedFraudulent: {
    code: 'card_declined',
    decline_code: 'fraudulent',
    message: /declined/,
  },
  pm_card_radarBlock: { code: 'card_declined', decline_code: 'fraudulent', message: /declined/ },
};
const AUTHENTICATING = TEST_PAYMENT_METHODS.filter((name) =>
  /threeDSecure|authenticationRequired/.test(name),
);
const EMULATOR_ONLY = TEST_PAYMENT_METHODS.filter((name) => name.startsWith('pm_emulator_'));
const SUCCEEDING = TEST_PAYMENT_METHODS.filter(
  (name) => !(name in DECLINES) && !AUTHENTICATING.includes(name) && !EMULATOR_ONLY.includes(name),
);

describe('cards that succeed', () => {
  test.each(SUCCEEDING)('%s is charged', async (name) => {
    const intent = await world.stripe.paymentIntents.create(order(name, { expand: ['latest_charge'] }));

    expect(intent).toMatchObject({
      status: 'succeeded',
      amount: 12_500,
      amount_received: 12_500,
      latest_charge: { paid: true, captured: true, status: 'succeeded', payment_intent: intent.id },
    });
    // Each use of a test card creates a payment method with another id.
    expect(intent.payment_method).toMatch(/^pm_1\w+$/);
    const method = await world.stripe.paymentMethods.retrieve(idIn(intent.payment_method));
    expect(method).toMatchObject({
      type: 'card',
      card: { last4: expect.stringMatching(/^\d{4}$/) as unknown },
    });
  });
});

describe('cards that are declined', () => {
  test.each(Object.entries(DECLINES))('%s', async (name, { code, decline_code, message }) => {
    const error = await errorOf(world.stripe.paymentIntents.create(order(name)), StripeCardError);

    expect(error).toMatchObject({
      statusCode: 402,
      code,
      decline_code,
      message: expect.stringMatching(message) as unknown,
    });
    expect(error.doc_url).toContain(code.replaceAll('_', '-'));
    const intent = await world.stripe.paymentIntents.retrieve(error.payment_intent!.id);
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      amount_received: 0,
      last_payment_error: { type: 'card_error', code, charge: error.charge },
    });
    const charge = await world.stripe.charges.retrieve(error.charge!);
    expect(charge).toMatchObject({ status: 'failed', paid: false, failure_code: code });
  });

  test('another card can be tried on the same intent', async () => {
    const { payment_intent } = await errorOf(
      world.stripe.paymentIntents.create(order('pm_card_chargeDeclined')),
      StripeCardError,
    );
    const intent = await world.stripe.paymentIntents.confirm(payment_intent!.id, {
      payment_method: 'pm_card_visa',
    });
    expect(intent).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });
});

describe('cards that require authentication', () => {
  test.each(AUTHENTICATING)('%s waits for the buyer', async (name) => {
    const intent = await world.stripe.paymentIntents.create(order(name));
    expect(intent).toMatchObject({
      status: 'requires_action',
      latest_charge: null,
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: { url: `${world.emulator.url}/3ds/${intent.id}`, return_url: null },
      },
    });
  });

  test.each([{ off_session: true }, { error_on_requires_action: true }])(
    'without the buyer they are declined: %o',
    async (without) => {
      const paying = world.stripe.paymentIntents.create(order('pm_card_authenticationRequired', without));
      const error = await errorOf(paying, StripeCardError);
      expect(error).toMatchObject({
        code: 'authentication_required',
        decline_code: 'authentication_required',
        payment_intent: { status: 'requires_payment_method' },
      });
    },
  );
});

describe("the emulator's own cards", () => {
  test('pm_emulator_serverError charges, responds with a 500, and replays it for the key', async () => {
    const paying = () =>
      world.stripe.paymentIntents.create(
        order('pm_emulator_serverError', { metadata: { booking: 'broken' } }),
        {
          idempotencyKey: 'booking-broken',
        },
      );
    const first = await errorOf(paying(), StripeAPIError);
    const second = await errorOf(paying(), StripeAPIError);

    expect(first.statusCode).toBe(500);
    expect(second).toMatchObject({ statusCode: 500, message: first.message });
    expect(second.headers!['idempotent-replayed']).toBe('true');
    // The header stops retries of the SDK: the key would replay the 500.
    expect(first.headers!['stripe-should-retry']).toBe('false');
    const { payment_intents } = await world.control.payments();
    const charged = payment_intents.filter((intent) => intent.metadata['booking'] === 'broken');
    expect(charged.map((intent) => intent.status)).toEqual(['succeeded']);
  });

  test.each([
    ['succeeded', { status: 'succeeded', amount_received: 12_500 }, { status: 'succeeded', paid: true }],
    ['failed', { status: 'requires_payment_method', amount_received: 0 }, { status: 'failed', paid: false }],
  ] as const)('pm_emulator_processing is settled by the control API: %s', async (outcome, intent, charge) => {
    const processing = await world.stripe.paymentIntents.create(order('pm_emulator_processing'));
    expect(processing.status).toBe('processing');
    const cancelling = world.stripe.paymentIntents.cancel(processing.id);
    expect(await errorOf(cancelling, StripeInvalidRequestError)).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });

    await world.control.settlePayment(processing.id, outcome);

    expect(await world.stripe.paymentIntents.retrieve(processing.id)).toMatchObject(intent);
    expect(await world.stripe.charges.retrieve(idIn(processing.latest_charge))).toMatchObject(charge);
    await expect(world.control.settlePayment(processing.id, outcome)).rejects.toThrow(/cannot be settled/);
  });
});

test('an unknown payment method is resource_missing, and creates nothing', async () => {
  const before = await world.control.payments();
  const error = await errorOf(
    world.stripe.paymentIntents.create(order('pm_card_nobody')),
    StripeInvalidRequestError,
  );
  expect(error).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'payment_method' });
  expect(await world.control.payments()).toEqual(before);
});
