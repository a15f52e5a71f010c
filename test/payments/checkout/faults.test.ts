import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startStripeEmulator } from '../../../src/stripe-emulator/index.ts';
import {
  bookingOf,
  openCheckoutWorld,
  pay,
  runOutOfTime,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';

const CREATE = '/v1/payment_intents';
const CONFIRM = '/v1/payment_intents/:id/confirm';
const CANCEL = '/v1/payment_intents/:id/cancel';
const LOOK_UP = '/v1/payment_intents/:id';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ timeoutMs: 1_000 });
});
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(async () => {
  await world.stripe.clearFaults();
  await world.stripe.releaseStalled();
  await world.stripe.setWebhooks({ mode: 'deliver' });
  expect(await world.findings()).toEqual([]);
});

/** Count the successful charges of this amount. */
async function charges(amount: number) {
  const { payment_intents: intents } = await world.stripe.payments();
  return intents.filter((intent) => intent.amount === amount && intent.status === 'succeeded').length;
}

describe('Stripe has charged the card, and its response', () => {
  test('is lost: the server retrieves the intent, and confirms the booking', async () => {
    const held = await world.held();
    expect(await pay(held, { paymentMethod: 'pm_emulator_stall' })).toMatchObject({
      __typename: 'BookingConfirmed',
    });
  });

  test('is lost, and so is every other: the buyer gets PaymentPending, and the job confirms the booking', async () => {
    const held = await world.held();
    await world.stripe.setWebhooks({ mode: 'drop' });
    await world.stripe.addFault({ path: LOOK_UP, kind: 'drop', times: 4 });
    const answer = await pay(held, { paymentMethod: 'pm_emulator_stall', key: 'stall' });
    expect(answer).toMatchObject({ __typename: 'PaymentPending', booking: { status: 'PENDING' } });

    await world.stripe.clearFaults();
    await world.stripe.releaseStalled();
    await world.hurryJobs();
    await untilBooking(held, 'CONFIRMED');
    expect(await pay(held, { paymentMethod: 'pm_emulator_stall', key: 'stall' })).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: { id: answer.booking.id },
    });
  });

  test('is a 500 that the idempotency key replays', async () => {
    const held = await world.held({ seats: 20, prices: [7_771] }, { places: [0] });
    expect(await pay(held, { paymentMethod: 'pm_emulator_serverError' })).toMatchObject({
      __typename: 'BookingConfirmed',
    });
    expect(await charges(7_771)).toBe(1);
  });

  test('is cut off', async () => {
    const held = await world.held({ seats: 20, prices: [7_772] }, { places: [0] });
    await world.stripe.addFault({ path: CONFIRM, kind: 'drop', when: 'after', times: 2 }); // the SDK tries once more
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await charges(7_772)).toBe(1);
  });

  test('is overtaken by the webhook', async () => {
    const held = await world.held();
    await world.stripe.addFault({ path: CONFIRM, kind: 'hold', when: 'after' });
    const paying = pay(held);
    const booking = await untilBooking(held, 'CONFIRMED');
    expect(await paying).toMatchObject({ __typename: 'BookingConfirmed', booking: { id: booking.id } });
  });
});

describe('Stripe has declined the card, and', () => {
  test('the response is lost: nothing is charged, and the buyer can pay again', async () => {
    const held = await world.held();
    expect(await pay(held, { paymentMethod: 'pm_emulator_stallThenDecline' })).toMatchObject({
      __typename: 'PaymentDeclined',
      code: 'card_declined',
    });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('the response is a 500: the retry under the same key finds the decline', async () => {
    const held = await world.held();
    await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 500, when: 'after' });
    expect(await pay(held, { paymentMethod: 'pm_card_chargeDeclined' })).toMatchObject({
      __typename: 'PaymentDeclined',
    });
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });
});

