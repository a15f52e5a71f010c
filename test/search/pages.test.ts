import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openPostgresSearch } from '../../src/search/index.ts';
import { exactStage } from '../../src/search/matching/stages.ts';
import { parseEventQuery } from '../../src/search/parse-query.ts';
import { inDays, seedEvent } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { SEARCH, search as searchIn, seedSearchable, type Found } from './fixture.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await seedSearchable(world.platform.db);
});
afterAll(() => world[Symbol.asyncDispose]());

const search = (input: object, page: object = {}): Promise<Found> => searchIn(world, input, page);

/** Cursors say whether others follow exact hits, which depends on the size of the first page. */
const withoutCursors = (edges: Found['edges']) => edges.map((edge) => ({ ...edge, cursor: null }));

describe('pages', () => {
  const INPUTS: [string, object][] = [
    ['of best matches', { term: 'beyonce' }],
    ['of misspelt words', { term: 'beyonse' }],
    ['by start', { sort: 'DATE' }],
    ['without a term', {}],
    ['by distance', { near: { latitude: 52.52, longitude: 13.4, radiusKm: 1_000 }, sort: 'DISTANCE' }],
  ];

  test.each(INPUTS)('%s show every hit once, in one order', async (_what, input) => {
    const whole = await search(input, { first: 100 });
    expect(whole.edges.length).toBeGreaterThan(3);
    expect(whole.totalCount).toBe(whole.edges.length);
    for (const first of [1, 2, 3]) {
      const edges = [];
      for (let after: string | null = null; ;) {
        const page: Found = await search(input, { first, after });
        expect(page.totalCount).toBe(whole.totalCount);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        edges.push(...page.edges);
        if (!page.pageInfo.hasNextPage) break;
        expect(page.edges).toHaveLength(first);
        after = page.pageInfo.endCursor;
      }
      expect(withoutCursors(edges)).toEqual(withoutCursors(whole.edges));
    }
  });

  test('do not shift when a better hit is inserted before them', async () => {
    const input = { term: 'shiftless' };
    const { db } = world.platform;
    for (let i = 0; i < 4; i++) await seedEvent(db, `Tale of Shiftless ${i}`, { startsAt: inDays(60 + i) });
    const { pageInfo } = await search(input, { first: 2 });
    await seedEvent(db, 'Shiftless', { startsAt: inDays(59) });

    const { nodes } = await search(input, { after: pageInfo.endCursor });
    expect(nodes.map(({ name }) => name)).toEqual(['Tale of Shiftless 2', 'Tale of Shiftless 3']);
  });
});

describe('BAD_USER_INPUT', () => {
  const refused = async (variables: object) => {
    const { data, errors } = await world.stranger.send(SEARCH, variables);
    expect(data).toBeNull();
    return errors.map(({ extensions }) => [extensions['code'], extensions['argument']]);
  };

  test.each<[object, string]>([
    [{ term: 'x'.repeat(201) }, 'input.term'],
    [{ near: { latitude: 90.1, longitude: 0 } }, 'input.near.latitude'],
    [{ near: { latitude: -91, longitude: 0 } }, 'input.near.latitude'],
    [{ near: { latitude: 0, longitude: 180.5 } }, 'input.near.longitude'],
    [{ near: { latitude: 0, longitude: 0, radiusKm: 0.9 } }, 'input.near.radiusKm'],
    [{ near: { latitude: 0, longitude: 0, radiusKm: 1_001 } }, 'input.near.radiusKm'],
    [{ sort: 'DISTANCE' }, 'input.sort'],
    [{ dates: { from: inDays(2), before: inDays(2) } }, 'input.dates.before'],
    [{ price: { currency: 'EURO' } }, 'input.price.currency'],
    [{ price: { currency: 'e\u0000' } }, 'input.price.currency'],
    [{ price: { currency: 'EUR', min: -1 } }, 'input.price.min'],
    [{ price: { currency: 'EUR', max: -1 } }, 'input.price.max'],
    [{ price: { currency: 'EUR', min: 2, max: 1 } }, 'input.price.max'],
  ])('for %j', async (input, argument) => {
    expect(await refused({ input })).toEqual([['BAD_USER_INPUT', argument]]);
  });

  test.each([0, -1, 101])('for pages of %i', async (first) => {
    expect(await refused({ input: {}, first })).toEqual([['BAD_USER_INPUT', 'first']]);
  });

  test('for NaN and infinities', async () => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"query ($x: Float!) { searchEvents(input: { near: { latitude: $x, longitude: 0 } }) { totalCount } }","variables":{"x":1e999}}`,
    });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('for a cursor of another search, of another list, or of no list', async () => {
    const { pageInfo } = await search({ term: 'beyonce' }, { first: 1 });
    const after = pageInfo.endCursor;
    const others = [
      {},
      { term: 'beyonc' },
      { term: 'beyonce', sort: 'DATE' },
      { term: 'beyonce', genre: 'Pop' },
    ];
    for (const input of others)
      expect(await refused({ input, after })).toEqual([['BAD_USER_INPUT', 'after']]);
    expect((await search({ term: 'BEYONCÉ ' }, { after })).nodes).toHaveLength(3); // the same search, spelt otherwise

    const { events } = await world.stranger.ask('{ events(first: 1) { pageInfo { endCursor } } }');
    const [hash] = JSON.parse(Buffer.from(after, 'base64url').toString()) as string[];
    const forged = (position: unknown[]) =>
      Buffer.from(JSON.stringify([hash, ...position])).toString('base64url');
    const id = '00000000-0000-7000-8000-000000000000';
    const bad = [
      ...['', 'x', 'null', events.pageInfo.endCursor, Buffer.from('{').toString('base64url')],
      ...[
        forged([]),
        forged(['EXACT', 0, 0, 'x']),
        forged(['OTHER', 0, 0, id]),
        forged(['EXACT', '0', 0, id]),
      ],
      ...[forged(['EXACT', 0, 8.64e15, id]), forged(['EXACT', 0, 0.5, id])],
    ];
    for (const cursor of bad) {
      expect(await refused({ input: { term: 'beyonce' }, after: cursor })).toEqual([
        ['BAD_USER_INPUT', 'after'],
      ]);
    }
    expect((await search({ term: 'beyonce' }, { after: forged(['EXACT', 1e308, 0, id]) })).nodes).toEqual([]);
  });
});

test('counting stops at 10,000, and so does a list by relevance', async () => {
  await world.platform.sql`
    insert into events (id, name, folded, search_text, category, timezone, starts_at, status)
    select gen_random_uuid(), 'Throng', 'throng', 'throng', 'crowd', 'UTC', now() + interval '90 days', 'ANNOUNCED'
    from generate_series(1, 10005)`;

  const query = parseEventQuery({ term: 'throng', sort: 'RELEVANCE' });
  const engine = openPostgresSearch(world.platform.db);
  expect(await engine.findHits(query, exactStage(query), 20_000, null)).toHaveLength(10_000);
  expect(await search({ term: 'throng' }, { first: 1 })).toMatchObject({
    totalCount: 10_000,
    pageInfo: { hasNextPage: true },
  });
});
