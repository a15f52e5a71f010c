import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { checkPriceList } from '../../../src/booking/organiser/price-list.ts';
import { putOnSale, tierRanges } from '../../../src/booking/organiser/put-on-sale.ts';
import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { draftEvent, layOut, ORGANISER, type SeedVenue } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let organiser: Client;

beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(() => world[Symbol.asyncDispose]());

const ANSWERS = `
  ... on EventPublished { tickets event { id status priceTiers { tier name price { amount currency } } } }
  ... on EventNotChangeable { status }
  ... on InvalidInput { problems { path message } }`;

const publish = (
  client: Client,
  event: string,
  prices: { tier: number; amount: number }[],
  currency = 'EUR',
) => client.mutate('publishEvent', { event, currency, prices }, ANSWERS);

describe('publishing', () => {
  const venue: SeedVenue = { seats: 50, areas: [{ key: 'floor', places: 30 }], prices: [1, 2] };
  const prices = [
    { tier: 1, amount: 3_000 },
    { tier: 0, amount: 9_000 },
  ];

  test('creates a ticket of the right tier for every place, and puts the Event on sale', async () => {
    const { id, event } = await draftEvent(world.platform, venue);
    expect(await publish(organiser, event, prices)).toMatchObject({
      __typename: 'EventPublished',
      tickets: 80,
      event: {
        id: event,
        status: 'ON_SALE',
        priceTiers: [
          { tier: 0, name: 'Category 1', price: { amount: 9_000, currency: 'EUR' } },
          { tier: 1, name: 'Category 2', price: { amount: 3_000, currency: 'EUR' } },
        ],
      },
    });
    const tiers = await world.platform.sql`
      select tier, count(*)::int as tickets, array_agg(distinct status) as statuses, min(place) as first, max(place) as last
      from tickets where event_id = ${id} group by tier order by tier`;
    expect([...tiers]).toEqual([
      { tier: 0, tickets: 60, statuses: ['AVAILABLE'], first: 0, last: 79 }, // rows 1 and 3, and the area
      { tier: 1, tickets: 20, statuses: ['AVAILABLE'], first: 20, last: 39 },
    ]);
  });

  test('creates a hundred thousand tickets in one statement', async () => {
    const { event } = await draftEvent(world.platform, {
      seats: 40_000,
      areas: [{ key: 'floor', places: 60_000 }],
    });
    expect(await publish(organiser, event, [{ tier: 0, amount: 0 }])).toMatchObject({ tickets: 100_000 });
  });

  test('happens once, also with concurrent calls', async () => {
    const { id, event } = await draftEvent(world.platform, venue);
    const answers = await Promise.all([publish(organiser, event, prices), publish(organiser, event, prices)]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'EventNotChangeable',
      'EventPublished',
    ]);
    const [row] = await world.platform
      .sql`select count(*)::int as tickets from tickets where event_id = ${id}`;
    expect(row).toEqual({ tickets: 80 });
  });

  test('is for the Event’s organiser and admins', async () => {
    const { event } = await draftEvent(world.platform, venue);
    const rival = await world.as('rival', 'ORGANISER');
    expect(await publish(rival, event, prices)).toMatchObject({ __typename: 'EventNotFound' });
    expect(await publish(organiser, 'evt_1', prices)).toMatchObject({ __typename: 'EventNotFound' });
    expect(await publish(await world.as('root', 'ADMIN'), event, prices)).toMatchObject({ __typename: 'EventPublished' }); // prettier-ignore
  });

  test('requires a plan and an Event that was not cancelled', async () => {
    const bare = await draftEvent(world.platform, venue, { seatingPlanId: null });
    expect(await publish(organiser, bare.event, prices)).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['event'] }],
    });
    const cancelled = await draftEvent(world.platform, venue, { status: 'CANCELLED' });
    expect(await publish(organiser, cancelled.event, prices)).toMatchObject({
      __typename: 'EventNotChangeable',
      status: 'CANCELLED',
    });
  });

  test('leaves a draft unchanged when the prices are invalid', async () => {
    const { id, event } = await draftEvent(world.platform, venue);
    expect(await publish(organiser, event, [{ tier: 0, amount: 1 }], 'EURO')).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['currency'] }, { path: ['prices'] }],
    });
    const [row] = await world.platform.sql`
      select status, (select count(*)::int from tickets where event_id = events.id) as tickets
      from events where id = ${id}`;
    expect(row).toEqual({ status: 'DRAFT', tickets: 0 });
  });
});

