import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId, newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from '../seed.ts';

let world: World;
let berlin: string;
let munich: string;
let band: string;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  berlin = await seedVenue(db);
  munich = await seedVenue(db, { name: 'Olympiahalle', city: 'München' });
  band = await seedPerformer(db, 'Band');
  await seedEvent(db, 'past', { venueId: berlin, startsAt: inDays(-3) });
  await seedEvent(db, 'berlin rock', { venueId: berlin, startsAt: inDays(1), genre: 'Rock' }, [band]);
  await seedEvent(db, 'munich match', { venueId: munich, startsAt: inDays(2), category: 'sports' });
  await seedEvent(db, 'london off', {
    city: 'London',
    countryCode: 'GB',
    startsAt: inDays(3),
    status: 'CANCELLED',
  });
  await seedEvent(db, 'munich rock', { venueId: munich, startsAt: inDays(4), genre: 'Rock' }, [band]);
});
afterAll(() => world[Symbol.asyncDispose]());

const LIST = `query ($filter: EventFilter, $first: Int, $after: String) {
  events(filter: $filter, first: $first, after: $after) {
    edges { cursor node { name } } nodes { name }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`;

async function names(filter: object, client: Client = world.stranger): Promise<string[]> {
  const { events } = await client.ask(LIST, { filter });
  return events.nodes.map(({ name }: { name: string }) => name);
}

describe('events(filter)', () => {
  test('lists upcoming Events, soonest first', async () => {
    expect(await names({})).toEqual(['berlin rock', 'munich match', 'london off', 'munich rock']);
  });

  test('filters by each of its fields, and by all together', async () => {
    expect(await names({ venue: encodeId('Venue', munich) })).toEqual(['munich match', 'munich rock']);
    expect(await names({ performer: encodeId('Performer', band) })).toEqual(['berlin rock', 'munich rock']);
    expect(await names({ category: 'sports' })).toEqual(['munich match']);
    expect(await names({ genre: 'Rock' })).toEqual(['berlin rock', 'munich rock']);
    expect(await names({ countryCode: 'gb' })).toEqual(['london off']);
    expect(await names({ status: ['CANCELLED', 'ON_SALE'] })).toEqual(['london off']);
    expect(await names({ status: [] })).toEqual([]);
    expect(await names({ startsFrom: inDays(2) })).toEqual(['munich match', 'london off', 'munich rock']);
    expect(await names({ startsBefore: inDays(2) })).toEqual(['berlin rock']);
    expect(await names({ startsFrom: inDays(-5), startsBefore: inDays(2) })).toEqual(['past', 'berlin rock']);
    expect(await names({ genre: 'Rock', city: 'munchen', performer: encodeId('Performer', band) })).toEqual([
      'munich rock',
    ]);
  });

  test('ignores accents and case of a city', async () => {
    for (const city of ['München', 'MUNCHEN', 'munchen', ' münchen ']) {
      expect(await names({ city })).toEqual(['munich match', 'munich rock']);
    }
    expect(await names({ city: 'Mun' })).toEqual([]);
  });

  test('finds nothing at an unknown Venue', async () => {
    expect(await names({ venue: encodeId('Venue', newId()) })).toEqual([]);
    expect(await names({ category: 'con\u0000cert' })).toEqual([]);
  });

  test.each([
    [{ filter: { venue: 'nonsense' } }, 'filter.venue'],
    [{ filter: { performer: 'ven_00' } }, 'filter.performer'],
    [{ filter: { startsFrom: inDays(2), startsBefore: inDays(2) } }, 'filter.startsBefore'],
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ after: '' }, 'after'],
    [{ after: 'not a cursor' }, 'after'],
    [{ after: Buffer.from('[1,2]').toString('base64url') }, 'after'],
    [{ after: Buffer.from(`[1e300,"${newId()}"]`).toString('base64url') }, 'after'],
    [{ after: Buffer.from(`[-62167219200001,"${newId()}"]`).toString('base64url') }, 'after'],
  ])('refuses %j', async (variables, argument) => {
    const { data, errors } = await world.stranger.send(LIST, variables);

    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => [extensions['code'], extensions['argument']])).toEqual([
      ['BAD_USER_INPUT', argument],
    ]);
  });
});

describe('pages', () => {
  let tied: string;
  let expected: string[];
  beforeAll(async () => {
    const { db } = world.platform;
    tied = await seedVenue(db, { name: 'Ties' });
    // five at the same instant, between one before and one after
    const ids = [await seedEvent(db, 'before', { venueId: tied, startsAt: inDays(20) })];
    const ties = [];
    for (let i = 0; i < 5; i++)
      ties.push(await seedEvent(db, `tie`, { venueId: tied, startsAt: inDays(21) }));
    ids.push(...ties.toSorted());
    ids.push(await seedEvent(db, 'after', { venueId: tied, startsAt: inDays(22) }));
    expected = ids.map((id) => encodeId('Event', id));
  });

  async function readAll(first: number, read: (after: string | null) => Promise<any>): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await read(after);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor);
      expect(page.edges.length).toBeLessThanOrEqual(first);
      ids.push(...page.edges.map(({ node }: any) => node.id));
      if (!page.pageInfo.hasNextPage) return ids;
      expect(page.edges).toHaveLength(first);
      after = page.pageInfo.endCursor;
    }
  }

  const FIELDS =
    'edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

  test.each([1, 2, 3, 7, 100])(
    'of %i contain every Event once, also those with the same start',
    async (first) => {
      const filter = { venue: encodeId('Venue', tied) };
      const ids = await readAll(first, async (after) => {
        const query = `query ($filter: EventFilter, $first: Int, $after: String) {
        events(filter: $filter, first: $first, after: $after) { ${FIELDS} } }`;
        return (await world.stranger.ask(query, { filter, first, after }))['events'];
      });
      expect(ids).toEqual(expected);
    },
  );

  test('of a Venue contain the same', async () => {
    const ids = await readAll(2, async (after) => {
      const query = `query ($id: ID!, $after: String) { venue(id: $id) { events(first: 2, after: $after) { ${FIELDS} } } }`;
      return (await world.stranger.ask(query, { id: encodeId('Venue', tied), after }))['venue'].events;
    });
    expect(ids).toEqual(expected);
  });

  test('do not shift when an Event before them appears', async () => {
    const filter = { venue: encodeId('Venue', tied) };
    const { events } = await world.stranger.ask(LIST, { filter, first: 3 });
    await seedEvent(world.platform.db, 'late addition', { venueId: tied, startsAt: inDays(19) });
    const next = await world.stranger.ask(
      `query ($filter: EventFilter, $after: String) {
      events(filter: $filter, after: $after) { nodes { id } } }`,
      { filter, after: events.pageInfo.endCursor },
    );

    expect(next['events'].nodes.map(({ id }: { id: string }) => id)).toEqual(expected.slice(3));
  });

  test('an empty one has no cursors', async () => {
    const { events } = await world.stranger.ask(LIST, { filter: { category: 'opera on ice' } });

    expect(events).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});
