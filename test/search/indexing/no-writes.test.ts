import { afterEach, beforeEach, expect, test } from 'vitest';

import { withElasticsearch } from '../../support/elasticsearch.ts';
import { draftEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

await withElasticsearch((url) => {
  let world: IndexingWorld;

  beforeEach(async () => {
    world = await openIndexingWorld(url);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const gauge = async (name: 'searchUnwrittenSeconds' | 'searchDeadLetters' | 'searchQueue') =>
    (await world.platform.metrics[name].get()).values[0]?.value ?? 0;

  test('while the index takes no writes the age of the oldest change is measured, until all are written', async () => {
    const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    const { client, live } = world.indices;
    await client.indices.putSettings({ index: live, settings: { index: { blocks: { write: true } } } });
    await world.sql`update events set folded = 'meanwhile' where id = ${id}`;
    await eventually('it waits for seconds', async () => (await gauge('searchUnwrittenSeconds')) > 2);
    await client.indices.putSettings({ index: live, settings: { index: { blocks: { write: false } } } });
    await eventually('it is written', async () => (await gauge('searchUnwrittenSeconds')) === 0);
    expect(await world.untilEqual()).toEqual([]);
  });

  test('a process that follows the catalogue no more has no gauges of it', async () => {
    const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED', longitude: 0 });
    const indexing = world.start();
    expect(await world.untilEqual()).toEqual([]);
    await world.sql`update events set latitude = 91 where id = ${id}`;
    await eventually('it is set aside', async () => (await gauge('searchDeadLetters')) === 1);
    const { slotBehindSeconds } = world.platform.metrics;
    await eventually('the slot is measured', async () => (await slotBehindSeconds.get()).values.length > 0);
    await indexing[Symbol.asyncDispose]();
    expect(await gauge('searchDeadLetters')).toBe(0);
    expect(await gauge('searchQueue')).toBe(0);
    expect((await slotBehindSeconds.get()).values).toEqual([]);
  });
});
