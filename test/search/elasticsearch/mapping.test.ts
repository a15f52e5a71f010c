import { describe, expect, test } from 'vitest';

import { searchIndex, searchIndexEach } from '../../../src/search/elasticsearch/search-index.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { ownIndex } from './own-index.ts';

await withElasticsearch((url) => {
  describe('the index', () => {
    test('takes a document of the mapping, finds its words and their beginnings, and refuses other fields', async () => {
      await using index = await ownIndex(url);
      const { client } = index;
      const document = {
        id: 'a',
        name: 'bach and sons',
        names: 'royal albert hall',
        foldedName: 'bach & sons',
      };
      await index.write([document]);

      const count = async (query: object) => (await client.count({ index: index.name, query })).count;
      expect(await count({ term: { name: 'sons' } })).toBe(1);
      expect(await count({ prefix: { names: 'a' } })).toBe(1);
      expect(await count({ prefix: { names: 'roya' } })).toBe(1);
      expect(await count({ match_phrase: { names: 'royal albert' } })).toBe(1);
      expect(await count({ match_phrase_prefix: { names: 'albert h' } })).toBe(1);
      expect(await count({ match_phrase_prefix: { names: 'royal h' } })).toBe(0);
      expect(await count({ term: { 'name.whole': 'bach and sons' } })).toBe(1);
      expect(await count({ prefix: { 'name.whole': 'bach an' } })).toBe(1);
      expect(await count({ prefix: { 'name.whole': 'and' } })).toBe(0);
      expect(await count({ prefix: { foldedName: 'bach &' } })).toBe(1);

      const unknown = client.index({ index: index.name, document: { id: 'b', nmae: 'x' } });
      await expect(unknown).rejects.toThrow(/strict_dynamic_mapping_exception/);
    });

    test('a search that fails in part fails, alone and among several', async () => {
      await using index = await ownIndex(url);
      const one = { query: { term: { name: 'x' } }, size: 0 };
      const wrong = { query: { prefix: { location: 'x' } }, size: 0 };

      expect((await searchIndex(index, one)).hits.hits).toEqual([]);
      expect(await searchIndexEach(index, [one, one])).toHaveLength(2);
      await expect(searchIndex(index, wrong)).rejects.toThrow();
      await expect(searchIndexEach(index, [one, wrong])).rejects.toThrow('search failed');
      await expect(searchIndex({ ...index, name: 'no-such-index' }, one)).rejects.toThrow(/index_not_found/);
    });
  });
});
