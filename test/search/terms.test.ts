import { afterAll, beforeAll, describe, expect, test } from 'vitest';

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
const find = async (input: object): Promise<string[]> => (await search(input)).nodes.map(({ name }) => name);

describe('a term', () => {
  test.each([
    ['dvorak', 'Dvořák, Smetana'],
    ['DVOŘÁK', 'Dvořák, Smetana'],
    ['smetana dvorak', 'Dvořák, Smetana'],
    ['dvo sme phil', 'Dvořák, Smetana'],
    ['metallica munchen', 'Metallica'],
    ['metallica München', 'Metallica'],
    ['ac/dc', 'AC/DC: Power Up'],
    ['AC-DC power', 'AC/DC: Power Up'],
    ['renaissance beyonce berlin', 'Renaissance Tour'],
    ['conversation msg', 'Beyoncé in Conversation'],
    ['гребенщиков', 'Борис Гребенщиков'],
    ['!!!', '!!!'],
    ['cancelled gala', 'Cancelled Gala'],
  ])('%s finds %s', async (term, name) => {
    expect((await find({ term }))[0]).toBe(name);
  });

  test.each([
    ['dvorka', 'Dvořák, Smetana'],
    ['metalica', 'Metallica'],
    ['metallcia munchen', 'Metallica'],
    ['beyonse conversation', 'Beyoncé in Conversation'],
    ['renaisance tuor', 'Renaissance Tour'],
    ['гребеншиков', 'Борис Гребенщиков'],
    ['acdc', 'AC/DC: Power Up'],
    ['acdc powr', 'AC/DC: Power Up'],
    ['madisonsquare beyonce', 'Beyoncé in Conversation'],
  ])('%s, misspelt, still finds %s', async (term, name) => {
    expect((await find({ term }))[0]).toBe(name);
  });

  test('ranks the exact name first, then name prefixes, then words of the name, then other words', async () => {
    const { edges, totalCount } = await search({ term: 'beyonce' });

    expect(edges.map(({ node }) => node.name)).toEqual([
      ...['Beyoncé', 'Beyoncé in Conversation', 'A night with Beyoncé songs', 'Renaissance Tour'],
    ]);
    const scores = edges.map(({ score }) => score);
    expect(scores).toEqual([...new Set(scores)].toSorted((a, b) => b - a));
    expect(totalCount).toBe(4);
  });

  test('ranks whole words before unfinished ones, wherever they are, and both before similar words', async () => {
    const { db } = world.platform;
    const at = async (days: number, name: string, city: string) =>
      seedEvent(db, name, { startsAt: inDays(days), city });
    await at(50, 'Quartz', 'Helsinki');
    await at(51, 'Something', 'Quartzville');
    await at(52, 'Quartzet', 'Oslo');
    await at(53, 'Quartet', 'Quartz');

    expect(await find({ term: 'quartz' })).toEqual(['Quartz', 'Quartet', 'Quartzet', 'Something']);
    const { edges } = await search({ term: 'quartzz oslo' });
    expect(edges[0]).toMatchObject({ matched: 'CORRECTED', node: { name: 'Quartzet' } });
    expect(edges[0]!.score).toBeLessThan(1);
    expect(edges[1]).toMatchObject({ score: expect.toSatisfy((score: number) => score < 0.5) });
  });

  test('of a name with repeated words, or with more than ten, ranks that name first', async () => {
    const { db } = world.platform;
    const names = [
      'Wanda Wanda',
      'One two three four five six seven eight nine ten eleven twelve',
      'One two three four five six seven eight nine ten',
    ];
    for (const [at, name] of names.entries()) await seedEvent(db, name, { startsAt: inDays(60 - at) });
    for (const name of names) {
      const { edges } = await search({ term: name });
      expect(edges[0]).toMatchObject({
        score: expect.toSatisfy((score: number) => score >= 4),
        node: { name },
      });
    }
  });

  test('sorts equal scores by start', async () => {
    expect(await find({ term: 'fiji' })).toEqual(['Fiji vs Samoa', 'Samoa vs Fiji']);
    expect(await find({ term: 'olympiahalle' })).toEqual(['Metallica', 'AC/DC: Power Up']);
  });

  test('of blanks is none; of unknown words finds nothing; of hostile characters does no harm', async () => {
    expect((await search({ term: ' \u0000 ' })).totalCount).toBe((await search({})).totalCount);
    expect(await find({ term: 'xyzzy quux' })).toEqual([]);
    for (const term of [
      `'`,
      `\\`,
      `a' & !b:*`,
      `%`,
      `_`,
      `(((`,
      `:*`,
      `<->`,
      `be\u0000yonce'`,
      '\ud800',
      '☃',
      'ーー',
    ]) {
      const { edges } = await search({ term: `${term} nothing` });
      expect(edges.filter(({ matched }) => matched === 'EXACT')).toEqual([]);
      expect(Array.isArray(await find({ term }))).toBe(true);
    }
    expect(await find({ term: 'x'.repeat(200) })).toEqual([]);
    expect(await find({ term: '\u3315'.repeat(200) })).toEqual([]); // six letters each, more than a word may have
    const [repeated, once] = [await find({ term: 'a '.repeat(100) }), await find({ term: 'a' })];
    expect(repeated.toSorted()).toEqual(once.toSorted());
  });

  test('never finds drafts, nor past Events, for any viewer', async () => {
    const olga = await world.as('adam', 'ADMIN');
    for (const client of [world.stranger, olga]) {
      const { searchEvents } = await client.ask(SEARCH, {
        input: { term: 'beyonce', dates: { from: inDays(-400) } },
      });
      expect(searchEvents.nodes.map(({ name }: { name: string }) => name)).not.toContain('Beyoncé secret');
      expect(searchEvents.totalCount).toBe(4);
    }
  });
});
