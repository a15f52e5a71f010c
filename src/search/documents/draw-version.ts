import { sql } from 'drizzle-orm';

import { parseLsn } from '../../platform/db/lsn.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';

/** Of the message that a draw writes to the log; no publication contains it. */
const MESSAGE_PREFIX = 'onsale-search';

/**
 * Draw a version: a new position of the write-ahead log, greater than that of every draw before it, by any process. Documents that
 * are read afterwards may be written with it: what they lack is committed later, delivered later, and read under a later draw.
 *
 * It is a transaction of its own, so that the position is on disk when it returns: a crash cannot take it back. 2^53 bytes of log
 * are nine petabytes.
 */
export async function drawVersion(db: DbOrTx): Promise<number> {
  const { rows } = await db.execute<{ lsn: string }>(sql`
    /* search.drawVersion */
    select pg_logical_emit_message(true, ${MESSAGE_PREFIX}, '')::text as lsn`);
  return Number(parseLsn(rows[0]!.lsn));
}
