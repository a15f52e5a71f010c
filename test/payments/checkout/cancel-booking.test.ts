import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';

import type { CrashPoint } from '../../../src/payments/index.ts';
import {
  bookingOf,
  giveBack,
  intentOf,
  pay,
  until,
  type CheckoutWorld,
  type Held,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

/** Reserve and pay. */
async function bought(prices = [5_000]): Promise<{ held: Held; booking: { id: string } }> {
  const held = await world.held({ seats: 20, prices });
  const answer = await pay(held);
  expect(answer).toMatchObject({ __typename: 'BookingConfirmed' });
  return { held, booking: answer.booking };
}

async function refundsOf(booking: { id: string }) {
  const intent = await intentOf(world, booking);
  const { refunds } = await world.stripe.payments();
  return refunds.filter(({ payment_intent }) => payment_intent === intent);
}

test('cancelling a booking releases the tickets and refunds the whole payment', async () => {
  const { held, booking } = await bought();
  expect(await giveBack(held, booking)).toMatchObject({
    __typename: 'BookingCancelled',
    booking: { id: booking.id, status: 'CANCELLED', tickets: [{ place: 0 }, { place: 1 }] },
  });
  expect(await refundsOf(booking)).toMatchObject([{ amount: 10_000 }]);

  const next = await world.as('next');
  const reservation = await reserved(next, held.event.event, { places: [0, 1] });
  expect(await pay({ client: next, reservation })).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('a repeated or concurrent cancellation returns the same outcome and refunds once', async () => {
  const { held, booking } = await bought();
  const answers = await Promise.all(Array.from({ length: 10 }, () => giveBack(held, booking)));
  answers.push(await giveBack(held, booking));
  for (const answer of answers) expect(answer).toMatchObject({ __typename: 'BookingCancelled' });
  expect(await refundsOf(booking)).toHaveLength(1);
});

test('only confirmed bookings of the viewer can be cancelled, and only before the event starts', async () => {
  const { held, booking } = await bought();
  const stranger = { client: await world.as('stranger') };
  expect(await giveBack(stranger, booking)).toMatchObject({
    __typename: 'BookingNotFound',
    message: 'There is no such Booking, or it is not yours.',
  });
  for (const id of ['nonsense', held.reservation.id, booking.id.replace(/.{8}$/, '00000000')]) {
    expect(await giveBack(held, { id })).toMatchObject({ __typename: 'BookingNotFound' });
  }

  const declined = await world.held();
  const refused = await pay(declined, { paymentMethod: 'pm_card_chargeDeclined' });
  expect(await giveBack(declined, refused.booking)).toMatchObject({
    __typename: 'BookingNotCancellable',
    booking: { status: 'DECLINED' },
  });

  await world.platform.db.execute(sql`update events set starts_at = now() where id = ${held.event.id}`);
  expect(await giveBack(held, booking)).toMatchObject({
    __typename: 'BookingNotCancellable',
    booking: { status: 'CONFIRMED' },
  });
});

test('a booking whose payment is in progress cannot be cancelled', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  expect(await giveBack(held, booking)).toMatchObject({
    __typename: 'BookingNotCancellable',
    booking: { status: 'PENDING' },
  });
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  await until(async () => expect((await bookingOf(held)).status).toBe('CONFIRMED'));
});

test('a free booking is cancelled without Stripe', async () => {
  const { held, booking } = await bought([0]);
  await world.countCallsAnew();
  expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
  expect(await world.stripe.calls()).toEqual({});
});

test('with Stripe down the tickets are released at once, and the refund follows', async () => {
  const { held, booking } = await bought();
  await world.stripe.addFault({ path: '*', kind: 'error', status: 503, times: 1_000 });
  expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
  await reserved(await world.as('quick'), held.event.event, { places: [0, 1] });
  await world.stripe.clearFaults();
  expect(await refundsOf(booking)).toHaveLength(0);
  await world.hurryJobs();
  await until(async () => expect(await refundsOf(booking)).toHaveLength(1));
});

test('a retry of the payment after the cancellation returns ReservationOver', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { key: 'kept' });
  await giveBack(held, booking);
  expect(await pay(held, { key: 'kept' })).toMatchObject({
    __typename: 'ReservationOver',
    reservation: { status: 'RELEASED' },
  });
});

describe('a server that crashes while cancelling a booking', () => {
  for (const point of ['cancelling', 'refund-made', 'settled'] satisfies CrashPoint[]) {
    test(`at "${point}" loses neither the refund nor the tickets`, async () => {
      const { held, booking } = await bought();
      await world.platform.db.execute(sql`delete from graphile_worker._private_jobs`); // as days later: the jobs of the payment are done
      await world.stripe.setWebhooks({ mode: 'drop' }); // the webhook of the refund goes through the same point
      world.crashAt(point);
      const { errors } = await held.client.send(
        'mutation ($input: CancelBookingInput!) { cancelBooking(input: $input) { __typename } }',
        { input: { booking: booking.id } },
      );
      expect(world.crashed()).toBe(true);
      expect(errors).toHaveLength(1);
      await world.stripe.setWebhooks({ mode: 'deliver' });

      await world.hurryJobs();
      await until(async () => expect(await refundsOf(booking)).toHaveLength(1));
      await until(async () => expect(await world.findings()).toEqual([]));
      expect((await bookingOf(held)).status).toBe('CANCELLED');
      await reserved(await world.as(`after-${point}`), held.event.event, { places: [0, 1] });
    });
  }
});
