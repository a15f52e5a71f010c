import type pg from 'pg';

import { LOCK_TIMEOUT_MS, MIN_LOCK_TIMEOUT_MS, retryLocks, type LockWait } from './lock-waits.ts';
import { BLOCK, type Migration, type Step } from './read-migrations.ts';

/** One megabyte, some ten thousand rows: their locks are held for a fraction of a second. */
const BLOCKS_PER_BATCH = 128;

/** Apply one migration and record it. An interrupted one is repeated: as a whole, or from its first unfinished step. */
export async function runMigration(client: pg.Client, migration: Migration, wait: LockWait): Promise<void> {
  if (migration.isTransactional) {
    await inTransaction(client, wait, async () => {
      const startedAt = performance.now();
      for (const { sql } of migration.steps) {
        // One budget for all locks: those of the first statements are held while the others wait.
        const remainingMs = Math.max(MIN_LOCK_TIMEOUT_MS, LOCK_TIMEOUT_MS - (performance.now() - startedAt));
        await client.query(`set local lock_timeout = ${Math.round(remainingMs)}`);
        await client.query(sql);
      }
      await record(client, migration);
    });
    return;
  }
  for (const step of migration.steps) await runStep(client, step, wait);
  await record(client, migration);
}

async function runStep(client: pg.Client, step: Step, wait: LockWait): Promise<void> {
  switch (step.kind) {
    case 'create index':
      return retryLocks(wait, () => createIndex(client, step.sql, step.index, wait));
    case 'drop index':
      if ((await stateOfIndex(client, step.index)) !== 'missing') await client.query(step.sql);
      return undefined;
    case 'by blocks':
      return runByBlocks(client, step.sql, step.table, wait);
    case 'statement':
      throw new Error(`${wait.what}: a step outside a transaction that cannot be repeated`);
  }
}

/**
 * Build an index without holding off writers. It waits for transactions that are older than it, without a lock that others
 * would queue behind, so it has no timeout. A failed build leaves an invalid index that costs writes and serves no read.
 */
async function createIndex(
  client: pg.Client,
  sql: string,
  index: string,
  { report }: LockWait,
): Promise<void> {
  const state = await stateOfIndex(client, index);
  if (state === 'valid') return; // built before the interruption
  if (state === 'invalid') {
    report(`index ${index} was left unfinished; building it again`, 'progress');
    await dropIndex(client, index);
  }
  try {
    await client.query(sql);
  } catch (error) {
    await dropIndex(client, index).catch(() => {}); // the next run drops it
    throw error;
  }
}

const dropIndex = (client: pg.Client, index: string) =>
  client.query(`drop index concurrently if exists "${index}"`);

async function stateOfIndex(client: pg.Client, index: string): Promise<'valid' | 'invalid' | 'missing'> {
  const { rows } = await client.query<{ valid: boolean }>(
    `/* migrations.findIndex */
     select indisvalid as valid from pg_index
     where indexrelid = (select oid from pg_class where relname = $1 and relnamespace = current_schema()::regnamespace)`,
    [index],
  );
  if (rows[0] === undefined) return 'missing';
  return rows[0].valid ? 'valid' : 'invalid';
}

/** Each part of the table in a transaction of its own, front to back; rows added meanwhile need a default or a trigger. */
async function runByBlocks(client: pg.Client, sql: string, table: string, wait: LockWait): Promise<void> {
  const { rows } = await client.query<{ blocks: number }>(
    `/* migrations.countBlocks */
     select (pg_relation_size(quote_ident($1)::regclass) / current_setting('block_size')::int)::int as blocks`,
    [table],
  );
  for (let from = 0; from < (rows[0]?.blocks ?? 0); from += BLOCKS_PER_BATCH) {
    const block = `("${table}".ctid >= '(${from},0)'::tid and "${table}".ctid < '(${from + BLOCKS_PER_BATCH},0)'::tid)`;
    await inTransaction(client, wait, async () => {
      await client.query(sql.replaceAll(BLOCK, block));
    });
  }
}

async function inTransaction(client: pg.Client, wait: LockWait, work: () => Promise<void>): Promise<void> {
  await retryLocks(wait, async () => {
    await client.query('begin isolation level read committed');
    try {
      await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await work();
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => {}); // the first error is the one to report
      throw error;
    }
  });
}

async function record(client: pg.Client, { hash, when }: Migration): Promise<void> {
  await client.query(
    '/* migrations.record */ insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)',
    [hash, when],
  );
}
