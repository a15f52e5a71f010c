import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { migrate } from '../../../src/platform/db/migrate.ts';
import { withElasticsearch } from '../../support/elasticsearch.ts';
import { ownElasticsearch, type OwnElasticsearch } from '../../support/own-elasticsearch.ts';
import { ownPostgres, type OwnPostgres } from '../../support/own-postgres.ts';
import { start, type Running } from '../../support/process.ts';
import { draftEvent, eventOnSale } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { writeCatalogue } from './catalogue-writer.ts';
import { openIndexingWorld, type IndexingWorld } from './indexing-world.ts';

/** The slot is lost once it retains more. */
const WAL_LIMIT = { max_slot_wal_keep_size: '1MB', min_wal_size: '32MB', max_wal_size: '32MB' };
/** Within that long after the last fault, index and database are equal. */
const WITHIN_MS = 60_000;

await withElasticsearch(() => {
  let opened: AsyncDisposableStack;
  let postgres: OwnPostgres;
  let elasticsearch: OwnElasticsearch;
  let world: IndexingWorld;

  beforeEach(() => void (opened = new AsyncDisposableStack()));
  afterEach(() => opened.disposeAsync());

  async function open(settings: Record<string, string> = {}): Promise<void> {
    postgres = opened.use(await ownPostgres(settings));
    elasticsearch = opened.use(await ownElasticsearch());
    await migrate(postgres.url);
    world = opened.use(await openIndexingWorld(elasticsearch.url, { databaseUrl: postgres.url }));
  }

  function startProcess(): Running {
    const { databaseUrl, elasticsearchUrl, indexPrefix } = world;
    const options = JSON.stringify({ databaseUrl, elasticsearchUrl, indexPrefix });
    const running = start(process.execPath, [join(import.meta.dirname, 'indexing-process.ts'), options], {});
    opened.defer(async () => void (await running.stop('SIGKILL')));
    return running;
  }

  test(
    'while indexer, Elasticsearch and Postgres are killed one after the other, no change is lost',
    { timeout: 300_000 },
    async () => {
      await open();
      await eventOnSale(world.platform, { seats: 200 });
      const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
      await world.sql`
        insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded)
        select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at, status, folded
        from events, generate_series(1, 500) where id = ${id}`;
      let process = startProcess();
      await process.says(/slot acquired/);
      const other = startProcess();
      await using writer = writeCatalogue(world.sql);

      await writer.changes(50);
      await process.stop('SIGKILL');
      process = startProcess();
      await writer.changes(50);
      await elasticsearch.kill();
      await writer.changes(200);
      await Promise.all([process.stop('SIGKILL'), other.stop('SIGKILL')]); // with what they could not write
      process = startProcess();
      await elasticsearch.start();
      await writer.changes(50);
      startProcess();
      await postgres.kill();
      await pause(500); // an outage, not a blink
      await postgres.start();
      await writer.changes(50);
      await process.stop('SIGKILL');
      await writer.changes(50);
      await writer.stop();
      expect(await world.untilEqual(WITHIN_MS)).toEqual([]);
      expect(writer.done).toEqual(expect.objectContaining({ deleted: expect.any(Number) as number }));
    },
  );

  test('a slot that Postgres gave up leads to a rebuild', { timeout: 180_000 }, async () => {
    await open(WAL_LIMIT);
    const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
    const indexing = world.start();
    expect(await world.untilEqual()).toEqual([]);
    await indexing[Symbol.asyncDispose]();
    await eventually('the slot is lost', async () => {
      await world.sql`select pg_switch_wal()`;
      await world.sql`create table filler as select generate_series(1, 100000) as number`;
      await world.sql`drop table filler`;
      await world.sql`checkpoint`;
      const [slot] =
        await world.sql`select wal_status from pg_replication_slots where slot_name like 'onsale_search%'`;
      return slot?.['wal_status'] === 'lost';
    });
    await world.sql`update events set folded = 'meanwhile' where id = ${id}`;
    world.start();
    expect(await world.untilEqual(WITHIN_MS)).toEqual([]);
    expect(await world.document(id)).toMatchObject({ name: 'meanwhile' });
    expect((await world.indices.read()).live?.build).toBe(2);
  });
});
