import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { newId } from '../../../src/platform/ids.ts';
import {
  giveBack,
  intentOf,
  openCheckoutWorld,
  pay,
  until,
  type CheckoutWorld,
} from '../../support/checkout-world.ts';
import { keyOf, reserve, reserved } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

describe('amounts of more than 32 bits', () => {
  const concert = { seats: 20, currency: 'IDR', prices: [250_000_000] }; // 2,500,000.00 rupiahs each

  test('are published, found, reserved, paid, and refunded', async () => {
    const places = Array.from({ length: 10 }, (_, place) => place);
    const held = await world.held(concert, { places });
    expect(held.reservation.total).toEqual({ amount: 2_500_000_000, currency: 'IDR' });

    const answer = await pay(held);
    expect(answer).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: { status: 'CONFIRMED', total: { amount: 2_500_000_000, currency: 'IDR' } },
    });
    const intent = await intentOf(world, answer.booking);
    const { payment_intents: intents } = await world.stripe.payments();
    expect(intents.find(({ id }) => id === intent)).toMatchObject({
      amount_received: 2_500_000_000,
      currency: 'idr',
    });

    expect(await giveBack(held, answer.booking)).toMatchObject({
      booking: { status: 'CANCELLED', total: { amount: 2_500_000_000 } },
    });
    await until(async () => {
      const { refunds } = await world.stripe.payments();
      expect(refunds.filter(({ payment_intent }) => payment_intent === intent)).toMatchObject([
        { amount: 2_500_000_000, status: 'succeeded' },
      ]);
    });
    expect(await world.findings()).toEqual([]);
  });

  test('are found by price, and shown with every digit', async () => {
    const { event } = await eventOnSale(world.platform, { ...concert, prices: [99_999_999_999] });
    const { data } = await (
      await world.as('reader')
    ).send(
      `query ($event: ID!) {
        event(id: $event) {
          priceTiers { price { amount } } highestPrice { amount formatted }
        }
        seatMap(event: $event) { sections { lowestPrice { amount } } tiers { price { amount } } }
        searchEvents(input: { price: { currency: "IDR", min: 99999999999, max: 99999999999 } }) { nodes { id } }
      }`,
      { event },
    );
    expect(data).toEqual({
      event: {
        priceTiers: [{ price: { amount: 99_999_999_999 } }],
        highestPrice: { amount: 99_999_999_999, formatted: 'IDR\u00A0999,999,999.99' },
      },
      seatMap: {
        sections: [{ lowestPrice: { amount: 99_999_999_999 } }],
        tiers: [{ price: { amount: 99_999_999_999 } }],
      },
      searchEvents: { nodes: [{ id: event }] },
    });
  });
});

test('a price below the minimum, published by an earlier version, is declined as amount_too_small', async () => {
  const event = await eventOnSale(world.platform, { seats: 20 });
  await world.platform.sql`update price_tiers set amount_minor = 10 where event_id = ${event.id}`;
  const client = await world.as('cheap');
  const held = { client, reservation: await reserved(client, event.event, { places: [0] }) };
  expect(await pay(held)).toMatchObject({ __typename: 'PaymentDeclined', code: 'amount_too_small' });
});

describe('beside version 0.1, which knows the 32-bit columns only', () => {
  /** As version 0.1 holds tickets. */
  const holdAsBefore = (eventId: string, id: string, viewer: string) => world.platform.sql`
    insert into reservations (event_id, id, viewer_id, places, amount, currency, held_until, held_until_cap)
    select ${eventId}, ${id}, ${viewer}, '{0}', (
      select coalesce(sum(amount), 0)::int from price_tiers where event_id = ${eventId}
    ), 'EUR', now() + interval '10 minutes', now() + interval '30 minutes'`;

  test('it reads what this version writes', async () => {
    const held = await world.held({ seats: 20, prices: [5_000] });
    const answer = await pay(held);
    const { eventId } = keyOf(held.reservation);
    const [row] = await world.platform.sql`
      select e.lowest_price, e.highest_price, t.amount as price, r.amount as reserved, b.amount as booked,
        (select sum(amount)::int from booking_tickets where booking_id = b.id) as sold
      from events e join price_tiers t on t.event_id = e.id join reservations r on r.event_id = e.id
      join bookings b on b.event_id = e.id where e.id = ${eventId}`;
    expect(answer.__typename).toBe('BookingConfirmed');
    expect(row).toEqual({
      ...{ lowest_price: 5_000, highest_price: 5_000, price: 5_000, reserved: 10_000, booked: 10_000 },
      sold: 10_000,
    });
  });

  test('this version reads and sells what it wrote', async () => {
    const seeded = await eventOnSale(world.platform, { seats: 20, prices: [5_000] });
    await world.platform.sql`update price_tiers set amount_minor = null where event_id = ${seeded.id}`;
    await world.platform.sql`
      update events set lowest_price_minor = null, highest_price_minor = null where id = ${seeded.id}`;
    const [client, id] = [await world.as('old-hand'), newId()];
    await holdAsBefore(seeded.id, id, 'someone');
    const [written] = await world.platform
      .sql`select amount, amount_minor from reservations where id = ${id}`;
    expect(written).toEqual({ amount: 5_000, amount_minor: null });

    const { event } = await client.ask(
      `query ($id: ID!) { event(id: $id) { lowestPrice { amount } priceTiers { price { amount } } } }`,
      { id: seeded.event },
    );
    expect(event).toEqual({ lowestPrice: { amount: 5_000 }, priceTiers: [{ price: { amount: 5_000 } }] });
    const { reservation } = await reserve(client, seeded.event, { places: [3, 4] });
    await world.platform.sql`update reservations set amount_minor = null where id = ${keyOf(reservation).id}`;
    const bought = await pay({ client, reservation });
    expect(bought).toMatchObject({ booking: { status: 'CONFIRMED', total: { amount: 10_000 } } });
    await world.platform.sql`update bookings set amount_minor = null where event_id = ${seeded.id}`;
    expect(await giveBack({ client }, bought.booking)).toMatchObject({
      booking: { status: 'CANCELLED', total: { amount: 10_000 } },
    });
  });

  test('it cannot take a price that it does not see for nothing', async () => {
    const seeded = await eventOnSale(world.platform, { seats: 20, currency: 'IDR', prices: [3_000_000_000] });
    await expect(holdAsBefore(seeded.id, newId(), 'someone')).rejects.toThrow('cannot count');
  });

  test('it cannot settle a booking whose amount it does not see', async () => {
    const held = await world.held({ seats: 20, currency: 'IDR', prices: [2_000_000_000] });
    const answer = await pay(held);
    expect(answer).toMatchObject({ booking: { total: { amount: 4_000_000_000 } } });
    const [booking] = await world.platform
      .sql`select event_id, id from bookings where event_id = ${held.event.id}`;
    await expect(
      world.platform.sql`
        insert into booking_tickets (event_id, booking_id, place, amount) values (${booking!['event_id']}, ${booking!['id']}, 5, 0)`,
    ).rejects.toThrow('cannot count');
  });
});
