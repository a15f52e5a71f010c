import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedOnSale, seedPerformer, seedPlan, seedVenue } from '../seed.ts';

const HOUR_MS = 60 * 60 * 1_000;
const inHours = (hours: number): Date =>
  new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + hours * HOUR_MS);

let world: World;
let venueId: string;
let performerId: string;

/** Events in order of their start; all hours are hours from now. */
const RUNNING = ['exhibition', 'festival', 'running', 'assumed to run'];
const COMING = ['soon', 'moment', 'later'];
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  venueId = await seedVenue(db);
  performerId = await seedPerformer(db, 'Band');
  const seatingPlanId = await seedPlan(db, venueId);
  const seed = (name: string, starts: number, ends: number | null) =>
    seedOnSale(
      db,
      name,
      { seatingPlanId, currency: 'EUR', amounts: [1_000, 500] },
      {
        ...{ venueId, startsAt: inHours(starts), endsAt: ends === null ? null : inHours(ends) },
        ...{ saleEndsAt: inHours(24 * 365) }, // later than the end, as an old row may have it
      },
      [performerId],
    );
  await seed('exhibition over', -24 * 200, -24 * 100);
  await seed('exhibition', -24 * 100, 24 * 100);
  await seed('festival', -30, 30);
  await seed('festival over', -29, -1);
  await seed('long over', -24, null);
  await seed('assumed to be over', -4, null);
  await seed('over', -3, -1);
  await seed('running', -2.5, 1);
  await seed('assumed to run', -1, null);
  await seed('soon', 2, 4);
  await seed('moment', 4, 4);
  await seed('later', 24 * 30, null);
});
afterAll(() => world[Symbol.asyncDispose]());

const names = ({ nodes }: { nodes: { name: string }[] }) => nodes.map(({ name }) => name);
const list = async (filter: object): Promise<string[]> => {
  const { events } = await world.stranger.ask(
    'query ($filter: EventFilter) { events(filter: $filter) { nodes { name } } }',
    { filter },
  );
  return names(events);
};
const search = async (input: object): Promise<string[]> => {
  const { searchEvents } = await world.stranger.ask(
    'query ($input: SearchEventsInput!) { searchEvents(input: $input) { totalCount nodes { name } } }',
    { input },
  );
  expect(searchEvents.totalCount).toBe(searchEvents.nodes.length);
  return names(searchEvents);
};

describe('an Event that has begun', () => {
  test('is listed until it ends', async () => {
    expect(await list({})).toEqual([...RUNNING, ...COMING]);
    expect(await list({ venue: encodeId('Venue', venueId) })).toEqual([...RUNNING, ...COMING]);
  });

  test('is listed at its Venue and with its Performer until it ends', async () => {
    const { venue, performer } = await world.stranger.ask(
      `query ($venue: ID!, $performer: ID!) {
        venue(id: $venue) { events { nodes { name } } } performer(id: $performer) { events { nodes { name } } } }`,
      { venue: encodeId('Venue', venueId), performer: encodeId('Performer', performerId) },
    );
    expect(names(venue.events)).toEqual([...RUNNING, ...COMING]);
    expect(names(performer.events)).toEqual([...RUNNING, ...COMING]);
  });

  test.each([
    {},
    { sort: 'DATE' },
    { term: 'band' },
    { term: 'band', sort: 'DATE' },
    { near: { latitude: 52.516, longitude: 13.229 }, sort: 'DISTANCE' },
    { onSale: true },
  ])('is found until it ends: %j', async (input) => {
    expect(await search(input)).toEqual([...RUNNING, ...COMING]);
  });

  test.each([1, 2, 3])('is in its order on pages of %i', async (first) => {
    for (const field of ['events(filter: {}', 'searchEvents(input: {}']) {
      const found = [];
      for (let after: string | null = null; ;) {
        const { page }: Record<string, any> = await world.stranger.ask(
          `query ($first: Int, $after: String) {
            page: ${field}, first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`,
          { first, after },
        );
        found.push(...names(page));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(found).toEqual([...RUNNING, ...COMING]);
    }
  });
});

describe('a range of dates', () => {
  test.each<[number, number, string[]]>([
    [0.5, 2, ['exhibition', 'festival', 'running', 'assumed to run']],
    [1, 2, ['exhibition', 'festival', 'assumed to run']],
    [2, 3, ['exhibition', 'festival', 'soon']],
    [4, 5, ['exhibition', 'festival', 'moment']],
    [30, 24 * 100, ['exhibition', 'later']],
    [24 * 100, 24 * 200, []],
  ])('from %d h before %d h has the Events that take place in it', async (from, before, expected) => {
    const dates = { from: inHours(from), before: inHours(before) };
    expect(await list({ dates })).toEqual(expected);
    expect(await search({ dates })).toEqual(expected);
  });

  test('shows what is over only in lists', async () => {
    const dates = { from: inHours(-26), before: inHours(-2.5) };
    const then = ['exhibition', 'festival', 'festival over', 'long over', 'assumed to be over', 'over'];
    expect(await list({ dates })).toEqual(then);
    expect(await search({ dates })).toEqual(['exhibition', 'festival']);
  });

  test('is not a range of starts', async () => {
    expect(await list({ startsFrom: inHours(-3.5), startsBefore: inHours(3) })).toEqual([
      ...['over', 'running', 'assumed to run', 'soon'],
    ]);
    expect(
      await list({ startsFrom: inHours(-3.5), startsBefore: inHours(3), dates: { from: inHours(1) } }),
    ).toEqual([...['assumed to run', 'soon']]);
  });

  test('that ends before it begins is refused by name', async () => {
    const dates = { from: inHours(2), before: inHours(2) };
    const { errors } = await world.stranger.send(
      'query ($filter: EventFilter) { events(filter: $filter) { nodes { name } } }',
      { filter: { dates } },
    );
    expect(errors[0]?.extensions['argument']).toBe('filter.dates.before');
  });
});
