import { afterEach, beforeEach, expect, test } from 'vitest';

import { MAPPING_VERSION } from '../../../src/search/elasticsearch/mapping.ts';
import { EventIndices } from '../../../src/search/indexing/event-indices.ts';
import { indexCatalogue } from '../../../src/search/indexing/index-catalogue.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { draftEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

await withElasticsearch((url) => {
  let world: IndexingWorld;
  let newer: EventIndices;

  beforeEach(async () => {
    world = await openIndexingWorld(url);
    newer = new EventIndices(world.indices.client, world.indexPrefix, MAPPING_VERSION + 1);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const isLive = (indices: EventIndices) =>
    eventually('it is live', async () => (await indices.read()).live !== null);

  test('upgrading and going back, each version builds its own index, which lacks no change', async () => {
    const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    const before = world.start();
    expect(await world.untilEqual()).toEqual([]);
    await before[Symbol.asyncDispose]();

    const upgraded = indexCatalogue({ ...world, indices: newer });
    await isLive(newer);
    expect((await world.indices.read()).live).toBeNull(); // its searches go to Postgres, and miss nothing
    await world.sql`update events set folded = 'meanwhile' where id = ${id}`;
    await eventually('the newer index has it', async () => {
      const found = await newer.client.get<{ name: string }>({ index: newer.live, id });
      return found._source?.name === 'meanwhile';
    });
    await upgraded[Symbol.asyncDispose]();

    world.start();
    await isLive(world.indices);
    expect(await world.untilEqual()).toEqual([]);
    expect(await world.document(id)).toMatchObject({ name: 'meanwhile' });
    expect((await newer.read()).live).toBeNull();
  });

  test('an index that another version has followed since is built again, not trusted', async () => {
    await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    const before = world.start();
    expect(await world.untilEqual()).toEqual([]);
    await before[Symbol.asyncDispose]();
    const [other] = (await newer.read()).others;
    await newer.disown(other!); // and its worker was killed before its own index was live

    world.start();
    await eventually('it is rebuilt', async () => (await world.indices.read()).live?.build === 2);
    expect(await world.untilEqual()).toEqual([]);
  });

  test('an index from before aliases had a mapping is replaced', async () => {
    const { client } = world.indices;
    const legacy = `${world.indexPrefix}events`;
    await client.indices.create({ index: `${legacy}-1-00000000`, aliases: { [legacy]: {} } });
    await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    expect(await client.indices.exists({ index: legacy })).toBe(false);
  });

  test('the indices of a longer prefix are left alone', async () => {
    const { client } = world.indices;
    const neighbour = `${world.indexPrefix}events-events-m2-1-00000000`;
    await client.indices.create({ index: neighbour });
    await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    expect(await client.indices.exists({ index: neighbour })).toBe(true);
  });
});
