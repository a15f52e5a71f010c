import { describe, expect, test } from 'vitest';

import type { CrashPoint } from '../../../src/payments/index.ts';
import {
  intentOf,
  pay,
  payAndCrash,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf, runOut } from '../../support/holds.ts';
import { tally } from '../../support/race.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const SET_METHOD = '/v1/payment_intents/:id';
const CONFIRM = '/v1/payment_intents/:id/confirm';
const AUTHENTICATION = { paymentMethod: 'pm_card_authenticationRequired' };

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared), {
  environment: { LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR: '100' },
});

/** A buyer who was sent to the bank, and has left its page. */
async function away() {
  const held = await world.held();
  const answer = await pay(held, { ...AUTHENTICATION, key: 'first' });
  expect(answer).toMatchObject({ __typename: 'PaymentActionRequired' });
  return { held, booking: answer.booking, intent: await intentOf(world, answer.booking) };
}

/** What Stripe has for a hold: its intents, and how many charges succeeded. */
async function atStripe({ reservation }: Held) {
  const { id } = keyOf(reservation);
  const { payment_intents, charges } = await world.stripe.payments();
  const intents = payment_intents.filter(({ metadata }) => metadata['reservationId'] === id);
  const ids = intents.map((intent) => intent.id);
  const succeeded = charges.filter(
    ({ payment_intent, status }) => status === 'succeeded' && ids.includes(payment_intent as string),
  );
  return { statuses: intents.map(({ status }) => status), succeeded: succeeded.length };
}

const ACTION = 'paymentAction { clientSecret redirectUrl expiresAt }';

/** The newest Booking of a viewer, with what it asks of them. */
async function pendingOf({ client, event }: Pick<Held, 'client' | 'event'>) {
  const { viewer } = await client.ask(
    `query ($event: ID) { viewer { bookings(event: $event, status: [PENDING]) { nodes { id status ${ACTION} } } } }`,
    { event: event.event },
  );
  return viewer.bookings.nodes[0] ?? null;
}

