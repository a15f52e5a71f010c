import { describe, expect, test } from 'vitest';

import { bookingOf, pay, until, type CheckoutWorld } from '../../support/checkout-world.ts';
import { tally } from '../../support/race.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;

describe('with two writes to Stripe a second, an attempt beyond them', () => {
  shareCheckoutWorld((shared) => ({ world } = shared), {
    environment: { LIMIT_STRIPE_WRITES_PER_SECOND: '2' },
  });

  test('is refused before anything is opened, and succeeds later with the same key', async () => {
    const held = await Promise.all(Array.from({ length: 8 }, () => world.held()));
    const answers = await Promise.all(held.map((each) => pay(each, { key: 'only' })));
    const { PaymentProviderBusy = 0 } = tally(answers);
    expect(PaymentProviderBusy).toBeGreaterThan(0);
    for (const [index, each] of held.entries()) {
      if (answers[index].__typename !== 'PaymentProviderBusy') continue;
      expect(answers[index].retryAfterSeconds).toBe(1);
      expect(await bookingOf(each)).toBeNull();
    }
    for (const each of held)
      await until(async () => {
        expect(await pay(each, { key: 'only' })).toMatchObject({ __typename: 'BookingConfirmed' });
      });
    const { charges } = await world.stripe.payments();
    expect(charges.filter(({ status }) => status === 'succeeded')).toHaveLength(8);
  });

  test('costs no one else a write if it is refused for its amount', async () => {
    const wrong = await world.held();
    const refuse = () => pay(wrong, { amount: { amount: 1, currency: 'EUR' } });
    await until(async () => expect(await refuse()).toMatchObject({ __typename: 'AmountMismatch' }));
    for (let call = 0; call < 5; call++)
      expect(await refuse()).toMatchObject({ __typename: 'AmountMismatch' });
  });
});

describe('while Stripe does not answer', () => {
  shareCheckoutWorld((shared) => ({ world } = shared));

  test('a checkout is not even opened after ten failures, and buyers pay again once it does', async () => {
    await world.stripe.addFault({
      path: '/v1/payment_intents',
      method: 'POST',
      kind: 'error',
      status: 503,
      times: 1_000,
    });
    const seen = new Set<string>();
    await until(async () => {
      const held = await world.held();
      const { __typename, retryAfterSeconds } = await pay(held);
      seen.add(__typename);
      expect(__typename).toBe('PaymentProviderBusy');
      expect(retryAfterSeconds).toBeGreaterThan(0);
      expect(await bookingOf(held)).toBeNull();
    });
    expect([...seen]).toEqual(['PaymentUnavailable', 'PaymentProviderBusy']);
    await world.stripe.clearFaults();
    const held = await world.held();
    await until(async () => {
      expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    });
  });
});