describe('a price list', () => {
  const problems = (prices: [number, number][], currency = 'EUR', limit = 10) =>
    checkPriceList(
      { currency, prices: prices.map(([tier, amount]) => ({ tier, amount })) },
      ['A', 'B'],
      limit,
    ).map(({ path, message }) => `${path.join('.')} ${message}`);

  test.each(['EUR', 'JPY', 'KWD', 'IDR', 'MGA'])(
    'in %s with one price for each category is valid',
    (currency) => {
      expect(problems([[1, 0], [0, 10_000]], currency)).toEqual([]); // prettier-ignore
    },
  );

  test.each(['eur', 'EURO', '', 'XXX', 'XTS', 'ABC'])('in %o is invalid', (currency) => {
    expect(problems([[1, 0], [0, 1]], currency)).toEqual(['currency is not an ISO 4217 code: three upper-case letters, like `EUR`']); // prettier-ignore
  });

  test('in a currency that cannot be charged has only free tickets', () => {
    expect(problems([[1, 0], [0, 1]], 'IRR')).toEqual(['currency cannot be charged: prices in it must be 0']); // prettier-ignore
    expect(problems([[1, 0], [0, 0]], 'IRR')).toEqual([]); // prettier-ignore
  });

  test.each([
    [[], ['prices must have one price for each category; missing: 0, 1']],
    [[[0, 50]], ['prices must have one price for each category; missing: 1']],
    [
      [
        [0, 50],
        [0, 50],
        [1, 50],
      ],
      ['prices.1.tier is listed twice'],
    ],
    [
      [
        [0, 50],
        [1, 50],
        [2, 50],
        [-1, 50],
      ],
      ['prices.2.tier must be 0 to 1', 'prices.3.tier must be 0 to 1'],
    ],
    [
      [
        [0, -1],
        [1, 50],
      ],
      ['prices.0.amount must not be negative'],
    ],
    [
      [
        [0, 9_999_999],
        [1, 10_000_000],
      ],
      [
        'prices.1.amount must be at most 9999999 (€99,999.99), so that 10 tickets together stay within the largest charge, 99999999 (€999,999.99)',
      ],
    ],
  ] as [[number, number][], string[]][])('%j is invalid', (prices, expected) => {
    expect(problems(prices)).toEqual(expected);
  });
});

test.each([
  ['EUR', 10, 'at least 50'],
  ['JPY', 1, 'at least 50'],
  ['USD', 100_000_000, 'at most 9999999 '],
  ['KWD', 1_255, 'a multiple of 10 '],
  ['MGA', 5_001, 'a multiple of 100 '],
])('a price of %s %i cannot be paid, and is not published', async (currency, amount, expected) => {
  const { event } = await draftEvent(world.platform);
  expect(await publish(organiser, event, [{ tier: 0, amount }], currency)).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['prices', '0', 'amount'], message: expect.stringContaining(expected) }],
  });
});

test('only prices that can be paid get into the tables', async () => {
  const { id, layout } = await draftEvent(world.platform);
  const prices = { currency: 'EUR', prices: [{ tier: 0, amount: 10 }] };
  await expect(world.platform.db.transaction((tx) => putOnSale(tx, id, layout, prices))).rejects.toThrow(
    'a price of 10 EUR must be 0 or at least 50',
  );
});

test('adjacent places of one tier are one range', () => {
  const layout = layOut({ seats: 60, areas: [{ key: 'a', places: 5 }, { key: 'b', places: 5 }], prices: [1, 2] }); // prettier-ignore
  expect(tierRanges(layout)).toEqual([
    { first: 0, last: 19, tier: 0 },
    { first: 20, last: 39, tier: 1 },
    { first: 40, last: 69, tier: 0 },
  ]);
});
