import { expect, test } from 'vitest';

import { bookingOf, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import type { Client } from '../../support/client.ts';
import { reserve, reserved } from '../../support/holds.ts';
import { tally } from '../../support/race.ts';
import { buyers, draftEvent, eventOnSale, ORGANISER } from '../../support/seed.ts';
import { shareCheckoutWorld } from '../../support/shared-checkout-world.ts';

let world: CheckoutWorld;
shareCheckoutWorld((shared) => void ({ world } = shared));

const organiser = () => world.as(ORGANISER, 'ORGANISER');
type Change = { tier: number; amount?: number; name?: string };
const change = (client: Client, event: string, prices: Change[]) =>
  client.mutate(
    'changePrices',
    { event, prices },
    `... on PricesChanged { event { priceTiers { tier name price { amount } } lowestPrice { amount } highestPrice { amount } } }
     ... on EventNotChangeable { status } ... on InvalidInput { problems { path message } }`,
  );

test('new prices and names hold for what is reserved from then on', async () => {
  const { event } = await eventOnSale(world.platform, { seats: 40, prices: [5_000, 3_000] });
  expect(
    await change(await organiser(), event, [
      { tier: 1, amount: 2_000, name: '  Balcony ' },
      { tier: 0, amount: 6_000 },
    ]),
  ).toMatchObject({
    __typename: 'PricesChanged',
    event: {
      priceTiers: [
        { tier: 0, name: 'Category 1', price: { amount: 6_000 } },
        { tier: 1, name: 'Balcony', price: { amount: 2_000 } },
      ],
      lowestPrice: { amount: 2_000 },
      highestPrice: { amount: 6_000 },
    },
  });
  const hold = await reserved(await world.as('ana'), event, { places: [0, 20] });
  expect(hold.total).toEqual({ amount: 8_000, currency: 'EUR' });
});

test('a hold keeps its price: it is paid for at the total that it was reserved at', async () => {
  const held = await world.held({ seats: 20, prices: [5_000] });
  await change(await organiser(), held.event.event, [{ tier: 0, amount: 9_000 }]);
  expect(held.reservation.total.amount).toBe(10_000);
  expect(await pay(held, { amount: { amount: 18_000, currency: 'EUR' } })).toMatchObject({
    __typename: 'AmountMismatch',
    total: { amount: 10_000 },
  });
  expect(await pay(held)).toMatchObject({
    __typename: 'BookingConfirmed',
    booking: { total: { amount: 10_000 } },
  });
});

test('a price that changes in the middle of a checkout is not charged', async () => {
  const held = await world.held({ seats: 20, prices: [5_000] });
  const stopped = world.pauseAt('intent-stored');
  const paying = pay(held);
  await stopped.reached;
  await change(await organiser(), held.event.event, [{ tier: 0, amount: 100 }]);
  stopped.resume();
  expect(await paying).toMatchObject({
    __typename: 'BookingConfirmed',
    booking: { total: { amount: 10_000 } },
  });
});

test('while prices change, every order pays all old or all new ones, and what was quoted', async () => {
  const house = { seats: 200, prices: [5_000, 3_000] };
  const { event, id } = await eventOnSale(world.platform, house, { ticketLimit: 40 });
  const olga = await organiser();
  const changing = (async () => {
    for (let round = 0; round < 10; round++) {
      const [first, second] = round % 2 === 0 ? [7_000, 1_000] : [5_000, 3_001];
      expect((await change(olga, event, [{ tier: 0, amount: first }, { tier: 1, amount: second }])).__typename).toBe('PricesChanged'); // prettier-ignore
    }
  })();
  const answers = await Promise.all(
    (await buyers(world, 5, 'price')).map(async ({ client }, row) => {
      const all = [];
      for (let seat = 0; seat < 8; seat++) {
        const places = [row * 40 + seat, row * 40 + 20 + seat]; // one of each tier
        const reservation = await reserved(client, event, { places });
        all.push({ reservation, paid: await pay({ reservation, client }) });
      }
      return all;
    }),
  );
  await changing;
  const all = answers.flat();
  expect(tally(all.map(({ paid }) => paid))).toEqual({ BookingConfirmed: 40 });
  for (const { reservation, paid } of all) {
    expect([8_000, 8_001]).toContain(reservation.total.amount);
    expect(paid.booking.total).toEqual(reservation.total);
  }
  const sums = await world.platform.sql`
    select 1 from bookings b where b.event_id = ${id} and b.amount_minor <>
      (select sum(amount_minor) from booking_tickets t where t.event_id = b.event_id and t.booking_id = b.id)`;
  expect(sums).toEqual([]);
});

test('changes that cannot be are refused with where and why, and nothing is changed', async () => {
  const olga = await organiser();
  const { event } = await eventOnSale(world.platform, { seats: 40, prices: [5_000, 3_000] });
  const problemOf = async (prices: Change[]) => {
    const answer = await change(olga, event, prices);
    expect(answer.__typename).toBe('InvalidInput');
    return answer.problems.map(({ path }: { path: string[] }) => path.join('.'));
  };
  expect(await problemOf([])).toEqual(['prices']);
  expect(await problemOf([{ tier: 0 }])).toEqual(['prices.0']);
  expect(await problemOf([{ tier: 2, amount: 1_000 }])).toEqual(['prices.0.tier']);
  expect(await problemOf([{ tier: 0, amount: 1_000 }, { tier: 0, amount: 2_000 }])).toEqual(['prices.1.tier']); // prettier-ignore
  expect(await problemOf([{ tier: 0, amount: 1 }, { tier: 1, amount: -1 }])).toEqual(['prices.0.amount', 'prices.1.amount']); // prettier-ignore
  expect(await problemOf([{ tier: 0, name: 'Category 2' }])).toEqual(['prices.0.name']);
  expect(await problemOf([{ tier: 0, name: ' ' }])).toEqual(['prices.0.name']);
  expect(await problemOf([{ tier: 0, amount: 99_999_999 }])).toEqual(['prices.0.amount']); // ten of them
  const { priceTiers } = (
    await olga.ask('query ($event: ID!) { event(id: $event) { priceTiers { name price { amount } } } }', {
      event,
    })
  ).event;
  expect(priceTiers).toEqual([
    { name: 'Category 1', price: { amount: 5_000 } },
    { name: 'Category 2', price: { amount: 3_000 } },
  ]);
  expect(await change(olga, event, [{ tier: 0, name: 'Category 2' }, { tier: 1, name: 'Category 1' }])).toMatchObject({ __typename: 'PricesChanged' }); // prettier-ignore
});

test('only of an Event on sale, by its organiser or an administrator; each change leaves an entry', async () => {
  const { event } = await eventOnSale(world.platform);
  const prices = [{ tier: 0, amount: 4_000 }];
  expect((await change(await world.as('rival', 'ORGANISER'), event, prices)).__typename).toBe(
    'EventNotFound',
  );
  await expect(change(await world.as('fan'), event, prices)).rejects.toThrow('FORBIDDEN');
  const admin = await world.as('ada', 'ADMIN');
  for (let round = 0; round < 2; round++)
    expect((await change(admin, event, prices)).__typename).toBe('PricesChanged');
  const { nodes } = (
    await admin.ask(
      `query ($event: ID!) { event(id: $event) { auditTrail { nodes { mutation actor changes { field before after } } } } }`,
      { event },
    )
  ).event.auditTrail;
  expect(nodes).toHaveLength(2); // the second changed nothing
  expect(nodes[0]).toEqual({
    ...{ mutation: 'changePrices', actor: 'ada' },
    changes: [{ field: 'prices.0', before: '5000', after: '4000' }],
  });
  for (const status of ['DRAFT', 'ANNOUNCED', 'CANCELLED'] as const) {
    const other = await draftEvent(world.platform, undefined, { status });
    expect(await change(admin, other.event, prices)).toMatchObject({
      __typename: 'EventNotChangeable',
      status,
    });
  }
});

test('the ticket limit of an Event on sale holds for the next order', async () => {
  const olga = await organiser();
  const ana = await world.as('limited');
  const { event } = await eventOnSale(world.platform);
  await reserved(ana, event, { places: [0, 1, 2] });
  const limit = (ticketLimit: number) => olga.mutate('updateEvent', { id: event, event: { ticketLimit } });
  expect((await limit(2)).__typename).toBe('EventUpdated');
  expect(await reserve(ana, event, { places: [3] })).toMatchObject({
    __typename: 'TicketLimitExceeded',
    limit: 2,
  });
  expect((await limit(4)).__typename).toBe('EventUpdated');
  expect(await reserve(ana, event, { places: [3] })).toMatchObject({ __typename: 'TicketsReserved' });
  expect(await bookingOf({ client: ana, event: { event } as never })).toBeNull();
});
