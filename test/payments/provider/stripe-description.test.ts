import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PaymentProvider } from '../../../src/payments/provider/payment-provider.ts';
import { openStripe } from '../../../src/payments/provider/stripe.ts';
import { startStripeEmulator } from '../../../src/stripe-emulator/index.ts';
import { startRecordingProxy, type Passed } from '../../support/recording-proxy.ts';
import { emulatorControl } from '../../support/stripe-control.ts';
import { DESCRIBED_VERSION, startStripeMock, withStripeMock } from '../../support/stripe-mock.ts';

/** Fields that the provider reads; the compiler compares them with the SDK's types. */
const READ = {
  payment_intent: [
    ...['id', 'status', 'client_secret', 'next_action', 'last_payment_error', 'latest_charge'],
    ...['amount', 'amount_received', 'currency', 'metadata'],
  ] as const satisfies readonly (keyof Stripe.PaymentIntent)[] as readonly string[],
  refund: [
    'id',
    'status',
    'amount',
    'currency',
    'payment_intent',
  ] as const satisfies readonly (keyof Stripe.Refund)[] as readonly string[],
  charge: [
    ...['id', 'paid', 'captured', 'amount_captured', 'currency', 'payment_intent', 'metadata'],
  ] as const satisfies readonly (keyof Stripe.Charge)[] as readonly string[],
  dispute: [
    ...[
      'id',
      'status',
      'amount',
      'currency',
      'reason',
      'created',
      'payment_intent',
      'evidence_details',
      'balance_transactions',
    ],
  ] as const satisfies readonly (keyof Stripe.Dispute)[] as readonly string[],
};

const SPAN = { from: new Date('2026-01-01Z'), to: new Date('2090-01-01Z') };
const KEY = () => ({ idempotencyKey: crypto.randomUUID() });

/** Every method of the provider that sends a request, called once. `dispute`: have a payment disputed. */
async function callAll(
  stripe: PaymentProvider,
  dispute: (intentId: string) => Promise<string>,
): Promise<Set<string>> {
  const called = new Set<string>();
  const provider = new Proxy(stripe, {
    get: (target, method: keyof PaymentProvider) => {
      called.add(method);
      return target[method];
    },
  });
  const create = async () => {
    const metadata = {
      reservationId: crypto.randomUUID(),
      eventId: crypto.randomUUID(),
      shopId: crypto.randomUUID(),
    };
    const created = await provider.createIntent({
      price: { amount: 10_000, currency: 'EUR' },
      metadata,
      ...KEY(),
    });
    if (created.kind !== 'created') throw new Error(JSON.stringify(created));
    return created.intentId;
  };
  await provider.cancelIntent(await create());
  const [sold, disputed] = [await create(), await create()];
  await provider.setPaymentMethod({ intentId: sold, paymentMethod: 'pm_card_visa', ...KEY() });
  for (const intentId of [sold, disputed])
    await provider.confirmIntent({
      ...{ intentId, paymentMethod: 'pm_card_visa', returnUrl: 'https://shop.example/paid', ...KEY() },
    });
  await provider.retrieveIntent(sold);
  await provider.retrieveOwner(sold);
  await provider.retrieveDispute(await dispute(disputed));
  const refund = await provider.refundIntent(sold, crypto.randomUUID());
  if (refund.kind !== 'refunded') throw new Error(JSON.stringify(refund));
  await provider.retrieveRefunds(sold);
  await provider.listRefunds(sold);
  await provider.retrieveRefund(refund.refundId);
  await provider.pageOfCharges(SPAN, null);
  await provider.pageOfCharges(SPAN, 'ch_1');
  await provider.pageOfRefunds(SPAN, null);
  await provider.pageOfDisputes(SPAN, null);
  return called;
}

/** Objects in an answer, lists and expanded ones included. */
function objectsIn(answer: any): any[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return [...('object' in answer ? [answer] : []), ...Object.values(answer).flatMap(objectsIn)];
}

/** For each kind of object that the provider reads, the fields that one of the answers lacks. */
function missingFields(passed: readonly Passed[]) {
  const objects = passed.flatMap(({ answer }) => objectsIn(answer));
  return Object.entries(READ).map(([kind, fields]) => {
    const ofKind = objects.filter(({ object }) => object === kind);
    const missing = fields.filter((field) => ofKind.some((object) => !(field in object)));
    return { kind, found: ofKind.length > 0, missing };
  });
}

const COMPLETE = Object.keys(READ).map((kind) => ({ kind, found: true, missing: [] }));

await withStripeMock(() => {
  let passed: Passed[];
  let called: Set<string>;
  let ofProvider: string[];
  let mock: AsyncDisposable & { url: string };
  beforeAll(async () => {
    mock = await startStripeMock();
    await using proxy = await startRecordingProxy(mock.url);
    const provider = openStripe({ secretKey: 'sk_test_123', webhookSecret: 'whsec_x', apiUrl: proxy.url });
    ofProvider = Object.keys(provider);
    called = await callAll(provider, () => Promise.resolve('du_123'));
    passed = proxy.passed;
  }, 60_000);
  afterAll(() => mock?.[Symbol.asyncDispose]());

  test('every request of the provider is one that Stripe describes', () => {
    expect(ofProvider.filter((method) => method !== 'verifyWebhook' && !called.has(method))).toEqual([]);
    const refused = passed.filter(({ status }) => status !== 200);
    expect(refused.map(({ method, path, answer }) => [method, path, answer.error.message])).toEqual([]);
    expect(missingFields(passed)).toEqual(COMPLETE);
  });

  // No parameter and no field that the provider uses is newer than the description. Look again when one of the versions moves.
  test('the description is two months older than the SDK', () => {
    expect([DESCRIBED_VERSION, Stripe.API_VERSION]).toEqual(['2026-08-26.dahlia', '2026-10-28.endive']);
  });

  test('what Stripe does not describe is refused, by stripe-mock and by the emulator', async () => {
    await using emulator = await startStripeEmulator();
    for (const body of [
      'amount=1000&currency=eur&flavour=sweet',
      'amount=many&currency=eur',
      'currency=eur',
    ]) {
      const answers = [mock.url, emulator.url].map(async (url) => {
        const response = await fetch(`${url}/v1/payment_intents`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${url === mock.url ? 'sk_test_123' : emulator.secretKey}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body,
        });
        const { error } = (await response.json()) as { error?: { type: string } };
        return [response.status, error?.type];
      });
      expect(await Promise.all(answers), body).toEqual(
        Array.from({ length: 2 }, () => [400, 'invalid_request_error']),
      );
    }
  });
});

test('the emulator takes every request of the provider, and answers with the fields that it reads', async () => {
  await using emulator = await startStripeEmulator();
  await using proxy = await startRecordingProxy(emulator.url);
  const provider = openStripe({
    secretKey: emulator.secretKey,
    webhookSecret: emulator.webhookSecret,
    apiUrl: proxy.url,
  });
  await callAll(provider, async (intent) => (await emulatorControl(emulator).dispute(intent)).id);
  const refused = proxy.passed.filter(({ status }) => status !== 200);
  expect(refused.map(({ method, path, answer }) => [method, path, answer.error.message])).toEqual([
    ['GET', expect.stringContaining('starting_after=ch_1'), expect.stringMatching(/ch_1/)],
  ]);
  expect(missingFields(proxy.passed)).toEqual(COMPLETE);
});
