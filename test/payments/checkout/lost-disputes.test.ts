import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import {
  bookingKey,
  giveBack,
  intentOf,
  openCheckoutWorld,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { reserved, runOut } from '../../support/holds.ts';
import { differencesOf } from '../../support/ledger-differences.ts';

// A refund is due of a payment that the bank has charged back.

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(() => world.stripe.setWebhooks({ mode: 'deliver' }));

const rowOf = async (id: string) =>
  (await world.platform.db.execute(sql`select step, refund_id, refund_status from bookings where id = ${id}`))
    .rows[0];

const reasonsOf = async (id: string) =>
  (
    await world.platform.db.execute<{ reason: string }>(
      sql`select reason from payment_alarms where alarm = 'refund-refused' and subject = ${id} order by reason`,
    )
  ).rows.map(({ reason }) => reason);

/** A Booking that was cancelled after its payment was disputed: Stripe refuses the refund. */
async function cancelledInDispute(details: { amount?: number } = {}) {
  const held = await world.held();
  const { booking } = await pay(held);
  const intent = await intentOf(world, booking);
  const dispute = await world.stripe.dispute(intent, details);
  await world.countCallsAnew();
  expect(await giveBack(held, booking)).toMatchObject({ __typename: 'BookingCancelled' });
  const { id } = bookingKey(booking);
  expect(await rowOf(id)).toMatchObject({ step: 'cancelling', refund_id: null });
  return { held, booking, id, intent, dispute: dispute.id };
}

test('a lost dispute ends the refund with an alarm, and nothing differs from Stripe', async () => {
  const { held, id, intent, dispute } = await cancelledInDispute();
  expect(await reasonsOf(id)).toEqual(['charge_disputed']);
  await world.hurryJobs(); // the dispute is open: the refund stays due
  await world.countCallsAnew();
  expect(await rowOf(id)).toMatchObject({ step: 'cancelling' });

  await world.stripe.settleDispute(dispute, 'lost');
  await world.countCallsAnew();
  await world.hurryJobs();
  await until(async () =>
    expect(await rowOf(id)).toEqual({ step: 'cancelled', refund_id: null, refund_status: 'canceled' }),
  );
  expect(await reasonsOf(id)).toEqual(['charge_disputed', 'dispute_lost']);
  await untilBooking(held, 'CANCELLED');
  const waiting = sql`select from graphile_worker.jobs where key = ${`checkout:${id}`}`;
  await until(async () => expect((await world.platform.db.execute(waiting)).rows).toEqual([])); // no retry
  expect(await differencesOf(world, intent)).toEqual([]);
});

test('a dispute that is won leaves the refund due until it is made', async () => {
  const { id, intent, dispute } = await cancelledInDispute();
  await world.stripe.settleDispute(dispute, 'won');
  await world.countCallsAnew();
  await until(async () => {
    await world.hurryJobs();
    expect(await rowOf(id)).toMatchObject({ step: 'cancelled', refund_status: 'succeeded' });
  });
  expect(await reasonsOf(id)).toEqual(['charge_disputed']);
  expect(await differencesOf(world, intent)).toEqual([]);
});

test('the refund of a payment that bought nothing ends with its lost dispute, too', async () => {
  const held = await world.held();
  const { booking } = await pay(held, { paymentMethod: 'pm_card_authenticationRequired' });
  const intent = await intentOf(world, booking);
  const { id } = bookingKey(booking);
  await runOut(world.platform.db, held.reservation);
  await reserved(await world.as('faster'), held.event.event, { places: [0] });
  const refused = { path: '/v1/refunds', method: 'POST', kind: 'error', status: 503 } as const;
  await world.stripe.addFault({ ...refused, times: 1_000 });
  await world.stripe.authenticate(intent, 'complete');
  await untilBooking(held, 'REFUNDED');
  const { id: dispute } = await world.stripe.dispute(intent);
  await world.stripe.settleDispute(dispute, 'lost');
  await world.stripe.clearFaults();
  await until(async () => {
    await world.hurryJobs();
    expect(await rowOf(id)).toEqual({ step: 'refunded', refund_id: null, refund_status: 'canceled' });
  });
  expect(await reasonsOf(id)).toEqual(['charge_disputed', 'dispute_lost']);
  await world.countCallsAnew();
  expect(await differencesOf(world, intent)).toEqual([]);
});

test('what a lost dispute about a part leaves is reported', async () => {
  const { id, intent, dispute } = await cancelledInDispute({ amount: 9_900 });
  await world.stripe.settleDispute(dispute, 'lost');
  await world.countCallsAnew();
  await until(async () => {
    await world.hurryJobs();
    expect(await rowOf(id)).toMatchObject({ step: 'cancelled', refund_status: 'canceled' });
  });
  expect(await differencesOf(world, intent)).toEqual(['not-refunded']);
});
