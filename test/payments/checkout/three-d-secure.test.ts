import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import {
  bookingKey,
  bookingOf,
  intentOf,
  openCheckoutWorld,
  pay,
  runOutOfTime,
  until,
  untilBooking,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { keyOf } from '../../support/holds.ts';

const AUTHENTICATION = {
  paymentMethod: 'pm_card_authenticationRequired',
  returnUrl: 'https://shop.example/back',
};

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(async () => {
  await world.stripe.setWebhooks({ mode: 'deliver' });
  expect(await world.findings()).toEqual([]);
});

/** Pay with a card that requires authentication. */
async function begin(how: object = {}): Promise<{ held: Held; booking: { id: string }; intent: string }> {
  const held = await world.held();
  const answer = await pay(held, { ...AUTHENTICATION, ...how });
  expect(answer).toMatchObject({ __typename: 'PaymentActionRequired', booking: { status: 'PENDING' } });
  return { held, booking: answer.booking, intent: await intentOf(world, answer.booking) };
}

/** Set the time left of a hold. */
async function shorten(held: Held, seconds: number): Promise<void> {
  const { eventId, id } = keyOf(held.reservation);
  const heldUntil = sql`now() + make_interval(secs => ${seconds})`;
  await world.platform.db.transaction(async (tx) => {
    await tx.execute(
      sql`update reservations set held_until = ${heldUntil} where event_id = ${eventId} and id = ${id}`,
    );
    await tx.execute(sql`
      update tickets set held_until = ${heldUntil}, version = version + 1
      where event_id = ${eventId} and reservation_id = ${id}`);
  });
}

test('the buyer authenticates at the bank, and the booking is confirmed', async () => {
  const held = await world.held();
  const answer = await pay(held, { ...AUTHENTICATION, key: '3ds' });
  expect(answer).toMatchObject({
    __typename: 'PaymentActionRequired',
    clientSecret: expect.stringMatching(/^pi_\w+_secret_\w+$/),
    redirectUrl: expect.stringMatching(/^http/),
    booking: { status: 'PENDING', tickets: [{ status: 'RESERVED' }, { status: 'RESERVED' }] },
  });
  expect(await pay(held, { ...AUTHENTICATION, key: '3ds' })).toEqual(answer); // a retry returns the same step

  const intent = await intentOf(world, answer.booking);
  expect(await world.stripe.authenticate(intent, 'complete')).toContain(AUTHENTICATION.returnUrl);
  const booking = await untilBooking(held, 'CONFIRMED');
  expect(booking.id).toBe(answer.booking.id);
  expect(await pay(held, { ...AUTHENTICATION, key: '3ds' })).toMatchObject({
    __typename: 'BookingConfirmed',
    booking: { id: answer.booking.id },
  });
});

test('a buyer who fails authentication keeps the tickets for two minutes, and pays with another card', async () => {
  const { held, intent } = await begin();
  await shorten(held, 20);
  await world.stripe.authenticate(intent, 'fail');
  await untilBooking(held, 'DECLINED');

  const { node } = await held.client.ask(
    'query ($id: ID!) { node(id: $id) { ... on Reservation { status secondsLeft } } }',
    { id: held.reservation.id },
  );
  expect(node.status).toBe('HELD');
  expect(node.secondsLeft).toBeGreaterThan(110);
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('a card that is declined after authentication is not charged', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_threeDSecureRequiredChargeDeclined' });
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  await untilBooking(held, 'DECLINED');
});

test('an abandoned payment is cancelled, and cannot succeed later', async () => {
  const { held, booking, intent } = await begin();
  await runOutOfTime(world, booking);
  await world.hurryJobs();
  const declined = await untilBooking(held, 'DECLINED');
  expect(declined.failureMessage).toBe('The payment was not completed in time.');
  await expect(world.stripe.authenticate(intent, 'complete')).rejects.toThrow();
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('during authentication each recovery job schedules the next', async () => {
  const { held, booking, intent } = await begin();
  const key = `checkout:${bookingKey(booking).id}`;
  for (let run = 0; run < 3; run++) {
    await world.countCallsAnew();
    await world.hurryJobs();
    await until(async () => {
      expect(await world.stripe.calls()).toEqual({ 'GET /v1/payment_intents/:id': 1 });
      const { rows: jobs } = await world.platform.db.execute(
        sql`select locked_at, run_at > now() as waits from graphile_worker.jobs where key = ${key}`,
      );
      expect([...jobs]).toEqual([{ locked_at: null, waits: true }]);
    });
  }
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'CONFIRMED');
});

test('a lost webhook is replaced by polling', async () => {
  const { held, intent } = await begin();
  await world.stripe.setWebhooks({ mode: 'drop' });
  await world.stripe.authenticate(intent, 'complete');
  expect((await bookingOf(held)).status).toBe('PENDING');
  await world.hurryJobs();
  await untilBooking(held, 'CONFIRMED');
});

test('a retry with the same key sees the result before the webhook', async () => {
  const { held, intent } = await begin({ key: 'ask' });
  await world.stripe.setWebhooks({ mode: 'drop' });
  await world.stripe.authenticate(intent, 'complete');
  expect(await pay(held, { ...AUTHENTICATION, key: 'ask' })).toMatchObject({
    __typename: 'BookingConfirmed',
  });
});

test('a buyer who authenticates while the payment is being cancelled gets the tickets', async () => {
  const { held, booking, intent } = await begin();
  await world.stripe.setWebhooks({ mode: 'drop' });
  await runOutOfTime(world, booking);
  // The poll sees a pending authentication; the payment succeeds before the cancellation.
  await world.stripe.addFault({ path: '/v1/payment_intents/:id/cancel', kind: 'hold' });
  await world.hurryJobs();
  await world.stripe.untilStalled();
  await world.stripe.authenticate(intent, 'complete');
  await world.stripe.releaseStalled();
  await untilBooking(held, 'CONFIRMED');
});

test('a payment that is processing is polled past its deadline', async () => {
  const held = await world.held();
  const answer = await pay(held, { paymentMethod: 'pm_emulator_processing' });
  expect(answer).toMatchObject({ __typename: 'PaymentPending', booking: { status: 'PENDING' } });
  const intent = await intentOf(world, answer.booking);

  await runOutOfTime(world, answer.booking); // it cannot be cancelled, so polling continues
  await world.countCallsAnew();
  await world.hurryJobs();
  await until(async () => {
    expect(await world.stripe.calls()).toHaveProperty(['POST /v1/payment_intents/:id/cancel']);
  });
  expect((await bookingOf(held)).status).toBe('PENDING');
  await world.stripe.settlePayment(intent, 'succeeded');
  await untilBooking(held, 'CONFIRMED');
});
