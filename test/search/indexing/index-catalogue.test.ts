import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { events } from '../../../src/catalog/index.ts';
import { eventPerformers, performers } from '../../../src/catalog/tables.ts';
import { newId } from '../../../src/platform/ids.ts';
import { listDeadLetters } from '../../../src/search/indexing/dead-letters.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { draftEvent, eventOnSale } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

await withElasticsearch((url) => {
  let world: IndexingWorld;

  beforeEach(async () => {
    world = await openIndexingWorld(url);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const announced = (fields: Partial<typeof events.$inferInsert> = {}) =>
    draftEvent(world.platform, undefined, { status: 'ANNOUNCED', ...fields });

  const indexed = (eventId: string, what: string, isSo: (document: Record<string, unknown>) => boolean) =>
    eventually(what, async () => {
      const document = await world.document(eventId).catch(() => null); // until there is an index
      return document !== null && isSo(document);
    });

  test('an index is built where there is none, and follows every change', async () => {
    const before = await announced();
    world.start();
    await indexed(before.id, 'it is in the index', () => true);

    const added = await announced({ name: 'New', folded: 'new' });
    await indexed(added.id, 'it is added', ({ name }) => name === 'new');
    await world.sql`update events set folded = 'changed' where id = ${added.id}`;
    await indexed(added.id, 'it is changed', ({ name }) => name === 'changed');
    await world.sql`update venues set folded = 'hall' where id = (select venue_id from events where id = ${added.id})`;
    await indexed(added.id, 'its Venue is renamed', ({ names }) => names === 'hall');

    const performerId = newId();
    await world.platform.db
      .insert(performers)
      .values({ id: performerId, name: 'A', kind: 'band', folded: 'abba' });
    await world.platform.db.insert(eventPerformers).values({ eventId: added.id, performerId, position: 0 });
    await indexed(added.id, 'it has a lineup', ({ names }) => names === 'abba hall');
    await world.sql`update performers set folded = 'queen' where id = ${performerId}`;
    await indexed(added.id, 'its Performer is renamed', ({ names }) => names === 'queen hall');
    await world.sql`delete from event_performers where event_id = ${added.id}`;
    await indexed(added.id, 'it has no lineup', ({ names }) => names === 'hall');
    expect(await world.untilEqual()).toEqual([]);
    const { values } = await world.platform.metrics.searchIndexedSeconds.get();
    expect(values.find(({ metricName }) => metricName?.endsWith('_count'))?.value).toBeGreaterThan(5);
  });

  test('an Event that is deleted, a draft again, or has another id is found no more', async () => {
    const [deleted, withdrawn, moved] = [await announced(), await announced(), await announced()];
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    const id = newId();
    await world.sql`delete from events where id = ${deleted.id}`;
    await world.sql`update events set status = 'DRAFT' where id = ${withdrawn.id}`;
    await world.sql`update events set id = ${id} where id = ${moved.id}`;
    await eventually('the index has one Event', async () => {
      const there = await Promise.all([deleted.id, withdrawn.id, moved.id, id].map(world.document));
      return there.map((document) => document !== null).join() === 'false,false,false,true';
    });
    expect(await world.untilEqual()).toEqual([]);
  });

  test('a renamed Venue reaches thousands of Events', async () => {
    const { id } = await announced();
    await world.platform.db.execute(sql`
      insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded)
      select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at + number % 7 * interval '1 day',
        status, folded
      from events, generate_series(1, 3000) as number where id = ${id}`);
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    await world.sql`update venues set folded = 'arena' where id = (select venue_id from events where id = ${id})`;
    await eventually('all have the name', async () => {
      const { client, live } = world.indices;
      await client.indices.refresh({ index: live });
      return (await client.count({ index: live, query: { term: { names: 'arena' } } })).count === 3_001;
    });
    expect(await world.untilEqual()).toEqual([]);
  });

  test('what sells is indexed some seconds later, with all of it', async () => {
    const event = await eventOnSale(world.platform, { seats: 40 });
    world.start();
    await indexed(event.id, 'all are available', ({ availability }) => availability === 'MANY');
    await world.sql`
      update tickets set status = 'SOLD', reservation_id = gen_random_uuid(), version = version + 1
      where event_id = ${event.id} and place > 0`;
    await indexed(event.id, 'few are left', ({ availability }) => availability === 'FEW');
    expect(await world.untilEqual()).toEqual([]);
  });

  test('a document that is rejected is set aside until its Event changes, and blocks no other', async () => {
    world.start();
    const poisonous = await announced({ latitude: 91, longitude: 0 });
    const immense = await announced({ category: 'c'.repeat(40_000) });
    const good = await announced();
    await indexed(good.id, 'it is in the index', () => true);
    const letters = await eventually('both are set aside', async () => {
      const found = await listDeadLetters(world.platform.db);
      return found.length === 2 && found;
    });
    expect(Object.fromEntries(letters.map(({ eventId, reason }) => [eventId, reason]))).toEqual({
      [poisonous.id]: expect.stringMatching(/latitude/) as string,
      [immense.id]: expect.stringMatching(/immense term/) as string,
    });
    expect((await world.platform.metrics.searchDeadLetters.get()).values[0]!.value).toBe(2);

    await world.platform.db.update(events).set({ latitude: 9 }).where(eq(events.id, poisonous.id));
    await world.platform.db.update(events).set({ category: 'gala' }).where(eq(events.id, immense.id));
    await eventually(
      'none is set aside',
      async () => (await listDeadLetters(world.platform.db)).length === 0,
    );
    expect(await world.untilEqual()).toEqual([]);
  });

  test('a table that is truncated leads to a rebuild', async () => {
    const event = await announced();
    world.start();
    await indexed(event.id, 'it is in the index', () => true);
    await world.sql`truncate events cascade`;
    expect(await world.untilEqual()).toEqual([]);
    expect(await world.document(event.id)).toBeNull();
  });
});
