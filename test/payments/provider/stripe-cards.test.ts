import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PaymentProvider } from '../../../src/payments/provider/payment-provider.ts';
import { openStripe } from '../../../src/payments/provider/stripe.ts';
import { chargeLimits } from '../../../src/platform/charge-limits.ts';
import { startStripeEmulator, TEST_PAYMENT_METHODS } from '../../../src/stripe-emulator/index.ts';
import { STRIPE_TEST_KEY } from '../../support/stripe-test-key.ts';

const DECLINED: Readonly<Record<string, string>> = {
  pm_card_chargeDeclined: 'card_declined',
  pm_card_visa_chargeDeclined: 'card_declined',
  pm_card_chargeCustomerFail: 'card_declined',
  pm_card_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_visa_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_visa_chargeDeclinedLostCard: 'card_declined',
  pm_card_visa_chargeDeclinedStolenCard: 'card_declined',
  pm_card_chargeDeclinedExpiredCard: 'expired_card',
  pm_card_chargeDeclinedIncorrectCvc: 'incorrect_cvc',
  pm_card_chargeDeclinedProcessingError: 'processing_error',
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: 'card_velocity_exceeded',
  pm_card_chargeDeclinedFraudulent: 'card_declined',
  pm_card_radarBlock: 'card_declined',
};

/** What a card gives: the kind of the status, and the code of a decline. */
function expectedOf(card: string): string {
  if (card in DECLINED) return `declined: ${DECLINED[card]}`;
  return /threeDSecure|authenticationRequired/.test(card) ? 'requires-action' : 'succeeded';
}

const CARDS = TEST_PAYMENT_METHODS.filter((card) => card.startsWith('pm_card_'));

/** Currencies whose smallest amount is charged by test cards of an account anywhere, one of each number of decimals. */
const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'JPY', 'HUF', 'ISK', 'MGA'];

const SERVERS = [
  ['the emulator', null],
  ...(STRIPE_TEST_KEY === null ? [] : [['Stripe’s test mode', STRIPE_TEST_KEY] as const]),
] as const;

describe.each(SERVERS)('%s', (_name, secretKey) => {
  const stack = new AsyncDisposableStack();
  let provider: PaymentProvider;
  beforeAll(async () => {
    const own = secretKey === null ? stack.use(await startStripeEmulator()) : null;
    provider = openStripe({
      secretKey: secretKey ?? own!.secretKey,
      webhookSecret: 'whsec_none',
      apiUrl: own?.url ?? null,
    });
  });
  afterAll(() => stack.disposeAsync());

  const create = (amount: number, currency: string) =>
    provider.createIntent({
      price: { amount, currency },
      metadata: { reservationId: randomUUID(), eventId: randomUUID(), shopId: 'stripe-cards' },
      idempotencyKey: randomUUID(),
    });

  async function charge(card: string): Promise<string> {
    const created = await create(12_500, 'EUR');
    if (created.kind !== 'created') return JSON.stringify(created);
    const status = await provider.confirmIntent({
      ...{ intentId: created.intentId, paymentMethod: card, idempotencyKey: randomUUID() },
      returnUrl: 'https://tickets.example.com/back',
    });
    if (status.kind === 'succeeded') {
      const refund = await provider.refundIntent(created.intentId, randomUUID());
      if (refund.kind !== 'refunded') return JSON.stringify(refund);
    } else await provider.cancelIntent(created.intentId);
    return status.kind === 'declined' ? `declined: ${status.code}` : status.kind;
  }

  test.each(CARDS)('%s', async (card) => {
    expect(await charge(card)).toBe(expectedOf(card));
  });

  test.each(CURRENCIES)('the smallest amount of %s is taken, and no smaller one', async (currency) => {
    const { min, step } = chargeLimits(currency)!;
    expect(await create(min, currency)).toMatchObject({ kind: 'created' });
    expect(await create(min - step, currency)).toMatchObject({ kind: 'refused', code: 'amount_too_small' });
  });
});

test.skipIf(STRIPE_TEST_KEY !== null)(
  'without STRIPE_TEST_KEY, Stripe’s test mode is left out',
  ({ skip }) => {
    skip();
  },
);