describe('a buyer who has left the page of the bank', () => {
  test('pays with another card, on the same intent, with two writes; the page takes nothing any more', async () => {
    const { held, booking, intent } = await away();
    await world.countCallsAnew();
    const answer = await pay(held);
    expect(answer).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(answer.booking.id).not.toBe(booking.id);
    expect(await world.stripe.calls()).toMatchObject({ [`POST ${SET_METHOD}`]: 1, [`POST ${CONFIRM}`]: 1 });
    await expect(world.stripe.authenticate(intent, 'complete')).rejects.toThrow();
    expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
    expect(await pay(held, { ...AUTHENTICATION, key: 'first' })).toMatchObject({
      __typename: 'PaymentDeclined',
      code: 'payment_superseded',
      booking: { id: booking.id, status: 'DECLINED' },
    });
  });

  test('authenticates with another card, and fails with that one, too, before a third is charged', async () => {
    const { held, intent } = await away();
    const second = await pay(held, AUTHENTICATION);
    expect(second).toMatchObject({ __typename: 'PaymentActionRequired' });
    await world.stripe.authenticate(intent, 'fail');
    await untilBooking(held, 'DECLINED');
    const third = await pay(held, AUTHENTICATION);
    expect(third).toMatchObject({ __typename: 'PaymentActionRequired' });
    await world.stripe.authenticate(intent, 'complete');
    expect((await untilBooking(held, 'CONFIRMED')).id).toBe(third.booking.id);
    expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
  });

  test('and is declined with another card, pays with a third', async () => {
    const { held } = await away();
    expect(await pay(held, { paymentMethod: 'pm_card_chargeDeclinedExpiredCard' })).toMatchObject({
      __typename: 'PaymentDeclined',
      code: 'expired_card',
    });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
  });

  test('and names a card that Stripe does not know, can go on with one that it knows', async () => {
    const { held } = await away();
    expect(await pay(held, { paymentMethod: 'pm_nowhere' })).toMatchObject({
      __typename: 'PaymentMethodInvalid',
    });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
  });

  test.each([
    ['a changed amount', { amount: { amount: 1, currency: 'USD' } }, 'AmountMismatch'],
    ['another currency', { amount: { amount: 1, currency: 'JPY' } }, 'AmountMismatch'],
    ['no card', { paymentMethod: null }, 'PaymentMethodInvalid'],
  ])('gives nothing up by an attempt with %s', async (_what, how, refusal) => {
    const { held, booking, intent } = await away();
    expect(await pay(held, how)).toMatchObject({ __typename: refusal });
    expect(await pendingOf(held)).toMatchObject({ id: booking.id });
    await world.stripe.authenticate(intent, 'complete');
    expect((await untilBooking(held, 'CONFIRMED')).id).toBe(booking.id);
  });

  test('has five attempts, these included', async () => {
    const { held, intent } = await away();
    for (let attempt = 2; attempt <= 5; attempt++)
      expect(await pay(held, AUTHENTICATION)).toMatchObject({ __typename: 'PaymentActionRequired' });
    expect(await pay(held)).toMatchObject({ __typename: 'TooManyPaymentAttempts', limit: 'RESERVATION' });
    await world.stripe.authenticate(intent, 'complete');
    await untilBooking(held, 'CONFIRMED');
  });

  test('and pays in twenty tabs at once, is charged once', async () => {
    const { held } = await away();
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay(held)));
    const { BookingConfirmed = 0, BookingUnderWay = 0, ReservationOver = 0 } = tally(answers);
    expect(BookingConfirmed).toBe(1);
    expect(BookingUnderWay + ReservationOver).toBe(19);
    expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
  });

  test('and gives up after a decline, has the intent cancelled with the hold', async () => {
    const { held, intent } = await away();
    await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
    await runOut(world.platform.db, held.reservation);
    await world.hurryJobs();
    await until(async () => expect((await atStripe(held)).statuses).toEqual(['canceled']));
    await expect(world.stripe.authenticate(intent, 'complete')).rejects.toThrow();
  });
});

describe('a bank that is faster than the second attempt', () => {
  for (const point of [SET_METHOD, CONFIRM]) {
    test(`is paid once, by the second attempt (${point})`, async () => {
      const { held, booking, intent } = await away();
      await world.stripe.setWebhooks({ mode: 'hold' });
      await world.stripe.addFault({ path: point, method: 'POST', kind: 'hold' });
      const paying = pay(held);
      await world.stripe.untilStalled();
      const page = await world.stripe.authenticate(intent, 'complete').then(
        () => true,
        () => false,
      );
      await world.stripe.releaseStalled();
      const answer = await paying;
      expect(page).toBe(point === SET_METHOD); // once another card is set, the page takes nothing
      expect(answer).toMatchObject({ __typename: 'BookingConfirmed' });
      expect(answer.booking.id).not.toBe(booking.id);
      expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
    });
  }

  test('and processes the payment, keeps the second attempt waiting', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_emulator_processing' });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingUnderWay', booking: { id: booking.id } });
    await world.stripe.settlePayment(await intentOf(world, booking), 'succeeded');
    await untilBooking(held, 'CONFIRMED');
  });
});

