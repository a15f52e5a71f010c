import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import {
  bookingOf,
  openCheckoutWorld,
  pay,
  payment,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { keyOf, reserve, reserved, runOut } from '../../support/holds.ts';

/** Level of pino. */
const INFO = 30;

let world: CheckoutWorld;
const lines: { level: number; msg: string }[] = [];
beforeAll(async () => {
  const log = openLog('info', { write: (line) => void lines.push(JSON.parse(line) as never) });
  world = await openCheckoutWorld({ log });
});
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(async () => {
  await world.stripe.clearFaults();
  expect(await world.findings()).toEqual([]);
});

describe('a card that works', () => {
  test('confirms the booking and sells the tickets', async () => {
    const held = await world.held();
    const answer = await pay(held);

    expect(answer).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: {
        status: 'CONFIRMED',
        total: { amount: 10_000, currency: 'EUR' },
        tickets: [
          { place: 0, status: 'SOLD' },
          { place: 1, status: 'SOLD' },
        ],
        failureMessage: null,
        event: { id: held.event.event },
      },
    });
    expect(answer.booking.confirmedAt).not.toBeNull();
    const other = await world.as('other');
    expect(await reserve(other, held.event.event, { places: [1] })).toMatchObject({
      __typename: 'TicketsUnavailable',
      places: [1],
    });
  });

  test('is charged the total of the reservation, once', async () => {
    const held = await world.held({ seats: 40, prices: [5_000, 2_550] }, { places: [0, 20, 21] });
    await pay(held);
    const { payment_intents: intents } = await world.stripe.payments();
    const mine = intents.filter(({ amount }) => amount === 10_100);
    expect(mine).toMatchObject([{ status: 'succeeded', currency: 'eur', amount_received: 10_100 }]);
    const { rows } = await world.platform.db.execute(
      sql`select place, amount_minor::int as amount from booking_tickets where event_id = ${held.event.id} order by place`,
    );
    expect([...rows]).toEqual([
      { place: 0, amount: 5_000 },
      { place: 20, amount: 2_550 },
      { place: 21, amount: 2_550 },
    ]);
  });

  test('whose webhook arrives before the response is charged once', async () => {
    const held = await world.held();
    expect(await pay(held, { paymentMethod: 'pm_emulator_webhookFirst' })).toMatchObject({
      __typename: 'BookingConfirmed',
    });
  });
});

