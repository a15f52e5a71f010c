import { join } from 'node:path';
import postgres from 'postgres';

import { importCatalogue } from '../../src/demo-catalogue/index.ts';
import { openPool } from '../../src/platform/db/pool.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { EventIndices, openElasticsearchClient } from '../../src/search/index.ts';
import type { BenchStack } from '../stack.ts';

const DATA = join(import.meta.dirname, '../../data');
const INDEX_PREFIX = 'onsale-';
const POLL_MS = 1_000;
/** What the copies of Events have in common with them, and what else belongs to an Event. */
const TABLES = ['event_performers', 'price_tiers'] as const;

/** The catalogue of a stack, at a size that is chosen. */
export interface SizedCatalogue extends AsyncDisposable {
  sql: postgres.Sql;
  /** Bring it to so many Events that are not over, and wait until all engines have them. Sizes must grow. */
  resize(events: number): Promise<void>;
}

/** Load the demo catalogue, and set all but so many Events aside. */
export async function openSizedCatalogue(
  stack: BenchStack,
  events = Number.POSITIVE_INFINITY,
): Promise<SizedCatalogue> {
  await using opening = new AsyncDisposableStack();
  const pool = openPool(stack.databaseUrl, 2, 'onsale-bench');
  opening.defer(() => pool[Symbol.asyncDispose]());
  await importCatalogue(
    { db: pool.db, metrics: openMetrics() },
    { directory: DATA, today: Temporal.Now.plainDateISO('UTC') },
  );
  const sql = postgres(stack.databaseUrl, { max: 2, onnotice: () => {} });
  opening.defer(() => sql.end());
  if (Number.isFinite(events)) await setAside(sql, events);
  await untilIndexed(stack, sql);
  const owned = opening.move();
  return {
    sql,
    async resize(size) {
      await bringBack(sql, size);
      await copyEvents(sql, size);
      await sql`analyze events, event_performers, price_tiers`;
      await untilIndexed(stack, sql);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Events on sale have tickets, and stay. */
async function setAside(sql: postgres.Sql, events: number): Promise<void> {
  await sql`
    create table bench_aside_ids as
    select id from events where status <> 'ON_SALE' order by md5(id::text)
    offset greatest(0, ${events}::int - (select count(*) from events where status = 'ON_SALE'))`;
  for (const table of TABLES) {
    await sql`create table ${sql(`bench_aside_${table}`)} as
      select * from ${sql(table)} where event_id in (select id from bench_aside_ids)`;
    await sql`delete from ${sql(table)} where event_id in (select id from bench_aside_ids)`;
  }
  await sql`create table bench_aside_events as select * from events where id in (select id from bench_aside_ids)`;
  await sql`delete from events where id in (select id from bench_aside_ids)`;
  await sql`vacuum full analyze events`;
  for (const table of TABLES) await sql`vacuum full analyze ${sql(table)}`;
}

/** Put Events back that were set aside. */
async function bringBack(sql: postgres.Sql, size: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      create temporary table back on commit drop as
      select id from bench_aside_events order by md5(id::text)
      limit greatest(0, ${size}::int - (select count(*) from events))`;
    const columns = await columnsOf(tx, 'events');
    await tx`insert into events (${tx(columns)}) select ${tx(columns)} from bench_aside_events where id in (select id from back)`;
    await tx`delete from bench_aside_events where id in (select id from back)`;
    for (const table of TABLES)
      await tx`insert into ${tx(table)} select * from ${tx(`bench_aside_${table}`)} where event_id in (select id from back)`;
  });
}

/** Repeat the Events there are, each copy a week later: the lists behind every word grow as the catalogue does. */
async function copyEvents(sql: postgres.Sql, size: number): Promise<void> {
  const [counted] = await sql<{ events: number }[]>`select count(*)::int as events from events`;
  const events = counted!.events;
  const times = Math.ceil(size / events) - 1;
  const columns = (await columnsOf(sql, 'events')).filter(
    (column) => !['id', 'starts_at', 'ends_at'].includes(column),
  );
  await sql`create table bench_originals as select id, row_number() over (order by md5(id::text)) as number from events`;
  for (let copy = 1; copy <= times; copy++) {
    const wanted = Math.min(events, size - copy * events);
    await sql.begin(async (tx) => {
      await tx`
        create temporary table copied on commit drop as
        select id, md5(id::text || ${copy}::int)::uuid as copy from bench_originals where number <= ${wanted}`;
      await tx`
        insert into events (id, starts_at, ends_at, ${tx(columns)})
        select copied.copy, starts_at + ${copy}::int * interval '7 days', ends_at + ${copy}::int * interval '7 days', ${tx(columns)}
        from events join copied using (id)`;
      await tx`
        insert into event_performers (event_id, performer_id, position)
        select copied.copy, performer_id, position from event_performers join copied on copied.id = event_id`;
      await tx`
        insert into price_tiers (event_id, tier, name, amount, amount_minor)
        select copied.copy, tier, name, amount, amount_minor from price_tiers join copied on copied.id = event_id`;
    });
  }
  await sql`drop table bench_originals`;
  await sql`vacuum analyze events`;
}

/** Columns that take values. */
async function columnsOf(sql: postgres.ISql, table: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
  return rows.map(({ name }) => name);
}

/** Wait until the index has as many Events as the database. */
async function untilIndexed({ elasticsearchUrl }: BenchStack, sql: postgres.Sql): Promise<void> {
  if (elasticsearchUrl === null) return;
  const [row] = await sql<{ visible: number }[]>`
    select count(*)::int as visible from events where status <> 'DRAFT'`;
  await using client = await openElasticsearchClient(elasticsearchUrl);
  const indices = new EventIndices(client, INDEX_PREFIX);
  for (;;) {
    const { live, next } = await indices.read();
    if (live !== null && next === null && (await indices.countVisible(live.name)) === row!.visible) return;
    await new Promise((again) => setTimeout(again, POLL_MS));
  }
}
