import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { highlight } from '../../src/search/highlights/highlight.ts';
import { snippetOf } from '../../src/search/highlights/snippet.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const hall = await seedVenue(db, { name: 'Musikverein', aliases: ['Golden Hall'], city: 'Wien' });
  const philharmonic = await seedPerformer(db, 'Wiener Philharmoniker');
  const description = `${'An evening of ballet music. '.repeat(20)}Among it The Firebird by Igor Stravinsky. ${'And more. '.repeat(50)}`;
  await seedEvent(
    db,
    'Ballets Russes',
    { venueId: hall, startsAt: inDays(1), description, genre: 'Ballet' },
    [philharmonic],
  );
  await seedEvent(db, 'Fußball: Österreich – USA', {
    venueId: hall,
    startsAt: inDays(2),
    category: 'sports',
  });
});
afterAll(() => world[Symbol.asyncDispose]());

interface Highlight {
  field: string;
  text: string;
  ranges: { start: number; end: number }[];
}

/** Of the first hit: each text by its field, with the words found in brackets. */
async function highlightsOf(term: string): Promise<string[]> {
  const { searchEvents } = await world.stranger.ask(
    `query ($term: String!) { searchEvents(input: { term: $term, interpret: false }) {
      edges { highlights { field text ranges { start end } } } } }`,
    { term },
  );
  return (searchEvents.edges[0].highlights as Highlight[]).map(
    ({ field, text, ranges }) => `${field}: ${marked(text, ranges)}`,
  );
}

const marked = (text: string, ranges: Highlight['ranges']): string =>
  ranges.reduceRight((result, { start, end }) => {
    return `${result.slice(0, start)}[${result.slice(start, end)}]${result.slice(end)}`;
  }, text);

describe('highlights of a hit', () => {
  test.each([
    [
      'ballets rus',
      ['NAME: [Ballets] [Rus]ses', 'GENRE: [Ballet]', expect.stringMatching(/^DESCRIPTION: .*\[ballet\]/)],
    ],
    ['philharmoniker wien', ['PERFORMER: [Wien]er [Philharmoniker]', 'CITY: [Wien]']],
    ['musikverein', ['VENUE: [Musikverein]']],
    ['fussball osterreich', ['NAME: [Fußball]: [Österreich] – USA']],
    ['united states', ['NAME: Fußball: Österreich – [USA]']],
    ['philharmonikar', ['PERFORMER: Wiener [Philharmoniker]']],
    ['golden hall', []],
  ])('%s', async (term, expected) => {
    expect(await highlightsOf(term)).toEqual(expected);
  });

  test('show the part of a description around the words', async () => {
    const [description] = await highlightsOf('firebird stravinsky');
    expect(description).toMatch(/^DESCRIPTION: .{20,60}The \[Firebird\] by Igor \[Stravinsky\]\. .*And$/);
    expect(description!.length).toBeLessThanOrEqual('DESCRIPTION: [][]'.length + 200);
  });

  test('are none without a term', async () => {
    const { searchEvents } = await world.stranger.ask(
      '{ searchEvents(input: {}) { edges { highlights { text } } } }',
    );
    expect(searchEvents.edges.map(({ highlights }: { highlights: unknown[] }) => highlights)).toEqual([
      [],
      [],
    ]);
  });
});

test('a snippet of any text has its first range, in at most 200 units unless that is longer', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 600 });
  fc.assert(
    fc.property(text, text, fc.constantFrom('firebird', 'mañana', '東京'), (before, after, word) => {
      const whole = `${before} ${word} ${after}`;
      const ranges = highlight(whole, [word === 'mañana' ? 'manana' : word]);
      fc.pre(ranges.length > 0);
      const snippet = snippetOf(whole, ranges);
      const [first] = snippet.ranges as [Highlight['ranges'][number]];
      expect(snippet.text.isWellFormed() || !whole.isWellFormed()).toBe(true);
      expect(snippet.text.slice(first.start, first.end)).toBe(whole.slice(ranges[0]!.start, ranges[0]!.end));
      expect(snippet.text.length).toBeLessThanOrEqual(200 + (first.end - first.start));
      for (const { start, end } of snippet.ranges) expect(end).toBeGreaterThan(start);
    }),
  );
});
