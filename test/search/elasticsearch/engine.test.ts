import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SearchEventsInput } from '../../../src/generated/graphql.ts';
import { openElasticsearchEngine } from '../../../src/search/elasticsearch/elasticsearch-engine.ts';
import { parseEventQuery } from '../../../src/search/parse-query.ts';
import type { Alternatives, Clause, SearchEngine } from '../../../src/search/search-engine.ts';
import { searchInPasses } from '../../../src/search/two-passes.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { documentOf, ownIndex, type OwnIndex } from './own-index.ts';

await withElasticsearch((url) => {
  describe('the engine on Elasticsearch', () => {
    let index: OwnIndex;
    let engine: SearchEngine;
    beforeAll(async () => {
      index = await ownIndex(url);
      engine = openElasticsearchEngine(index, async (clauses) => correctionsOf(clauses));
      await index.write([
        documentOf('1', 'beethoven and friends', { names: 'royal albert hall london', day: 9 }),
        documentOf('2', 'ac dc power up', { names: 'olympiahalle munchen munich', day: 8 }),
        documentOf('3', 'dvorak smetana', { names: 'philharmonie berlin', day: 7 }),
        documentOf('4', 'an evening with beethoven', {
          names: 'philharmonie berlin',
          day: 6,
          status: 'ON_SALE',
        }),
        documentOf('5', 'beethoven long ago', { day: -400 }),
        matineeAt('7', { day: 20, lat: 52.5009 }),
        matineeAt('8', { day: 10, lat: 52.500902 }),
        { id: '6' },
      ]);
    });
    afterAll(() => index[Symbol.asyncDispose]());

    const list = async (input: Partial<SearchEventsInput>) => {
      const query = parseEventQuery({ sort: 'RELEVANCE', timezone: 'UTC', ...input });
      const { hits, countAll } = await searchInPasses(engine, query, { limit: 10, after: null });
      return {
        ids: hits.map(({ eventId }) => eventId),
        matched: hits[0]?.matched,
        total: await countAll(),
        hits,
      };
    };

    test('Events that are over, and hidden ones, are not found', async () => {
      expect(await list({ sort: 'DATE' })).toMatchObject({ ids: ['4', '3', '2', '1', '8', '7'], total: 6 });
      expect(await list({ term: 'long ago' })).toMatchObject({ ids: [], total: 0 });
    });

    test('whole words rank before unfinished ones, and scores are whole millionths', async () => {
      const { ids, hits } = await list({ term: 'beethoven' });
      expect(ids).toEqual(['1', '4']);
      for (const { score } of hits) expect(Number.isInteger(Math.round(score * 1e9) / 1e3)).toBe(true);
      expect((await list({ term: 'beethoven alb' })).ids).toEqual(['1', '4']);
      expect((await list({ term: 'royal albert h' })).ids[0]).toBe('1');
      expect((await list({ term: 'albert royal' })).ids).toEqual(['1']);
    });

    test.each([
      ['a word', 'bethovne', ['4', '1'], 'beethoven'],
      ['two words', 'acdc', ['2'], 'ac dc'],
      ['a word beside one as typed', 'olymp power', ['2'], 'olympiahalle power'],
    ])('is corrected to %s: %s', async (_what, term, ids, correctedTo) => {
      const found = await list({ term });
      expect(found).toMatchObject({ ids, matched: 'CORRECTED', total: ids.length });
      expect(found.hits[0]?.correctedTo).toBe(correctedTo);
    });

    test('a term that is longer than any name finds nothing', async () => {
      for (const letter of ['\u{fdfa}', '\u6771\u4eac'])
        expect(await list({ term: letter.repeat(100) })).toMatchObject({ ids: [], total: 0 });
    });

    test('Events that lack words follow, rare words first', async () => {
      const { hits } = await list({ term: 'beethoven berlin tickets' });
      expect(hits.map(({ eventId, matched }) => [eventId, matched])).toEqual([
        ['4', 'EXACT'],
        ['1', 'PARTIAL'],
        ['3', 'PARTIAL'],
      ]);
    });

    test('distances are whole metres: at the same one the earlier Event comes first', async () => {
      const near = { latitude: 52.5, longitude: 13.4, radiusKm: 1 };
      const { hits } = await list({ near, sort: 'DISTANCE', term: 'matinee' });
      expect(hits.map(({ eventId, position, distanceKm }) => [eventId, position.key, distanceKm])).toEqual([
        ['8', 100, 0.1],
        ['7', 100, 0.1],
      ]);
      for (const { score } of hits) expect(score).toBeGreaterThan(1);
    });
  });
});

/** As the database finds them in its vocabulary. */
const CORRECTIONS: Record<string, string[]> = {
  bethovne: ['beethoven'],
  acdc: ['ac', 'dc'],
  olymp: ['olympiahalle'],
};
const correctionsOf = (clauses: readonly Clause[]): Alternatives =>
  new Map(
    clauses.flatMap(({ typed }) => {
      const words = CORRECTIONS[typed];
      return words === undefined ? [] : [[typed, [{ words, similarity: 1 }]]];
    }),
  );

const matineeAt = (id: string, { day, lat }: { day: number; lat: number }) => ({
  ...documentOf(id, 'matinee', { day }),
  location: { lat, lon: 13.4 },
});
