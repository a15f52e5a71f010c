import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkSearch } from '../../../src/app/cli/check-search.ts';
import { encodeId } from '../../../src/platform/ids.ts';
import { listDeadLetters } from '../../../src/search/indexing/dead-letters.ts';
import { rebuildIndex } from '../../../src/search/indexing/rebuild-index.ts';
import { requestBuild } from '../../../src/search/indexing/wanted-build.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { draftEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

await withElasticsearch((url) => {
  let world: IndexingWorld;
  let first: string;

  beforeEach(async () => {
    world = await openIndexingWorld(url);
    first = (await draftEvent(world.platform, undefined, { status: 'ANNOUNCED', longitude: 0 })).id;
    await world.sql`
      insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded, longitude)
      select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at, status, folded, longitude
      from events, generate_series(2, 30) where id = ${first}`;
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const quiet = { report: () => {}, signal: new AbortController().signal };
  const refused = async () => (await world.platform.metrics.searchRebuildsRefused.get()).values[0]!.value;

  test('an index that lacks many documents does not go live; once they are accepted a requested one does', async () => {
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    const before = (await world.indices.read()).live;
    await world.sql`update events set latitude = 91 where id in (select id from events limit 11)`;
    await eventually(
      '11 are set aside',
      async () => (await listDeadLetters(world.platform.db)).length === 11,
    );

    await requestBuild(world.platform, world.indices.live, before!.build);
    await eventually('the rebuild is refused', async () => (await refused()) === 1);
    expect((await world.indices.read()).live).toEqual(before);
    expect(await world.document(first)).not.toBeNull();

    await world.sql`update events set latitude = 1 where latitude = 91`;
    expect(await world.untilEqual()).toEqual([]);
    await requestBuild(world.platform, world.indices.live, before!.build + 1);
    await eventually(
      'it is live',
      async () => (await world.indices.read()).live?.build === before!.build + 2,
    );
    expect(await world.untilEqual()).toEqual([]);
    expect((await world.indices.read()).next).toBeNull();
  });

  test('a command that waits for a refused rebuild says why, and the next command tries at once', async () => {
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    await world.sql`update events set latitude = 91 where id in (select id from events limit 11)`;
    const lines: string[] = [];
    const stopping = new AbortController();
    const report = (line: string) => void lines.push(line);
    const waiting = rebuildIndex(world, { report, signal: stopping.signal }).catch(
      (error: Error) => error.name,
    );
    await eventually('it says why', async () =>
      lines.some((line) => line.includes('refused: 11 documents were set aside')),
    );
    stopping.abort();
    expect(await waiting).toBe('AbortError');

    await world.sql`update events set latitude = 1 where latitude = 91`;
    expect(await world.untilEqual()).toEqual([]);
    expect(await rebuildIndex(world, quiet)).toBe(30);
    expect(await refused()).toBe(1);
    expect((await world.indices.read()).live).not.toHaveProperty('setAside');
  });

  test('a row that cannot be read stays set aside after the rebuild that found it, and stops no check', async () => {
    await world.sql`alter table price_tiers rename to readable_price_tiers`;
    await world.sql.unsafe(`
      create function require_readable(id uuid) returns boolean language plpgsql as $$
      begin
        if id = '${first}' then raise exception 'corrupt' using errcode = 'XX001'; end if;
        return true;
      end $$`);
    await world.sql`insert into readable_price_tiers (event_id, tier, name, amount_minor) values (${first}, 0, 'A', 1)`;
    await world.sql`create view price_tiers as select * from readable_price_tiers where require_readable(event_id)`;

    expect(await rebuildIndex(world, quiet)).toBe(29);
    const lines: string[] = [];
    expect(await checkSearch(world, (line) => lines.push(line))).toBe(false);
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^set aside since .*: ${encodeId('Event', first)}: not readable: XX001$`),
      ),
      `unmade: ${encodeId('Event', first)}`,
      '30 events compared: 1 differ, 1 were set aside',
    ]);
  });

  test('the checker fails while documents are set aside, also where none differs', async () => {
    world.start();
    expect(await world.untilEqual()).toEqual([]);
    await world.sql`
      insert into search_dead_letters (event_id, reason, version) values (${first}, 'rejected', 1)`;
    expect(await checkSearch(world, () => {})).toBe(false);
  });
});
