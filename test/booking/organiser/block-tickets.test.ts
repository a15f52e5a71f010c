import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { audit, recordTickets } from '../../support/auditor.ts';
import type { Client } from '../../support/client.ts';
import { reserve, reserved, runOut } from '../../support/holds.ts';
import { draftEvent, eventOnSale, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let organiser: Client;
let ana: Client;

beforeAll(async () => {
  world = await openWorld();
  await recordTickets(world.platform.db);
  [organiser, ana] = [await world.as(ORGANISER, 'ORGANISER'), await world.as('ana')];
});
afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
afterAll(() => world[Symbol.asyncDispose]());

const SHARED = `... on EventNotOnSale { status } ... on InvalidInput { problems { path message } }`;
const block = (client: Client, event: string, places: number[]) =>
  client.mutate('blockTickets', { event, places }, `${SHARED} ... on TicketsBlocked { places } ... on TicketsUnavailable { places }`); // prettier-ignore
const unblock = (client: Client, event: string, places: number[]) =>
  client.mutate('unblockTickets', { event, places }, `${SHARED} ... on TicketsUnblocked { places }`);

test('blocked tickets cannot be reserved until they are unblocked', async () => {
  const { event } = await eventOnSale(world.platform, { seats: 20, areas: [{ key: 'floor', places: 3 }] });
  expect(await block(organiser, event, [3, 1, 20])).toMatchObject({
    __typename: 'TicketsBlocked',
    places: [1, 3, 20],
  });
  expect(await block(organiser, event, [1, 2])).toMatchObject({
    __typename: 'TicketsBlocked',
    places: [1, 2],
  });

  expect(await reserve(ana, event, { places: [0, 1] })).toMatchObject({
    __typename: 'TicketsUnavailable',
    places: [1],
  });
  expect(await reserve(ana, event, { generalAdmission: [{ area: 'floor', quantity: 3 }] })).toMatchObject({
    __typename: 'NotEnoughTickets',
    available: 2,
  });

  expect(await unblock(organiser, event, [0, 1, 20])).toMatchObject({
    __typename: 'TicketsUnblocked',
    places: [1, 20],
  });
  expect(await unblock(organiser, event, [0, 1, 20])).toMatchObject({
    __typename: 'TicketsUnblocked',
    places: [],
  });
  expect(await reserve(ana, event, { places: [0, 1] })).toMatchObject({ __typename: 'TicketsReserved' });
});

test('held tickets cannot be blocked, and then none is; a hold that has run out does not count', async () => {
  const { event } = await eventOnSale(world.platform);
  const hold = await reserved(ana, event, { places: [5, 6] });
  expect(await block(organiser, event, [4, 5])).toMatchObject({
    __typename: 'TicketsUnavailable',
    places: [5],
  });
  expect(await unblock(organiser, event, [4, 5])).toMatchObject({ places: [] });

  await runOut(world.platform.db, hold);
  expect(await block(organiser, event, [4, 5])).toMatchObject({
    __typename: 'TicketsBlocked',
    places: [4, 5],
  });
  expect(await reserve(ana, event, { places: [6] })).toMatchObject({ __typename: 'TicketsReserved' });
});

test('only the Event’s organiser and admins can block', async () => {
  const { event } = await eventOnSale(world.platform);
  const rival = await world.as('rival', 'ORGANISER');
  for (const call of [block, unblock]) {
    expect(await call(rival, event, [0])).toMatchObject({ __typename: 'EventNotFound' });
    expect(await call(organiser, 'evt_1', [0])).toMatchObject({ __typename: 'EventNotFound' });
  }
  expect(await block(await world.as('root', 'ADMIN'), event, [0])).toMatchObject({
    __typename: 'TicketsBlocked',
  });
});

test('blocking at an Event without tickets is refused', async () => {
  const { event } = await draftEvent(world.platform);
  for (const call of [block, unblock]) {
    expect(await call(organiser, event, [0])).toMatchObject({
      __typename: 'EventNotOnSale',
      status: 'DRAFT',
    });
  }
});

test.each([
  [[], 'places must be 1 to 1000 places'],
  [Array.from({ length: 1_001 }, (_, place) => place), 'places must be 1 to 1000 places'],
  [[0, 40], 'places.1 is not a place of this Event'],
  [[-1], 'places.0 is not a place of this Event'],
  [[1, 1], 'places.1 is listed twice'],
])('places like %j are refused', async (places, problem) => {
  const { event } = await eventOnSale(world.platform);
  for (const call of [block, unblock]) {
    const { __typename, problems } = await call(organiser, event, places);
    expect(__typename).toBe('InvalidInput');
    expect(problems.map(({ path, message }: any) => `${path.join('.')} ${message}`)).toEqual([problem]);
  }
});

test('blocking and buying the same places concurrently, in opposite orders: one of them gets all places', async () => {
  const { event } = await eventOnSale(world.platform, { seats: 20 }, { ticketLimit: 20 });
  const all = Array.from({ length: 20 }, (_, place) => place);
  for (let round = 0; round < 10; round++) {
    const [blocked, bought] = await Promise.all([block(organiser, event, all), reserve(ana, event, { places: all.toReversed() })]); // prettier-ignore
    expect([blocked.__typename, bought.__typename].toSorted()).toEqual(
      blocked.__typename === 'TicketsBlocked' ? ['TicketsBlocked', 'TicketsUnavailable'] : ['TicketsReserved', 'TicketsUnavailable'], // prettier-ignore
    );
    if (bought.reservation) await ana.mutate('releaseReservation', { reservation: bought.reservation.id });
    else await unblock(organiser, event, all);
  }
});