test('a payment that expired and cannot be cancelled yet: no second one can start meanwhile', async () => {
  const held = await world.held();
  const how = { paymentMethod: 'pm_card_authenticationRequired', key: 'abandoned' };
  const { booking } = await pay(held, how);
  await world.stripe.addFault({ path: CANCEL, kind: 'error', status: 503, times: 100 });
  await runOutOfTime(world, booking);
  expect(await pay(held, how)).toMatchObject({ __typename: 'PaymentPending' });
  expect(await pay(held)).toMatchObject({ __typename: 'BookingUnderWay' });
  await world.stripe.clearFaults();
  await world.hurryJobs();
  await untilBooking(held, 'DECLINED');
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

describe('Stripe is down', () => {
  test('before the charge: nothing is charged, and the hold is extended', async () => {
    const held = await world.held();
    for (const fault of [
      { kind: 'drop' as const, times: 2 },
      { kind: 'error' as const, status: 500, times: 2 },
      { kind: 'error' as const, status: 500, stored: true },
      { kind: 'error' as const, status: 429, times: 2 },
      { kind: 'error' as const, status: 401, times: 2 },
      { kind: 'hold' as const, times: 2 },
    ]) {
      await world.stripe.addFault({ path: CREATE, ...fault });
      const answer = await pay(held);
      expect(answer).toMatchObject({ __typename: 'PaymentUnavailable', reservation: { status: 'HELD' } });
      expect(answer.reservation.secondsLeft).toBeGreaterThan(600);
      await world.stripe.clearFaults();
      await world.stripe.releaseStalled();
    }
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('completely: the outcome is PaymentUnavailable, and a new key succeeds once it is up', async () => {
    await using stack = new AsyncDisposableStack();
    const first = await startStripeEmulator();
    stack.defer(() => first[Symbol.asyncDispose]());
    const away = stack.use(await openCheckoutWorld({ emulator: first }));
    const held = await away.held();
    await first[Symbol.asyncDispose]();
    expect(await pay(held, { key: 'away' })).toMatchObject({ __typename: 'PaymentUnavailable' });
    expect(await pay(held, { key: 'away' })).toMatchObject({ __typename: 'PaymentUnavailable' });
    expect(await bookingOf(held)).toMatchObject({ status: 'DECLINED' });

    const { port, secretKey, webhookSecret } = first;
    stack.use(await startStripeEmulator({ port, secretKey, webhookSecret }));
    expect(await pay(held, { key: 'back' })).toMatchObject({ __typename: 'BookingConfirmed' });
    expect(await away.findings()).toEqual([]);
  });

  test('during the charge: the server retries until it is up', async () => {
    const held = await world.held({ seats: 20, prices: [7_773] }, { places: [0] });
    await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 503, times: 1 });
    await world.stripe.addFault({ path: LOOK_UP, kind: 'error', status: 503, times: 2 });
    expect(await pay(held)).toMatchObject({ __typename: 'PaymentPending' });
    expect(await charges(7_773)).toBe(0);
    await world.hurryJobs();
    await untilBooking(held, 'CONFIRMED');
    expect(await charges(7_773)).toBe(1);
  });

  test('retries extend the hold once', async () => {
    const held = await world.held();
    await world.stripe.addFault({ path: CONFIRM, kind: 'error', status: 503, times: 1 });
    await world.stripe.addFault({ path: LOOK_UP, kind: 'error', status: 503, times: 8 });
    const heldUntil = async () => {
      const { node } = await held.client.ask(
        'query ($id: ID!) { node(id: $id) { ... on Reservation { heldUntil } } }',
        { id: held.reservation.id },
      );
      return node.heldUntil;
    };
    await pay(held, { key: 'again' });
    const first = await heldUntil();
    expect(Date.parse(first)).toBeGreaterThan(Date.parse(held.reservation.heldUntil));
    await pay(held, { key: 'again' });
    await pay(held, { key: 'other' });
    expect(await heldUntil()).toBe(first);
    await world.stripe.clearFaults();
    await world.hurryJobs();
    await untilBooking(held, 'CONFIRMED');
  });
});

test('the recovery job finishes a booking whose request was lost', async () => {
  const held = await world.held();
  await world.stripe.addFault({ path: CREATE, kind: 'hold' });
  void pay(held).catch(() => {});
  await world.stripe.untilStalled();
  expect((await bookingOf(held)).status).toBe('PENDING');
  await world.stripe.clearFaults();
  await until(async () => {
    await world.hurryJobs();
    expect((await bookingOf(held)).status).toBe('CONFIRMED');
  });
});
