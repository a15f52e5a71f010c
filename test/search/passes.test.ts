import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inDays, seedEvent, seedVenue } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { search as searchIn, type Found } from './fixture.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const carnegieHall = await seedVenue(db, { name: 'Carnegie Hall', city: 'New York' });
  const geffenHall = await seedVenue(db, { name: 'David Geffen Hall', city: 'New York' });
  const centralPark = await seedVenue(db, { name: 'Central Park', city: 'New York' });
  const arena = await seedVenue(db, { name: 'Arena', city: 'Utrecht' });
  const names: [string, string][] = [
    ['Yo-Yo Ma', carnegieHall],
    ['New York Philharmonic: Bach, Mozart', geffenHall],
    ['Mozart at Noon', geffenHall],
    ['Jazz on the Lawn', centralPark],
    ['New York Philharmonic: Brahms', centralPark],
    ['Arsenal FC – Chelsea FC', arena],
    ['Arsenal FC – Everton FC', arena],
    ['Liverpool FC – Ajax', arena],
    ['Dinner with Grateful Strangers', arena],
    ['Grateful Dead at Winterland', arena],
    ['Grateful Dead at Red Rocks', arena],
    ['Romania – Albania', arena],
    ['AS Roma – Lazio', arena],
    ['PSV Eindhoven – Feyenoord', arena],
  ];
  for (const [at, [name, venueId]] of names.entries()) {
    await seedEvent(db, name, { venueId, startsAt: inDays(1 + at) });
  }
});
afterAll(() => world[Symbol.asyncDispose]());

const search = (term: string, page: object = {}): Promise<Found> => searchIn(world, { term }, page);
const find = async (term: string) =>
  (await search(term)).edges.map(({ node, matched, correctedTo }) => [node.name, matched, correctedTo]);

describe('the strict pass', () => {
  test.each([
    ['carnegie hall tickets', 'Yo-Yo Ma'],
    ['bach and mozart', 'New York Philharmonic: Bach, Mozart'],
    ['arsenal v chelsea', 'Arsenal FC – Chelsea FC'],
    ['new york philharmonic in central park', 'New York Philharmonic: Brahms'],
  ])('finds with little words: %s', async (term, name) => {
    expect((await find(term))[0]).toEqual([name, 'EXACT', null]);
  });

  test('finds the same Events with each letter of a name', async () => {
    for (let length = 1; length <= 'grateful dead'.length; length++) {
      const found = await search('grateful dead'.slice(0, length));
      const exact = found.edges.filter(({ matched }) => matched === 'EXACT').map(({ node }) => node.name);
      expect(exact).toEqual(
        expect.arrayContaining(['Grateful Dead at Winterland', 'Grateful Dead at Red Rocks']),
      );
    }
  });

  test('ranks a whole word of a name before a longer word that begins it', async () => {
    expect(await find('roma')).toEqual([
      ['AS Roma – Lazio', 'EXACT', null],
      ['Romania – Albania', 'EXACT', null],
    ]);
  });

  test('ranks the phrase as typed, little words included, before its words', async () => {
    const { db } = world.platform;
    await seedEvent(db, 'Hymns: Glory of the Dawn', { startsAt: inDays(42) });
    await seedEvent(db, 'Hymns: Dawn, Glory', { startsAt: inDays(40) });
    await seedEvent(db, 'Hymns: The Dawn of Glory', { startsAt: inDays(41) });

    const names = (await find('the dawn of glory')).map(([name]) => name);
    expect(names).toEqual(['Hymns: The Dawn of Glory', 'Hymns: Dawn, Glory', 'Hymns: Glory of the Dawn']);
  });

  test('takes little words for what is meant where there are no others', async () => {
    expect((await find('the'))[0]).toEqual(['Jazz on the Lawn', 'EXACT', null]);
  });
});

