import { sql } from 'drizzle-orm';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';

import type { CrashPoint } from '../../../src/payments/index.ts';
import {
  bookingOf,
  intentOf,
  pay,
  payAndCrash,
  payment,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf, runOut } from '../../support/holds.ts';
import { tally } from '../../support/race.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const CONFIRM = '/v1/payment_intents/:id/confirm';
const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };
const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };

let world: CheckoutWorld;
let dashboard: Stripe;
shareCheckoutWorld((shared) => ({ world, dashboard } = shared), {
  environment: { LIMIT_MUTATION_FIELDS: '20', LIMIT_ALIASES: '20' },
});

/** What Stripe has for a hold: its intents, and their charges by status. */
async function atStripe({ reservation }: Held) {
  const { id } = keyOf(reservation);
  const { payment_intents, charges } = await world.stripe.payments();
  const intents = payment_intents.filter(({ metadata }) => metadata['reservationId'] === id);
  const ids = new Set(intents.map((intent) => intent.id));
  const mine = charges.filter(({ payment_intent: id }) => typeof id === 'string' && ids.has(id));
  const count = (status: string) => mine.filter((charge) => charge.status === status).length;
  return { intents, succeeded: count('succeeded'), failed: count('failed') };
}

const statusesOf = async ({ client, event }: Held): Promise<string[]> => {
  const { viewer } = await client.ask(
    'query ($event: ID) { viewer { bookings(event: $event) { nodes { status } } } }',
    { event: event.event },
  );
  return viewer.bookings.nodes.map(({ status }: { status: string }) => status);
};

describe('the attempts to pay for a reservation', () => {
  test('with different cards in turns share one intent, and stay readable', async () => {
    const held = await world.held();
    for (const paymentMethod of ['pm_card_chargeDeclined', 'pm_card_chargeDeclinedExpiredCard']) {
      expect(await pay(held, { paymentMethod })).toMatchObject({ __typename: 'PaymentDeclined' });
    }
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await statusesOf(held)).toEqual(['CONFIRMED', 'DECLINED', 'DECLINED']);
    const { intents, ...charges } = await atStripe(held);
    expect(intents).toMatchObject([{ status: 'succeeded' }]);
    expect(charges).toEqual({ succeeded: 1, failed: 2 });
  });

  test('twenty at once, each with its own key, charge once', async () => {
    const held = await world.held();
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay(held)));
    const { BookingConfirmed = 0, BookingUnderWay = 0, ReservationOver = 0 } = tally(answers);
    expect(BookingConfirmed).toBe(1);
    expect(BookingUnderWay + ReservationOver).toBe(19);
    const { intents, ...charges } = await atStripe(held);
    expect(intents).toHaveLength(1);
    expect(charges).toEqual({ succeeded: 1, failed: 0 });
  });

  test('twenty at once with declined cards use one intent, and stop at the limit', async () => {
    const held = await world.held();
    const seen = new Set<string>();
    for (let round = 0; round < 6; round++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => pay(held, DECLINED)));
      for (const { __typename } of answers) seen.add(__typename);
    }
    expect([...seen].toSorted()).toEqual(['BookingUnderWay', 'PaymentDeclined', 'TooManyPaymentAttempts']);
    const { intents, ...charges } = await atStripe(held);
    expect(intents).toHaveLength(1);
    expect(charges).toEqual({ succeeded: 0, failed: 5 });
  });

  test('twenty aliased in one request are five charges on one intent', async () => {
    const held = await world.held();
    const inputs = Array.from({ length: 20 }, () => payment(held, DECLINED));
    const data = await held.client.ask(
      `mutation (${inputs.map((_, n) => `$i${n}: ConfirmBookingInput!`).join(', ')}) {
        ${inputs.map((_, n) => `a${n}: confirmBooking(input: $i${n}) { __typename }`).join('\n')}
      }`,
      Object.fromEntries(inputs.map((input, n) => [`i${n}`, input])),
    );
    expect(tally(Object.values(data))).toEqual({ PaymentDeclined: 5, TooManyPaymentAttempts: 15 });
    const { intents, ...charges } = await atStripe(held);
    expect(intents).toHaveLength(1);
    expect(charges).toEqual({ succeeded: 0, failed: 5 });
  });

  test('that need 3-D Secure, and fail it, are followed by another card on the same intent', async () => {
    const held = await world.held();
    const { booking } = await pay(held, AUTHENTICATION);
    await world.stripe.authenticate(await intentOf(world, booking), 'fail');
    await untilBooking(held, 'DECLINED');
    const again = await pay(held, AUTHENTICATION);
    expect(again).toMatchObject({ __typename: 'PaymentActionRequired', booking: { status: 'PENDING' } });
    await world.stripe.authenticate(await intentOf(world, again.booking), 'complete');
    await untilBooking(held, 'CONFIRMED');
    expect((await atStripe(held)).intents).toMatchObject([{ status: 'succeeded' }]);
  });

  test('leave an intent that is cancelled when the hold has ended, and not before', async () => {
    const held = await world.held();
    await pay(held, DECLINED);
    const job = sql`select extract(epoch from run_at - now())::int as delay from graphile_worker.jobs
      where key = ${`close-intents:${keyOf(held.reservation).id}`} and locked_at is null`;
    await world.hurryJobs();
    await until(async () => {
      const { rows } = await world.platform.db.execute<{ delay: number }>(job);
      expect(rows[0]?.delay).toBeGreaterThan(60); // too early: the job waits for the end of the hold again
    });
    expect((await atStripe(held)).intents).toMatchObject([{ status: 'requires_payment_method' }]);

    await runOut(world.platform.db, held.reservation);
    await world.hurryJobs();
    await until(async () => expect((await atStripe(held)).intents).toMatchObject([{ status: 'canceled' }]));
  });
});

