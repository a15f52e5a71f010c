import { sql, type SQL } from 'drizzle-orm';

import type { Metrics } from '../../telemetry/metrics.ts';
import type { Db } from '../pool.ts';
import { inTransaction } from '../transaction.ts';

/** Which rows of a table that only grows are deleted. Another table is one line in `src/app/worker/retention.ts`. */
export interface Retention {
  /** As SQL writes it, with its schema unless that is `public`. */
  table: string;
  /** When the row was last of use. An index begins with it, so that a batch costs what it deletes. */
  column: string;
  /** How long rows are kept. */
  days: number;
  /** Which rows; all by default. */
  where?: SQL;
}

/** Locks that are held for some 50 ms. */
const BATCH_SIZE = 2_000;
/** A million rows, after which other jobs get their turn. */
const DEFAULT_MAX_BATCHES = 500;

/**
 * Delete rows past their retention, each batch in a transaction of its own; rows that are locked are left to the next run.
 * `isBehind`: the bound of a run was reached, and more is left.
 */
export async function deleteOldRows(
  platform: { db: Db; metrics: Metrics },
  retention: Retention,
  { maxBatches = DEFAULT_MAX_BATCHES, batchSize = BATCH_SIZE } = {},
): Promise<{ deleted: number; isBehind: boolean }> {
  const { db, metrics } = platform;
  const [table, column] = [sql.raw(retention.table), sql.raw(retention.column)];
  const where = retention.where ?? sql`true`;
  let deleted = 0;
  let isBehind = true;
  for (let batch = 0; isBehind && batch < maxBatches; batch++) {
    const { rowCount } = await inTransaction(platform, 'retention.deleteOldRows', (tx) =>
      tx.execute(sql`
        /* retention.deleteOldRows: plan anew */
        delete from ${table} where ctid = any(array(
          select ctid from ${table}
          where ${column} <= now() - make_interval(days => ${retention.days}::int) and ${where}
          order by ${column} limit ${batchSize}::int for update skip locked
        ))`),
    );
    deleted += rowCount ?? 0;
    isBehind = (rowCount ?? 0) === batchSize;
  }
  metrics.rowsDeleted.inc({ table: retention.table }, deleted);
  const {
    rows: [oldest],
  } = await db.execute<{ seconds: number }>(sql`
    /* retention.findOldest: plan anew */
    select coalesce(extract(epoch from now() - (
      select ${column} from ${table} where ${column} is not null and ${where} order by ${column} limit 1
    )), 0)::float8 as seconds`);
  metrics.oldestRowSeconds.set({ table: retention.table }, oldest!.seconds);
  return { deleted, isBehind };
}