describe('the lenient pass', () => {
  test('marks corrected words, and says which', async () => {
    expect(await find('psw')).toEqual([['PSV Eindhoven – Feyenoord', 'CORRECTED', 'psv']]);
    expect((await find('new york filharmonic brahms'))[0]).toEqual([
      ...['New York Philharmonic: Brahms', 'CORRECTED', 'new york philharmonic brahms'],
    ]);
  });

  test('finds Events that lack words, those with more and rarer ones first', async () => {
    expect(await find('arsenal everton brahms')).toEqual([
      ['Arsenal FC – Everton FC', 'PARTIAL', null],
      ['New York Philharmonic: Brahms', 'PARTIAL', null],
      ['Arsenal FC – Chelsea FC', 'PARTIAL', null],
    ]);
    expect(await find('carnegie hall xyzzyxyzzy')).toEqual([
      ['Yo-Yo Ma', 'PARTIAL', null],
      ['New York Philharmonic: Bach, Mozart', 'PARTIAL', null],
      ['Mozart at Noon', 'PARTIAL', null],
    ]);
  });

  test('marks corrections of Events that lack other words', async () => {
    expect((await find('arsenl chelsea brahms'))[0]).toEqual([
      ...['Arsenal FC – Chelsea FC', 'CORRECTED', 'arsenal chelsea'],
    ]);
  });

  test('does not correct an unfinished word', async () => {
    expect(await find('feyeno')).toEqual([['PSV Eindhoven – Feyenoord', 'EXACT', null]]);
    expect((await find('arsena chels'))[0]).toEqual([
      'Arsenal FC – Chelsea FC',
      'CORRECTED',
      'arsenal chels',
    ]);
  });

  test('follows only where the first page is not full', async () => {
    const all = await search('arsenal fc');
    expect(all.edges.map(({ matched }) => matched)).toEqual(['EXACT', 'EXACT', 'PARTIAL']);
    expect(all.totalCount).toBe(3);
    expect(await search('arsenal fc', { first: 2 })).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: false },
    });
    const one = await search('arsenal fc', { first: 1 });
    expect(one).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const rest = await search('arsenal fc', { first: 20, after: one.pageInfo.endCursor });
    expect(rest.edges.map(({ matched }) => matched)).toEqual(['EXACT']);
  });

  test('continues behind any hit, whatever the page size', async () => {
    const all = await search('mozart new york philharmonic');
    expect(new Set(all.edges.map(({ matched }) => matched))).toEqual(new Set(['EXACT', 'PARTIAL']));
    for (const [at, { cursor }] of all.edges.entries()) {
      for (const first of [1, 2, 20]) {
        const { edges, totalCount } = await search('mozart new york philharmonic', { first, after: cursor });
        expect(edges).toEqual(all.edges.slice(at + 1, at + 1 + first));
        expect(totalCount).toBe(all.totalCount);
      }
    }
  });

  test('refuses forged weights', async () => {
    const { edges } = await search('arsenal everton brahms');
    const position = JSON.parse(Buffer.from(edges[0]!.cursor, 'base64url').toString()) as unknown[];
    for (const weights of [[], [1, 1], [1, 1, 99], [1, 1, -1], [1, 1, 0.5], [1, 1, 1, 1], 'x', null]) {
      const after = Buffer.from(JSON.stringify([...position.slice(0, 5), weights])).toString('base64url');
      await expect(search('arsenal everton brahms', { after })).rejects.toThrow();
    }
    const none = Buffer.from(JSON.stringify([...position.slice(0, 5), [0, 0, 0]])).toString('base64url');
    expect((await search('arsenal everton brahms', { after: none })).nodes).toEqual([]);
  });
});

test('pages list no Event twice, and exact hits first', async () => {
  const word = fc.constantFrom(
    ...[
      'arsenal',
      'arsenl',
      'fc',
      'chelsea',
      'new',
      'york',
      'filharmonic',
      'philharmonic',
      'brahms',
      'mozart',
    ],
    ...['hall', 'utrecht', 'a', 'the', 'in', 'grateful', 'deed', 'd', 'xyzzyxyzzy', '1'],
  );
  const terms = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
  const sorts = fc.constantFrom('RELEVANCE', 'DATE');
  await fc.assert(
    fc.asyncProperty(terms, sorts, fc.integer({ min: 1, max: 6 }), async (term, sort, first) => {
      const edges: Found['edges'] = [];
      let total = 0;
      for (let after: string | null = null; ;) {
        const page: Found = await searchIn(world, { term, sort }, { first, after });
        edges.push(...page.edges);
        total = page.totalCount;
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(edges).toHaveLength(total);
      const names = edges.map(({ node }) => node.name);
      expect(new Set(names).size).toBe(names.length);
      const stages = edges.map(({ matched }) => matched);
      expect(stages.lastIndexOf('EXACT')).toBe(stages.filter((matched) => matched === 'EXACT').length - 1);
      for (const { matched, correctedTo } of edges)
        expect(correctedTo !== null).toBe(matched === 'CORRECTED');
      const scores = edges.map(({ score }) => score);
      if (sort === 'RELEVANCE') expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }),
    { numRuns: 60 },
  );
}, 60_000);