describe('a card that is declined', () => {
  test('charges nothing, and leaves the buyer two minutes for another attempt', async () => {
    const held = await world.held();
    const declined = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });

    expect(declined).toMatchObject({
      __typename: 'PaymentDeclined',
      code: 'card_declined',
      booking: { status: 'DECLINED', failureMessage: 'Your card was declined.' },
      reservation: { id: held.reservation.id, status: 'HELD' },
    });
    expect(declined.reservation.secondsLeft).toBeGreaterThan(118);
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('does not extend the hold further than the limit beyond the cap, over all attempts', async () => {
    const held = await world.held();
    const { id } = keyOf(held.reservation);
    await world.platform.db.execute(sql`
      update reservations set held_until = now() + interval '90 seconds', held_until_cap = now() - interval '15 minutes'
      where id = ${id}`);
    await world.platform.db.execute(sql`
      update tickets set held_until = reservations.held_until, version = version + 1
      from reservations where reservations.id = ${id} and tickets.reservation_id = ${id}`);
    for (let attempt = 0; attempt < 3; attempt++) {
      const declined = await pay(held, { paymentMethod: 'pm_card_chargeDeclined' });
      expect(declined).toMatchObject({ __typename: 'PaymentDeclined', reservation: { status: 'HELD' } });
      expect(declined.reservation.secondsLeft).toBeLessThanOrEqual(90);
    }
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('has the code of the issuer, unless it must not be disclosed to the buyer', async () => {
    const held = await world.held();
    const codes: Record<string, string> = {};
    for (const method of [
      'pm_card_chargeDeclinedInsufficientFunds',
      'pm_card_chargeDeclinedExpiredCard',
      'pm_card_chargeDeclinedIncorrectCvc',
      'pm_card_visa_chargeDeclinedStolenCard',
      'pm_card_chargeDeclinedFraudulent',
    ]) {
      codes[method] = (await pay(held, { paymentMethod: method })).code;
    }
    expect(codes).toEqual({
      pm_card_chargeDeclinedInsufficientFunds: 'insufficient_funds',
      pm_card_chargeDeclinedExpiredCard: 'expired_card',
      pm_card_chargeDeclinedIncorrectCvc: 'incorrect_cvc',
      pm_card_visa_chargeDeclinedStolenCard: 'card_declined',
      pm_card_chargeDeclinedFraudulent: 'card_declined',
    });
  });
});

describe('an invalid payment', () => {
  test('with an unknown payment method is refused, and the tickets stay held', async () => {
    const held = await world.held();
    for (const paymentMethod of ['pm_unknown', 'tok_visa', '', "pm_'; drop table bookings", null]) {
      expect(await pay(held, { paymentMethod })).toMatchObject({ __typename: 'PaymentMethodInvalid' });
    }
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
    const refusals = lines.filter(({ msg }) => msg === 'payment refused by stripe');
    expect(new Set(refusals.map(({ level }) => level))).toEqual(new Set([INFO])); // a buyer writes no warnings
  });

  test('of another amount or currency is refused without a request to Stripe', async () => {
    const held = await world.held();
    await world.countCallsAnew();
    for (const amount of [
      { amount: 9_999, currency: 'EUR' },
      { amount: 10_000, currency: 'USD' },
      { amount: 0, currency: 'EUR' },
      { amount: -10_000, currency: 'EUR' },
    ]) {
      expect(await pay(held, { amount })).toMatchObject({
        __typename: 'AmountMismatch',
        total: { amount: 10_000, currency: 'EUR' },
      });
    }
    expect(await world.stripe.calls()).toEqual({});
    expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  });

  test('for a reservation that is over, of another viewer or missing is refused', async () => {
    const over = await world.held();
    await runOut(world.platform.db, over.reservation);
    expect(await pay(over)).toMatchObject({
      __typename: 'ReservationOver',
      reservation: { id: over.reservation.id, status: 'EXPIRED' },
    });

    const held = await world.held();
    const stranger = { ...held, client: await world.as('another-fan') };
    expect(await pay(stranger)).toMatchObject({ __typename: 'ReservationNotFound' });
    for (const id of ['nonsense', held.event.event, held.reservation.id.replace(/.{8}$/, '00000000')]) {
      const reservation = { ...held.reservation, id };
      expect(await pay({ ...held, reservation })).toMatchObject({ __typename: 'ReservationNotFound' });
    }
  });

  test('with an invalid return URL or idempotency key is refused with all problems', async () => {
    const held = await world.held();
    expect(await pay(held, { key: '', returnUrl: 'javascript:alert(1)' })).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['idempotencyKey'] }, { path: ['payment', 'returnUrl'] }],
    });
    for (const key of ['x'.repeat(201), 'nul\u0000']) {
      expect(await pay(held, { key })).toMatchObject({ __typename: 'InvalidInput' });
    }
  });

  test('without a token, or with the token of an organiser, is rejected', async () => {
    const held = await world.held();
    const organiser = await world.as('organiser', 'ORGANISER');
    for (const [client, code] of [
      [world.stranger, 'UNAUTHENTICATED'],
      [organiser, 'FORBIDDEN'],
    ] as const) {
      const { errors } = await client.send(
        'mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) { __typename } }',
        { input: payment(held) },
      );
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  });
});

describe('a retry with the same key', () => {
  test('returns the same booking, and charges nothing more', async () => {
    const held = await world.held();
    const first = await pay(held, { key: 'once' });
    const again = await pay(held, { key: 'once' });
    expect(again).toEqual(first);
    expect(await pay(held, { key: 'once', paymentMethod: 'pm_card_mastercard' })).toMatchObject({
      __typename: 'IdempotencyKeyReused',
      idempotencyKey: 'once',
    });
    expect(await pay(held, { key: 'twice' })).toMatchObject({
      __typename: 'ReservationOver',
      reservation: { status: 'BOOKED' },
    });
  });

  test('is the same request with a null return URL and without one', async () => {
    const [without, withNull] = [await world.held(), await world.held()];
    const sold = await pay(without, { key: 'null later' });
    expect(await pay(without, { key: 'null later', returnUrl: null })).toEqual(sold);
    const sent = await pay(withNull, { key: 'null first', returnUrl: null });
    expect(await pay(withNull, { key: 'null first' })).toEqual(sent);
    expect(await pay(withNull, { key: 'null first', returnUrl: 'https://shop.example/' })).toMatchObject({
      __typename: 'IdempotencyKeyReused',
    });
  });

  test('after a decline returns the decline, and does not charge the card again', async () => {
    const held = await world.held();
    const how = { key: 'declined', paymentMethod: 'pm_card_chargeDeclined' };
    const first = await pay(held, how);
    await world.countCallsAnew();
    expect(await pay(held, how)).toMatchObject({
      __typename: 'PaymentDeclined',
      booking: { id: first.booking.id },
    });
    expect(await world.stripe.calls()).toEqual({});
  });

  test('ten times concurrently is one booking and one charge', async () => {
    const held = await world.held();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(held, { key: 'double-click' })));
    const booking = await untilBooking(held, 'CONFIRMED');
    for (const answer of answers) {
      expect(['BookingConfirmed', 'PaymentPending']).toContain(answer.__typename);
      expect(answer.booking.id).toBe(booking.id);
    }
  });
});

