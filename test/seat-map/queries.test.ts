import { afterAll, beforeAll, expect, test } from 'vitest';

import { reserved } from '../support/holds.ts';
import { buyers, draftEvent, eventOnSale, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openWorld, type World } from '../support/world.ts';

const MAP = `__typename epoch sequence cursor stale available asOf event { id } plan { id }
  sections { key firstPlace statuses available lowestPrice { amount currency } }
  tiers { tier name available places price { amount currency } }`;
const SEAT_MAP = `query ($event: ID!) { map: seatMap(event: $event) { ${MAP} } }`;
const SINCE = `query ($event: ID!, $cursor: String!) {
  update: seatMapSince(event: $event, cursor: $cursor) {
    __typename
    ... on SeatMap { cursor sequence stale sections { statuses } }
    ... on SeatMapDelta { epoch fromSequence sequence cursor places statuses available stale }
  }
}`;

let world: World;
let event: SeededEvent;

beforeAll(async () => {
  world = await openWorld({ roles: ['api', 'worker'] });
  event = await eventOnSale(world.platform, {
    seats: 40,
    areas: [{ key: 'floor', places: 10 }],
    prices: [5_000, 3_000],
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const readMap = async () => (await world.stranger.ask(SEAT_MAP, { event: event.event }))['map'];
const liveMap = () =>
  eventually('the map is live', async () => {
    const map = await readMap();
    return map.stale === false && map;
  });

test('a map has the status of every place, counts, prices and a cursor', async () => {
  expect(await liveMap()).toEqual({
    __typename: 'SeatMap',
    epoch: expect.any(String),
    sequence: 0,
    cursor: expect.any(String),
    stale: false,
    available: 50,
    asOf: expect.any(String),
    event: { id: event.event },
    plan: { id: expect.stringMatching(/^pln_/) },
    sections: [
      {
        key: 'stalls',
        firstPlace: 0,
        statuses: 'A'.repeat(40),
        available: 40,
        lowestPrice: { amount: 3_000, currency: 'EUR' },
      },
      {
        key: 'floor',
        firstPlace: 40,
        statuses: 'A'.repeat(10),
        available: 10,
        lowestPrice: { amount: 5_000, currency: 'EUR' },
      },
    ],
    tiers: [
      { tier: 0, name: 'Category 1', available: 30, places: 30, price: { amount: 5_000, currency: 'EUR' } },
      { tier: 1, name: 'Category 2', available: 20, places: 20, price: { amount: 3_000, currency: 'EUR' } },
    ],
  });
});

test('changes since a cursor are a delta of those places only', async () => {
  const before = await liveMap();
  const [buyer] = await buyers(world, 1, 'since');
  await reserved(buyer!.client, event.event, { places: [3, 4] });
  const since = async (cursor: string) =>
    (await world.stranger.ask(SINCE, { event: event.event, cursor }))['update'];
  const delta = await eventually('the change is on the board', async () => {
    const update = await since(before.cursor);
    return update.places.length > 0 && update;
  });
  expect(delta).toEqual({
    __typename: 'SeatMapDelta',
    epoch: before.epoch,
    fromSequence: before.sequence + 1,
    sequence: before.sequence + 1,
    cursor: (await readMap()).cursor,
    places: [3, 4],
    statuses: 'RR',
    available: before.available - 2,
    stale: false,
  });
  expect(await since(delta.cursor)).toMatchObject({ places: [], statuses: '', cursor: delta.cursor });
  expect((await readMap()).sections[0].statuses.slice(0, 6)).toBe('AAARRA');
});

test('an invalid cursor is bad input; a cursor of another epoch gets a whole map', async () => {
  const bad = await world.stranger.send(SINCE, { event: event.event, cursor: 'nonsense' });
  expect(bad.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'cursor' } }]);
  const cursor = Buffer.from('gone 5').toString('base64url');
  const { update } = await world.stranger.ask(SINCE, { event: event.event, cursor });
  expect(update).toMatchObject({ __typename: 'SeatMap', stale: false });
});

test('a draft with tickets has a map for its organiser only; Events without tickets and unknown ids have none', async () => {
  const hidden = await eventOnSale(world.platform, { seats: 20 });
  await world.platform.sql`update events set status = 'DRAFT' where id = ${hidden.id}`;
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  expect((await organiser.ask(SEAT_MAP, { event: hidden.event }))['map']).not.toBeNull();
  const unsold = await draftEvent(world.platform, { seats: 20 }, { status: 'ANNOUNCED' });
  for (const id of [hidden.event, unsold.event, event.ticket(0), 'evt_x', `evt_${'0'.repeat(32)}`]) {
    expect((await world.stranger.ask(SEAT_MAP, { event: id }))['map']).toBeNull();
  }
});

test('without a worker a map comes from Postgres, is stale, and shows expired holds as available', async () => {
  await using withoutWorker = await openWorld({ databaseUrl: world.databaseUrl });
  await world.platform.sql`update tickets set version = version + 1, status = 'BLOCKED'
    where event_id = ${event.id} and place = 20`;
  await world.platform.sql`update tickets set version = version + 1, status = 'RESERVED',
    reservation_id = gen_random_uuid(), held_until = now() - interval '1 second'
    where event_id = ${event.id} and place = 21`;
  const { map } = await withoutWorker.stranger.ask(SEAT_MAP, { event: event.event });
  expect(map).toMatchObject({ stale: true, sequence: 0 });
  expect(map.sections[0].statuses.slice(20, 22)).toBe('BA');
});
