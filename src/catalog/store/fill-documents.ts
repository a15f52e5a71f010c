import { sql } from 'drizzle-orm';

import { ADVISORY_LOCKS } from '../../platform/db/advisory-locks.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { events } from '../tables.ts';
import { eventsOfDays, startsLateEnough } from './event-period.ts';
import { refreshSearchText } from './search-text.ts';

/** Per transaction: their rows are locked for some 50 ms. */
const BATCH = 100;
/** Per run, so that a worker that stops does not wait for a catalogue. */
const MAX_BATCHES = 300;

/**
 * Write the documents of Events that are not over and have none: those of a version that did not know the column, or that an earlier
 * one changed. One worker does it at a time. Returns their number.
 */
export async function fillDocuments(
  platform: Pick<Platform, 'db' | 'metrics'>,
  bounds: { batch?: number; maxBatches?: number } = {},
): Promise<number> {
  const { batch = BATCH, maxBatches = MAX_BATCHES } = bounds;
  let filled = 0;
  for (let run = 0; run < maxBatches; run++) {
    const found = await inTransaction(platform, 'catalog.fillDocuments', async (tx) => {
      const ids = await findWithoutDocument(tx, batch);
      await refreshSearchText(tx, ids);
      return ids.length;
    });
    filled += found;
    if (found < batch) break;
  }
  return filled;
}

/** The earliest of those Events, if no other worker is at them. */
async function findWithoutDocument(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    /* catalog.findWithoutDocument */
    select missing.id from (
      select pg_try_advisory_xact_lock(${ADVISORY_LOCKS.eventDocuments}) as is_mine
    ) worker, lateral (
      (select id from events where search_document is null and ${startsLateEnough(events, sql`now()`)}
       order by starts_at, id limit ${limit})
      union all
      (select id from ${eventsOfDays(sql`now()`)} long where search_document is null limit ${limit})
    ) missing
    where worker.is_mine
    limit ${limit}`);
  return rows.map(({ id }) => id);
}
