import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

import { cancelEvent, cancellationOf } from '../../support/cancel-event.ts';
import {
  BOOKING,
  bookingOf,
  giveBack,
  intentOf,
  pay,
  until,
  untilBooking,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { draftEvent, eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => ({ world } = shared));

const organiser = () => world.as(ORGANISER, 'ORGANISER');

/** A buyer who has paid for these places. */
async function soldTo(name: string, event: SeededEvent, places: number[]) {
  const client = await world.as(name);
  const held = { event, client, name, reservation: await reserved(client, event.event, { places }) };
  return { ...held, booking: (await pay(held)).booking as { id: string } };
}

/** Move a cancellation, and all jobs, past the two minutes in which a Booking may still be confirmed. */
async function untilSettled(event: SeededEvent) {
  await world.platform.db.execute(sql`
    update event_cancellations set cancelled_at = now() - interval '3 minutes' where event_id = ${event.id}`);
  const client = await organiser();
  await until(async () => {
    await world.hurryJobs();
    expect(await cancellationOf(client, event.event)).toMatchObject({
      pending: 0,
      settledAt: expect.any(String),
    });
  });
  return cancellationOf(client, event.event);
}

test('cancelling refunds every Booking in full, says how far it is, and changes nothing when repeated', async () => {
  const event = await eventOnSale(world.platform);
  const buyers = await Promise.all(
    [0, 2, 4].map((place) => soldTo(`buyer-${place}-${event.id}`, event, [place, place + 1])),
  );
  const before = await soldTo(`early-${event.id}`, event, [6]);
  await giveBack(before, before.booking); // by its buyer
  await untilBooking(before, 'CANCELLED');

  const client = await organiser();
  expect(await cancelEvent(client, event.event)).toMatchObject({
    __typename: 'EventCancelled',
    event: { status: 'CANCELLED', cancellation: { bookings: 3, settledAt: null } },
  });
  for (const buyer of buyers) await untilBooking(buyer, 'CANCELLED');
  expect(await untilSettled(event)).toMatchObject({
    bookings: 3,
    refunded: 3,
    failed: 0,
    refundedAmount: { amount: 30_000, currency: 'EUR' },
  });
  const again = await cancelEvent(client, event.event);
  expect(again).toMatchObject({
    event: { cancellation: { bookings: 3, refunded: 3, settledAt: expect.any(String) } },
  });
  for (const { booking, client: buyer } of buyers) {
    const { node } = await buyer.ask(
      `query ($id: ID!) { node(id: $id) { ... on Booking { cancelledWithEvent refunds { status amount { amount } } ${BOOKING} } } }`,
      { id: booking.id },
    );
    expect(node).toMatchObject({
      cancelledWithEvent: true,
      refunds: [{ status: 'SUCCEEDED', amount: { amount: 10_000 } }],
    });
  }
  const { event: trail } = await client.ask(
    'query ($event: ID!) { event(id: $event) { auditTrail { nodes { actor mutation changes { field before after } } } } }',
    { event: event.event },
  );
  expect(
    trail.auditTrail.nodes.filter(({ mutation }: { mutation: string }) => mutation === 'cancelEvent'),
  ).toEqual([
    {
      actor: ORGANISER,
      mutation: 'cancelEvent',
      changes: [{ field: 'status', before: 'ON_SALE', after: 'CANCELLED' }],
    },
  ]);
});

test('what is held of it is not paid, and a payment at the bank is refunded when it succeeds', async () => {
  const event = await eventOnSale(world.platform);
  const hold = async (name: string, places: number[]) => {
    const client = await world.as(`${name}-${event.id}`);
    return { event, client, name, reservation: await reserved(client, event.event, { places }) };
  };
  const [holding, atTheBank] = [await hold('holding', [0, 1]), await hold('bank', [2, 3])];
  const { booking } = await pay(atTheBank, { paymentMethod: 'pm_card_authenticationRequired' });
  await cancelEvent(await organiser(), event.event);
  expect(await pay(holding)).toMatchObject({ __typename: 'ReservationOver' });
  await world.stripe.authenticate(await intentOf(world, booking), 'complete');
  await untilBooking(atTheBank, 'REFUNDED');
  expect(await untilSettled(event)).toMatchObject({ bookings: 0, refundedAmount: null });
});

test.each(['cancelling', 'refund-made', 'settled'] as const)(
  'a crash at `%s` leaves no Booking without its refund, and none with two',
  async (point) => {
    const event = await eventOnSale(world.platform);
    const buyer = await soldTo(`buyer-${event.id}`, event, [0, 1]);
    world.crashAt(point);
    await cancelEvent(await organiser(), event.event);
    await until(async () => {
      await world.hurryJobs();
      expect((await bookingOf(buyer))?.status).toBe('CANCELLED');
    });
    await untilSettled(event);
    expect(world.crashed()).toBe(true);
  },
);

test('two hundred refunds that Stripe refuses hold up no other one', async () => {
  const event = await eventOnSale(world.platform);
  const buyer = await soldTo(`buyer-${event.id}`, event, [0, 1]);
  const { db } = world.platform;
  await db.execute(sql`
    insert into bookings (event_id, id, reservation_id, viewer_id, step, amount_minor, currency, intent_id, confirmed_at, updated_at)
    select event_id, gen_random_uuid(), gen_random_uuid(), 'refused', 'cancelling', 100, 'EUR', 'pi_refused_' || n, now(),
      now() - interval '6 minutes'
    from bookings, generate_series(1, 200) n where event_id = ${event.id}`);
  await cancelEvent(await organiser(), event.event);
  await untilBooking(buyer, 'CANCELLED');
  await db.execute(sql`delete from bookings where event_id = ${event.id} and viewer_id = 'refused'`);
});

test('a Booking that its buyer cancels in the same second is refunded once', async () => {
  const event = await eventOnSale(world.platform);
  const buyer = await soldTo(`buyer-${event.id}`, event, [0, 1]);
  const [cancelled, given] = await Promise.all([
    cancelEvent(await organiser(), event.event),
    giveBack(buyer, buyer.booking),
  ]);
  expect([cancelled.__typename, given.__typename]).toEqual(['EventCancelled', 'BookingCancelled']);
  await untilSettled(event);
});

test('a cancellation whose job is lost goes on with the next sweep', async () => {
  const event = await eventOnSale(world.platform);
  const buyer = await soldTo(`buyer-${event.id}`, event, [0, 1]);
  const { db } = world.platform;
  const paused = world.pauseAt('cancelling');
  await cancelEvent(await organiser(), event.event);
  await paused.reached;
  await db.execute(
    sql`delete from graphile_worker._private_jobs where key = ${`cancel-bookings:${event.id}`}`,
  );
  paused.resume();
  await untilBooking(buyer, 'CANCELLED');
  await untilSettled(event);
});

test('a draft, an Event of others and one that is unknown are refused', async () => {
  const draft = await draftEvent(world.platform);
  expect(await cancelEvent(await organiser(), draft.event)).toMatchObject({
    __typename: 'EventNotChangeable',
    status: 'DRAFT',
  });
  const event = await eventOnSale(world.platform);
  const stranger = await world.as('stranger', 'ORGANISER');
  expect(await cancelEvent(stranger, event.event)).toMatchObject({ __typename: 'EventNotFound' });
  expect(await cancelEvent(stranger, 'evt_nothing')).toMatchObject({ __typename: 'EventNotFound' });
  await cancelEvent(await organiser(), event.event);
  expect(await cancellationOf(stranger, event.event)).toBeNull();
});