describe('after an intent was cancelled', () => {
  test('because the buyer abandoned 3-D Secure, the next attempt gets a new one', async () => {
    const held = await world.held();
    const { booking } = await pay(held, AUTHENTICATION);
    await world.platform.db.execute(
      sql`update bookings set pay_until = now() where intent_id = ${await intentOf(world, booking)}`,
    );
    await world.hurryJobs();
    await untilBooking(held, 'DECLINED');
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect((await atStripe(held)).intents.map(({ status }) => status)).toEqual(['succeeded', 'canceled']);
  });

  for (const point of [null, 'intent-replaced'] as const) {
    test(`in the dashboard, the attempt that finds out goes on with a new one (crash: ${point})`, async () => {
      const held = await world.held();
      const { booking } = await pay(held, DECLINED);
      await dashboard.paymentIntents.cancel(await intentOf(world, booking));
      if (point !== null) await payAndCrash(world, held, point, { key: 'again' });
      expect(await pay(held, { key: 'again' })).toMatchObject({ __typename: 'BookingConfirmed' });
      expect((await atStripe(held)).intents.map(({ status }) => status)).toEqual(['succeeded', 'canceled']);
    });
  }
});

describe('a second attempt whose result is unknown', () => {
  test('is not taken for declined, although its intent still shows the decline of the first', async () => {
    const held = await world.held();
    await pay(held, DECLINED);
    await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 503 });
    expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'PaymentPending' });
    expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'BookingConfirmed' });
    expect((await atStripe(held)).succeeded).toBe(1);
  });

  test('is declined once its own charge has failed', async () => {
    const held = await world.held();
    await pay(held, DECLINED);
    await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 503, when: 'after' });
    const second = await pay(held, { paymentMethod: 'pm_card_chargeDeclinedExpiredCard' });
    expect(second).toMatchObject({ __typename: 'PaymentDeclined', code: 'expired_card' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  for (const point of ['opened', 'charged', 'paid', 'sold', 'settled'] satisfies CrashPoint[]) {
    test(`after a crash at "${point}" is confirmed by the recovery job, without webhooks`, async () => {
      const held = await world.held();
      await world.stripe.setWebhooks({ mode: 'drop' }); // that of the first attempt could take the crash of the second
      await pay(held, DECLINED);
      await payAndCrash(world, held, point, { key: 'second' });
      await world.hurryJobs();
      await untilBooking(held, 'CONFIRMED');
      expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'BookingConfirmed' });
      const { intents, ...charges } = await atStripe(held);
      expect(intents).toHaveLength(1);
      expect(charges).toEqual({ succeeded: 1, failed: 1 });
    });
  }

  for (const point of ['opened', 'charged', 'settled'] satisfies CrashPoint[]) {
    test(`after a crash at "${point}" is declined by a card that is`, async () => {
      const held = await world.held();
      await world.stripe.setWebhooks({ mode: 'drop' }); // that of the first attempt could take the crash of the second
      await pay(held, DECLINED);
      await payAndCrash(world, held, point, { ...DECLINED, key: 'second' });
      await world.hurryJobs();
      await until(async () => expect(await statusesOf(held)).toEqual(['DECLINED', 'DECLINED']));
      expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
      const { intents, ...charges } = await atStripe(held);
      expect(intents).toHaveLength(1);
      expect(charges).toEqual({ succeeded: 1, failed: 2 });
    });
  }
});

describe('a buyer who pays past the server, with the client secret of a declined attempt', () => {
  async function declinedAfterAuthentication() {
    const held = await world.held();
    const { booking } = await pay(held, AUTHENTICATION);
    const intent = await intentOf(world, booking);
    await world.stripe.authenticate(intent, 'fail');
    await untilBooking(held, 'DECLINED');
    return { held, intent };
  }

  test('gets the tickets', async () => {
    const { held, intent } = await declinedAfterAuthentication();
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    await untilBooking(held, 'CONFIRMED');
    expect(await pay(held)).toMatchObject({ __typename: 'ReservationOver' });
  });

  test('gets the money back if the tickets were released', async () => {
    const { held, intent } = await declinedAfterAuthentication();
    await held.client.mutate('releaseReservation', { reservation: held.reservation.id });
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    await untilBooking(held, 'REFUNDED');
  });

  test('is not charged again by an attempt that comes before the webhook', async () => {
    const { held, intent } = await declinedAfterAuthentication();
    await world.stripe.setWebhooks({ mode: 'hold' });
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    await world.stripe.releaseWebhooks();
    await world.countCallsAnew();
    expect(await statusesOf(held)).toEqual(['CONFIRMED', 'DECLINED']);
    expect((await atStripe(held)).succeeded).toBe(1);
  });

  test('and has to authenticate, is not held up: an attempt with another card takes the intent over', async () => {
    const { held, intent } = await declinedAfterAuthentication();
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_authenticationRequired' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    await expect(world.stripe.authenticate(intent, 'complete')).rejects.toThrow();
    expect((await atStripe(held)).succeeded).toBe(1);
  });

  test('gets the tickets from the job that cancels the intent, if the webhook is lost', async () => {
    const { held, intent } = await declinedAfterAuthentication();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await dashboard.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    await runOut(world.platform.db, held.reservation);
    await world.hurryJobs();
    await untilBooking(held, 'CONFIRMED');
    expect((await bookingOf(held)).failureMessage).toBeNull();
  });
});
