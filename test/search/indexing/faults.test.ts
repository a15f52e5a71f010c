import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
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

/** Wait until the process that reads the slot was sent all of the log, and has sent two messages about its position since. */
async function untilAcknowledged(sql: postgres.Sql): Promise<void> {
  const [{ end } = { end: '' }] = await sql<{ end: string }[]>`select pg_current_wal_lsn() as end`;
  const readReply = async () => {
    const [row] = await sql<{ at: string }[]>`
      select reply_time::text as at from pg_stat_replication
      where application_name like 'onsale_search%' and sent_lsn >= ${end}::pg_lsn`;
    return row?.at;
  };
  let reply = await eventually('the log is sent', readReply);
  for (let messages = 0; messages < 2; messages++) {
    const earlier = reply;
    reply = await eventually('the process acknowledges', async () => {
      const at = await readReply();
      return at !== earlier && at;
    });
  }
}

await withElasticsearch(() => {
  let opened: AsyncDisposableStack;
  let server: OwnPostgres;
  let elasticsearch: OwnElasticsearch;
  let world: IndexingWorld;

  beforeEach(() => void (opened = new AsyncDisposableStack()));
  afterEach(() => opened.disposeAsync());

  async function open(settings: Record<string, string> = {}): Promise<void> {
    server = opened.use(await ownPostgres(settings));
    elasticsearch = opened.use(await ownElasticsearch());
    await migrate(server.url);
    world = opened.use(await openIndexingWorld(elasticsearch.url, { databaseUrl: server.url }));
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
      await server.kill();
      await pause(500); // an outage, not a blink
      await server.start();
      await writer.changes(50);
      await process.stop('SIGKILL');
      await writer.changes(50);
      await writer.stop();
      expect(await world.untilEqual(WITHIN_MS)).toEqual([]);
      expect(writer.done).toEqual(expect.objectContaining({ deleted: expect.any(Number) as number }));
    },
  );

  test(
    'what Elasticsearch has not accepted is not acknowledged, and is read again by the next process',
    { timeout: 180_000 },
    async () => {
      await open();
      const { id } = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
      const first = startProcess();
      expect(await world.untilEqual()).toEqual([]);

      await elasticsearch.kill();
      await world.sql`update events set folded = 'meanwhile' where id = ${id}`;
      await untilAcknowledged(world.sql); // in the last message, whose position may be older
      await first.stop('SIGKILL');
      await elasticsearch.start();
      startProcess();

      expect(await world.untilEqual(WITHIN_MS)).toEqual([]);
      expect(await world.document(id)).toMatchObject({ name: 'meanwhile' });
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
