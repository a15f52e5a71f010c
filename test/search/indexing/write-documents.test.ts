import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { newId } from '../../../src/platform/ids.ts';
import type { SearchDocument, VersionedDocument } from '../../../src/search/documents/search-document.ts';
import { IndexMissing, writeDocuments } from '../../../src/search/indexing/write-documents.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

const documentOf = (id: string, changes: Partial<SearchDocument> = {}): SearchDocument => ({
  ...{ id, name: 'gala', names: '', kinds: 'concert', description: '', foldedName: 'gala' },
  ...{ startsAt: '2026-12-31T20:00:00.000Z', endsAt: '2026-12-31T23:00:00.000Z' },
  ...{ startsAtLocal: '2026-12-31T20:00:00', endsAtLocal: '2026-12-31T23:00:00' },
  ...{ startsOn: '2026-12-31', endsOn: '2026-12-31', timezone: 'UTC', location: null, city: null },
  ...{ country: null, venueId: null, performerIds: [], category: 'concert', genres: [], status: 'ANNOUNCED' },
  ...{ currency: null, lowestPrice: null, highestPrice: null, prices: [], lowestMajorPrice: null },
  ...{ saleStartsAt: null, saleEndsAt: null, availability: null, lowestAvailablePrice: null },
  ...{ accessible: false, popularity: 0 },
  ...changes,
});

await withElasticsearch((url) => {
  let world: IndexingWorld;
  let id: string;

  beforeAll(async () => {
    world = await openIndexingWorld(url);
    const next = await world.indices.create({ build: 1, generation: 'one' });
    await world.indices.goLive({ replaced: [], next });
  });
  beforeEach(() => (id = newId()));
  afterAll(() => world[Symbol.asyncDispose]());

  const write = (...documents: VersionedDocument[]) =>
    writeDocuments(world.indices, [world.indices.live], documents);

  test('the highest version of a document stays, in whatever order they arrive', async () => {
    expect(await write({ version: 5, document: documentOf(id, { name: 'new' }) })).toMatchObject({
      indexed: 1,
    });
    expect(await write({ version: 4, document: documentOf(id) })).toMatchObject({ indexed: 0, outdated: 1 });
    expect(await world.document(id)).toMatchObject({ name: 'new', version: 5 });
    expect(await write({ version: 6, document: { id } })).toMatchObject({ indexed: 1 });
    expect(await write({ version: 5, document: documentOf(id) })).toMatchObject({ outdated: 1 });
    expect(await world.document(id)).toBeNull();
  });

  test('a document that is rejected is named with the reason, and fails no other', async () => {
    const other = newId();
    const { indexed, rejected } = await write(
      { version: 1, document: documentOf(id, { location: { lat: 91, lon: 0 } }) },
      { version: 1, document: documentOf(other) },
    );
    expect({ indexed, rejected }).toEqual({
      indexed: 1,
      rejected: [{ eventId: id, version: 1, reason: expect.stringMatching(/latitude/) as string }],
    });
    expect(await world.document(other)).not.toBeNull();
  });

  test('documents of many megabytes are written in several requests', async () => {
    const description = 'word '.repeat(120_000);
    const ids = Array.from({ length: 9 }, newId);
    const documents = ids.map((one) => ({ version: 1, document: documentOf(one, { description }) }));
    expect(await write(...documents)).toMatchObject({ indexed: 9 });
  });

  test('without its index a write is refused, and makes none', async () => {
    const { client, live } = world.indices;
    const document = { version: 1, document: documentOf(id) };
    await expect(writeDocuments(world.indices, [`${live}-next`], [document])).rejects.toThrow(IndexMissing);
    expect(await client.indices.exists({ index: `${live}-next` })).toBe(false);
  });
});
