import { describe, expect, test } from 'vitest';

import {
  openCheckoutWorld,
  pay,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const CONFIRM = '/v1/payment_intents/:id/confirm';
const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };
const HOUR_SECONDS = 3_600;

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

/** Open a world with limits per viewer and address. */
const limitedWorld = (environment: Record<string, string>, redisUrl: null | undefined) =>
  openCheckoutWorld({ environment, ...(redisUrl === null && { redisUrl }) });

const VIEWER = { LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR: '2' };
const ADDRESS = { LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR: '2' };

/** A refusal of a limit within an hour. */
const refusedBy = (limit: string) => ({
  __typename: 'TooManyPaymentAttempts',
  limit,
  maxAttempts: 2,
  retryAfterSeconds: expect.toSatisfy(
    (seconds: number) => Number.isInteger(seconds) && seconds > 0 && seconds <= HOUR_SECONDS,
  ) as unknown,
});

/** Let the fan of a hold reserve another place, and pay for it. */
async function another({ client, event }: Held, place: number) {
  return { client, reservation: await reserved(client, event.event, { places: [place] }) };
}

describe('a reservation', () => {
  test('takes five declined attempts; the sixth is refused, also by another server', async () => {
    const held = await world.held();
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await pay(held, { ...DECLINED, key: `attempt ${attempt}` })).toMatchObject({
        __typename: 'PaymentDeclined',
      });
    }
    const refusal = {
      __typename: 'TooManyPaymentAttempts',
      message:
        'These tickets have had 5 attempts to pay for them, which is the limit: to go on, release and reserve them again. Nothing was charged.',
      limit: 'RESERVATION',
      maxAttempts: 5,
      retryAfterSeconds: null,
    };
    await world.countCallsAnew();
    expect(await pay(held, { key: 'sixth' })).toMatchObject(refusal);
    expect(await pay(held, { ...DECLINED, key: 'attempt 2' })).toMatchObject({
      __typename: 'PaymentDeclined',
    });
    await using other = await openCheckoutWorld({
      databaseUrl: world.databaseUrl,
      emulator: world.emulator,
      redisUrl: null,
    });
    const there = { ...held, client: await other.as(held.name) };
    expect(await pay(there)).toMatchObject(refusal);
    expect(await world.stripe.calls()).toEqual({});
    await world.stripe.setWebhooks({ url: `${world.url}/webhooks/stripe` });
  });

  test('does not count a retry with the same key, nor an attempt that cannot reach Stripe', async () => {
    const held = await world.held();
    for (let attempt = 1; attempt <= 4; attempt++) {
      await pay(held, { ...DECLINED, key: `attempt ${attempt}` });
      await pay(held, { ...DECLINED, key: `attempt ${attempt}` });
    }
    const fresh = await world.held(); // without an intent yet
    await world.stripe.addFault({ path: '/v1/payment_intents', kind: 'error', status: 503, times: 12 });
    for (let attempt = 1; attempt <= 6; attempt++) {
      expect(await pay(fresh)).toMatchObject({ __typename: 'PaymentUnavailable' });
    }
    for (const hold of [held, fresh])
      expect(await pay(hold)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('counts a payment method that does not exist, and a 3-D Secure that failed', async () => {
    const held = await world.held();
    for (let attempt = 1; attempt <= 4; attempt++) {
      expect(await pay(held, { paymentMethod: 'pm_unknown' })).toMatchObject({
        __typename: 'PaymentMethodInvalid',
      });
    }
    await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
    const { payment_intents: intents } = await world.stripe.payments();
    await world.stripe.authenticate(intents[0]!.id, 'fail');
    await untilBooking(held, 'DECLINED');
    expect(await pay(held)).toMatchObject({ __typename: 'TooManyPaymentAttempts', limit: 'RESERVATION' });
  });
});

for (const redisUrl of [undefined, null] as const) {
  describe(redisUrl === null ? 'without Redis' : 'with Redis', () => {
    test('a viewer has a limit over all their reservations, and it says when to try again', async () => {
      await using limited = await limitedWorld(VIEWER, redisUrl);
      const held = await limited.held();
      await pay(held, DECLINED);
      const second = await another(held, 5);
      await pay(second, DECLINED);
      await limited.countCallsAnew();
      expect(await pay(held)).toMatchObject(refusedBy('VIEWER'));
      expect(await pay(second)).toMatchObject(refusedBy('VIEWER'));
      expect(await limited.stripe.calls()).toEqual({});
      const fan = { client: await limited.as('another-fan'), event: held.event };
      const reservation = await reserved(fan.client, held.event.event, { places: [9] });
      expect(await pay({ ...fan, reservation })).toMatchObject({ __typename: 'BookingConfirmed' });
    });

    test('an address has a limit over all its viewers', async () => {
      await using limited = await limitedWorld(ADDRESS, redisUrl);
      for (const outcome of ['PaymentDeclined', 'PaymentDeclined']) {
        expect(await pay(await limited.held(), DECLINED)).toMatchObject({ __typename: outcome });
      }
      expect(await pay(await limited.held())).toMatchObject(refusedBy('ADDRESS'));
    });

    test('what reaches no card is not counted', async () => {
      await using limited = await limitedWorld({ ...VIEWER, ...ADDRESS }, redisUrl);
      const held = await limited.held();
      const mismatch = { amount: { amount: 1, currency: 'EUR' } };
      for (let attempt = 1; attempt <= 4; attempt++) {
        expect(await pay(held, mismatch)).toMatchObject({ __typename: 'AmountMismatch' });
      }
      await limited.stripe.addFault({ path: '/v1/payment_intents', kind: 'error', status: 503, times: 6 });
      for (let attempt = 1; attempt <= 3; attempt++) {
        expect(await pay(held)).toMatchObject({ __typename: 'PaymentUnavailable' });
      }
      await limited.stripe.addFault({ path: CONFIRM, kind: 'hold' });
      const first = pay(held, DECLINED);
      await limited.stripe.untilStalled();
      for (let attempt = 1; attempt <= 4; attempt++) {
        expect(await pay(held)).toMatchObject({ __typename: 'BookingUnderWay' });
      }
      await limited.stripe.releaseStalled();
      expect(await first).toMatchObject({ __typename: 'PaymentDeclined' });
      expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
      expect(await pay(await another(held, 5))).toMatchObject(refusedBy('VIEWER'));
    });
  });
}
