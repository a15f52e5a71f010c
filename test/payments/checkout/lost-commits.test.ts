import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import { pay, payAndCrash, until, type CheckoutWorld, type Held } from '../../support/checkout-world.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

const DECLINED = { paymentMethod: 'pm_card_chargeDeclined' };

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

/** Lose the newest Booking of a buyer, as an asynchronous failover or a restored backup does; the Reservation is older. */
async function loseBooking({ name }: Held): Promise<void> {
  await world.platform.db.execute(sql`
    with lost as (
      delete from bookings where id = (
        select id from bookings where viewer_id = ${name} order by attempt desc limit 1
      ) returning id
    )
    delete from graphile_worker._private_jobs job using lost where job.key = 'checkout:' || lost.id`);
}

const statuses = async (held: Held) => {
  const { payment_intents: intents, refunds } = await world.stripe.payments();
  const mine = intents.filter(({ amount }) => amount === held.reservation.total.amount);
  return {
    succeeded: mine.filter(({ status }) => status === 'succeeded').length,
    refunded: refunds.filter(({ payment_intent: id }) => mine.some((intent) => intent.id === id)).length,
  };
};

test('a charge whose Booking is lost is refunded, and the next attempt pays anew', async () => {
  const held = await world.held({ seats: 20, prices: [6_661] }, { places: [0] });
  await world.stripe.setWebhooks({ mode: 'hold' });
  await payAndCrash(world, held, 'charged', { key: 'lost' });
  await loseBooking(held);
  await world.stripe.setWebhooks({ mode: 'deliver' });
  await world.stripe.releaseWebhooks();
  await until(async () => expect(await statuses(held)).toEqual({ succeeded: 1, refunded: 1 }));

  expect(await pay(held, { key: 'retry' })).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await statuses(held)).toEqual({ succeeded: 2, refunded: 1 });
});

test('a decline whose Booking is lost does not answer the next attempt, on the same intent', async () => {
  const held = await world.held();
  await pay(held, DECLINED);
  await payAndCrash(world, held, 'charged', { ...DECLINED, key: 'lost' });
  await loseBooking(held);
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
});

test('an intent whose Booking is lost before the charge charges nothing', async () => {
  const held = await world.held({ seats: 20, prices: [6_662] }, { places: [0] });
  await payAndCrash(world, held, 'intent-created', { key: 'lost' });
  await loseBooking(held);
  expect(await pay(held)).toMatchObject({ __typename: 'BookingConfirmed' });
  expect(await statuses(held)).toEqual({ succeeded: 1, refunded: 0 });
});

test('attempts that version 0.1 opened, and so did not number, have keys of their own', async () => {
  const held = await world.held();
  const unnumber = () =>
    world.platform.db.execute(sql`update bookings set attempt = null where viewer_id = ${held.name}`);
  await payAndCrash(world, held, 'intent-stored', { ...DECLINED, key: 'first' });
  await unnumber();
  expect(await pay(held, { ...DECLINED, key: 'first' })).toMatchObject({ __typename: 'PaymentDeclined' });
  await payAndCrash(world, held, 'opened', { key: 'second' });
  await unnumber();
  expect(await pay(held, { key: 'second' })).toMatchObject({ __typename: 'BookingConfirmed' });
});
