import { afterAll, beforeAll, expect, test } from 'vitest';

import { newId } from '../../../src/platform/ids.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { draftEvent } from '../../support/seed.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

await withElasticsearch((url) => {
  let world: IndexingWorld;
  let ids: string[];

  beforeAll(async () => {
    world = await openIndexingWorld(url);
    const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    await world.sql`
      insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded)
      select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at, status, folded
      from events, generate_series(1, 1000) where id = ${id}`;
    ids = (await world.sql`select id from events order by id`).map((row) => row['id'] as string);
    const indexing = world.start();
    expect(await world.untilEqual()).toEqual([]);
    await indexing[Symbol.asyncDispose]();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('the checker finds a planted difference of each kind, and no other', async () => {
    const { client, live } = world.indices;
    const [first, second, last] = [ids[0]!, ids[600]!, ids.at(-1)!];
    const surplus = newId();
    const document = await world.document(second);
    await client.delete({ index: live, id: first });
    await client.update({ index: live, id: last, doc: { names: 'elsewhere', popularity: 3 } });
    await client.index({ index: live, id: surplus, document: { ...document, id: surplus } });
    await world.sql`update events set status = 'DRAFT' where id = ${second}`;
    expect((await world.differences()).toSorted()).toEqual(
      [
        `missing ${first}`,
        `surplus ${second}`,
        `different ${last} names popularity`,
        `surplus ${surplus}`,
      ].toSorted(),
    );
  });
});