describe('an attempt that supersedes another', () => {
  for (const point of ['opened', 'charged', 'paid', 'sold', 'settled'] satisfies CrashPoint[]) {
    test(`is confirmed after a crash at "${point}", without webhooks`, async () => {
      const { held } = await away();
      await world.stripe.setWebhooks({ mode: 'drop' });
      await payAndCrash(world, held, point, { key: 'second' });
      await world.hurryJobs();
      await untilBooking(held, 'CONFIRMED');
      expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'BookingConfirmed' });
      expect(await atStripe(held)).toEqual({ statuses: ['succeeded'], succeeded: 1 });
    });
  }

  for (const path of [SET_METHOD, CONFIRM]) {
    for (const when of ['before', 'after'] as const) {
      test(`is not sent to the page of the first one if the response of ${path} is lost (${when})`, async () => {
        const { held, intent } = await away();
        const times = path === CONFIRM ? 1 : 2; // all but a confirmation are retried by the SDK
        await world.stripe.addFault({ path, method: 'POST', kind: 'error', status: 503, when, times });
        const second = await pay(held, { ...AUTHENTICATION, key: 'second' });
        expect(second).toMatchObject({ __typename: 'PaymentPending', booking: { status: 'PENDING' } });
        expect(await pendingOf(held)).toMatchObject({ paymentAction: null });
        expect(await pay(held, { ...AUTHENTICATION, key: 'second' })).toMatchObject({
          __typename: 'PaymentActionRequired',
          booking: { id: second.booking.id },
        });
        await world.stripe.authenticate(intent, 'complete');
        expect((await untilBooking(held, 'CONFIRMED')).id).toBe(second.booking.id);
      });
    }
  }
});

describe('a pending booking', () => {
  test('shows its buyer what the bank waits for, as the answer did, and is not stored by caches', async () => {
    const { held, booking, intent } = await away();
    const answer = await pay(held, { ...AUTHENTICATION, key: 'first' });
    const { clientSecret, redirectUrl } = answer;
    const byId = `query ($id: ID!) { node(id: $id) { ... on Booking { id ${ACTION} } } }`;
    const { data, headers } = await held.client.send(byId, { id: booking.id });
    expect(data!['node'].paymentAction).toEqual({
      clientSecret,
      redirectUrl,
      expiresAt: expect.stringMatching(/^\d{4}-/),
    });
    expect(headers.get('cache-control')).toMatch(/private|no-store/);
    expect(headers.get('cache-control')).not.toMatch(/public|max-age=[1-9]/);
    expect(await pendingOf(held)).toMatchObject({ id: booking.id, paymentAction: { clientSecret } });

    await world.stripe.authenticate(intent, 'complete');
    await untilBooking(held, 'CONFIRMED');
    expect((await held.client.ask(byId, { id: booking.id })).node).toEqual({
      id: booking.id,
      paymentAction: null,
    });
  });

  test('shows it to its buyer alone: not to an admin, who sees the booking, and not to another fan', async () => {
    const { held, booking, intent } = await away();
    const byId = `query ($id: ID!) { node(id: $id) { ... on Booking { id ${ACTION} } } }`;
    const admin = await world.as('ada', 'ADMIN');
    expect((await admin.ask(byId, { id: booking.id })).node).toEqual({ id: booking.id, paymentAction: null });
    const other = await world.held();
    expect((await other.client.ask(byId, { id: booking.id })).node).toBeNull();
    await world.stripe.authenticate(intent, 'complete');
    await untilBooking(held, 'CONFIRMED');
  });

  test('that the bank was processing shows that it asks for the buyer after all, and no longer after that', async () => {
    const held = await world.held();
    const { booking } = await pay(held, { paymentMethod: 'pm_emulator_processing', key: 'slow' });
    const intent = await intentOf(world, booking);
    expect(await pendingOf(held)).toMatchObject({ id: booking.id, paymentAction: null });
    await world.stripe.settlePayment(intent, 'requires_action');
    await until(async () => {
      expect((await pendingOf(held)).paymentAction).toMatchObject({
        redirectUrl: expect.stringContaining(intent),
      });
    });
    expect(await pay(held, { paymentMethod: 'pm_emulator_processing', key: 'slow' })).toMatchObject({
      __typename: 'PaymentActionRequired',
    });

    await world.stripe.authenticate(intent, 'complete'); // and the bank processes it again
    expect(await pay(held, { paymentMethod: 'pm_emulator_processing', key: 'slow' })).toMatchObject({
      __typename: 'PaymentPending',
    });
    expect(await pendingOf(held)).toMatchObject({ id: booking.id, paymentAction: null });
    await world.stripe.settlePayment(intent, 'succeeded');
    await untilBooking(held, 'CONFIRMED');
  });
});
