import { afterEach, beforeEach, expect, test } from 'vitest';

import { replicationSlots } from '../../../src/platform/db/tables.ts';
import { rebuildIndex } from '../../../src/search/indexing/rebuild-index.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { draftEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

/** Several pages of a copy. */
const EVENTS = 1_500;

await withElasticsearch((url) => {
  let world: IndexingWorld;

  beforeEach(async () => {
    world = await openIndexingWorld(url);
    const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    await world.sql`
      insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded)
      select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at, status, folded
      from events, generate_series(2, ${EVENTS}::int) where id = ${id}`;
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const quiet = { report: () => {}, signal: new AbortController().signal };

  /** Add, change, withdraw and delete Events until `work` is done. */
  async function writingDuring<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const working = work.finally(() => (isDone = true));
    for (let round = 0; !isDone || round < 5; round++) {
      await world.sql`
        insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded)
        select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at, status, ${`new ${round}`}
        from events limit 3`;
      await world.sql`update events set folded = ${`round ${round}`} where id in (select id from events order by random() limit 20)`;
      await world.sql`update events set status = 'DRAFT' where id in (select id from events order by random() limit 2)`;
      await world.sql`delete from events where id in (select id from events order by random() limit 2)`;
    }
    return working;
  }

  const build = async () => (await world.indices.read()).live?.build;

  test('a rebuild during writes loses and duplicates nothing', async () => {
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    await writingDuring(rebuildIndex(world, quiet));
    expect(await build()).toBe(2);
    expect(await world.untilEqual()).toEqual([]);
    const { next, orphans } = await world.indices.read();
    expect({ next, orphans }).toEqual({ next: null, orphans: [] });
  });

  test('without a worker the command builds the index itself', async () => {
    expect(await rebuildIndex(world, quiet)).toBe(EVENTS);
    expect(await world.differences()).toEqual([]);
  });

  test('two requests at a time are met by one rebuild', async () => {
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    await Promise.all([rebuildIndex(world, quiet), rebuildIndex(world, quiet)]);
    expect(await build()).toBe(2);
  });

  test('a process that dies in the middle of a rebuild leaves it to the next one', async () => {
    for (let round = 0; round < 4; round++) {
      const indexing = world.start();
      await eventually('an index is being built', async () => {
        const { next } = await world.indices.read();
        if (next === null) return false;
        const { count } = await world.indices.client.count({ index: next.name }).catch(() => ({ count: 0 }));
        return round === 0 || count >= 0;
      });
      await indexing[Symbol.asyncDispose]();
      expect((await world.indices.read()).live).toBeNull();
    }
    world.start();
    await writingDuring(eventually('it is live', async () => (await world.indices.read()).live !== null));
    expect(await world.untilEqual()).toEqual([]);
    const { next, orphans } = await world.indices.read();
    expect({ next, orphans }).toEqual({ next: null, orphans: [] });
  });

  test('what a process was building cannot go live once another has begun', async () => {
    const { indices } = world;
    const stale = await indices.create({ build: 1, generation: 'gone' });
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    const { live } = await indices.read();
    await expect(indices.goLive({ replaced: [live!], next: stale })).rejects.toThrow();
    expect((await indices.read()).live).toEqual(live);
  });

  test('an index of another generation of the slot, or ahead of the log, is rebuilt', async () => {
    const { client, live } = world.indices;
    const rebuiltAfter = async (spoil: () => Promise<unknown>) => {
      const indexing = world.start();
      expect(await world.untilEqual()).toEqual([]);
      await indexing[Symbol.asyncDispose]();
      const before = await build();
      await spoil();
      const again = world.start();
      await eventually('it is rebuilt', async () => (await build()) === before! + 1);
      expect(await world.untilEqual()).toEqual([]);
      await again[Symbol.asyncDispose]();
    };
    await rebuiltAfter(() => world.platform.db.update(replicationSlots).set({ generation: 'another' }));
    await rebuiltAfter(async () => {
      const { hits } = await client.search<Record<string, unknown>>({ index: live, size: 1 });
      const { _id: id, _source: document } = hits.hits[0]!;
      const version = Number.MAX_SAFE_INTEGER;
      await client.index({
        ...{ index: live, id: id!, document: { ...document, version }, version, version_type: 'external' },
      });
    });
  });
});