test('a retry while the first call waits for Stripe returns PaymentPending, and both end as one booking', async () => {
  const held = await world.held();
  await world.stripe.addFault({ path: '/v1/payment_intents', method: 'POST', kind: 'hold', when: 'after' });
  const first = pay(held, { key: 'slow' });
  await world.stripe.untilStalled();
  const again = await pay(held, { key: 'slow' });
  expect(again).toMatchObject({ __typename: 'PaymentPending', booking: { status: 'PENDING' } });
  await world.stripe.releaseStalled();
  expect(await first).toMatchObject({ __typename: 'BookingConfirmed', booking: { id: again.booking.id } });
});

describe('two tabs', () => {
  test('that pay for the same tickets are charged once, and the second gets the booking of the first', async () => {
    const held = await world.held();
    const answers = await Promise.all([1, 2, 3, 4].map((tab) => pay(held, { key: `tab ${tab}` })));
    const booking = await bookingOf(held);
    expect(booking.status).toBe('CONFIRMED');
    expect(answers.filter(({ __typename }) => __typename === 'BookingConfirmed')).toHaveLength(1);
    for (const answer of answers) {
      expect(['BookingConfirmed', 'BookingUnderWay', 'ReservationOver']).toContain(answer.__typename);
      if (answer.booking) expect(answer.booking.id).toBe(booking.id);
    }
  });

  test('that pay for different tickets are two bookings', async () => {
    const held = await world.held();
    const second = await reserved(held.client, held.event.event, { places: [2] });
    const answers = await Promise.all([pay(held), pay({ ...held, reservation: second })]);
    expect(answers).toMatchObject([{ __typename: 'BookingConfirmed' }, { __typename: 'BookingConfirmed' }]);
  });
});

test('a reservation whose payment is in progress cannot be released', async () => {
  const held = await world.held();
  await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  const release = () => held.client.mutate('releaseReservation', { reservation: held.reservation.id });
  expect(await release()).toMatchObject({ __typename: 'PaymentUnderWay' });
  const {
    rows: [row],
  } = await world.platform.db.execute(sql`select intent_id from bookings where event_id = ${held.event.id}`);
  await world.stripe.authenticate(String(row!['intent_id']), 'fail');
  await untilBooking(held, 'DECLINED');
  expect(await release()).toMatchObject({ __typename: 'ReservationReleased' });
});

test('a free reservation is booked without Stripe', async () => {
  const held = await world.held({ seats: 20, prices: [0] });
  await world.countCallsAnew();
  expect(await pay(held, { paymentMethod: null })).toMatchObject({
    __typename: 'BookingConfirmed',
    booking: { status: 'CONFIRMED', total: { amount: 0 } },
  });
  expect(await world.stripe.calls()).toEqual({});
});

test('no transaction is open and no session waits for a lock during a request to Stripe', async () => {
  const held = await world.held();
  await world.stripe.addFault({ path: '/v1/payment_intents/:id/confirm', kind: 'hold', when: 'after' });
  const paying = pay(held);
  await world.stripe.untilStalled();
  await until(async () => {
    const { rows: open } = await world.platform.db.execute(sql`
      select state, query from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and (state like 'idle in transaction%' or wait_event_type = 'Lock')`);
    expect([...open]).toEqual([]); // webhooks open short transactions; one around the request would stay
  });
  await world.stripe.releaseStalled();
  expect(await paying).toMatchObject({ __typename: 'BookingConfirmed' });
});
