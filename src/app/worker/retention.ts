import { sql } from 'drizzle-orm';
import { z } from 'zod';

import { defineJob, type JobHandler } from '../../platform/db/jobs.ts';
import { deleteOldRows as deleteFrom, type Retention } from '../../platform/db/retention/delete-old-rows.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { runEach } from '../../platform/run-each.ts';

/** Every table whose rows are deleted by age. */
const RETENTIONS: readonly Retention[] = [
  { table: 'idempotent_calls', column: 'created_at', days: 1 }, // as long as an answer is recalled
  { table: 'event_stock', column: 'counted_at', days: 7 }, // of Events that are no longer on sale
  { table: 'webhook_events', column: 'handled_at', days: 30 }, // Stripe redelivers for three
  { table: 'payment_alarms', column: 'first_raised_at', days: 90 }, // then what persists is raised again
  { table: 'event_audit', column: 'at', days: 1_100 }, // three years and a month: a claim of a buyer lapses within three
  {
    table: 'graphile_worker._private_jobs',
    column: 'run_at',
    days: 30, // for an operator to look into
    where: sql`attempts >= max_attempts and locked_at is null`,
  },
];

/** Pause before the next run when one was not enough, so that deleting never takes a whole connection. */
const CATCH_UP_DELAY_SECONDS = 1;

/** Deletes rows that are past their retention. */
export const deleteOldRows = defineJob('platform.forget-the-old', z.object({}));

/** The handler: one bounded run over every table, and another soon after it while one of them is behind. */
export function deleteOldRowsHandler(
  platform: Pick<Platform, 'db' | 'metrics' | 'log'>,
  bounds: { maxBatches?: number; batchSize?: number } = {},
): JobHandler {
  for (const { table } of RETENTIONS) platform.metrics.rowsDeleted.inc({ table }, 0); // an increase from nothing is no increase
  return deleteOldRows.handler(async () => {
    const deleted: Record<string, number> = {};
    let isBehind = false;
    await runEach(
      RETENTIONS.map((retention) => async () => {
        const result = await deleteFrom(platform, retention, bounds);
        deleted[retention.table] = result.deleted;
        isBehind ||= result.isBehind;
      }),
    );
    platform.log.info({ deleted, isBehind }, 'old rows deleted');
    if (!isBehind) return;
    await inTransaction(platform, 'retention.continue', (tx) =>
      deleteOldRows.enqueue(tx, null, {}, { key: deleteOldRows.name, delaySeconds: CATCH_UP_DELAY_SECONDS }),
    );
  });
}
