import { and, asc, count, inArray, lt, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import type { FailedDocument } from '../documents/read-documents.ts';
import { MAX_REASON_LENGTH, searchDeadLetters } from './tables.ts';

/** Beyond it, rejections are counted and logged alone: the mapping is wrong, and a rebuild tries all Events again. */
const MAX_DEAD_LETTERS = 10_000;

/** A document that was set aside. */
export type DeadLetter = typeof searchDeadLetters.$inferSelect;

/** Record documents that were rejected, unless a later one of the Event was, too. */
export async function recordDeadLetters(
  platform: Pick<Platform, 'db' | 'metrics'>,
  failed: readonly FailedDocument[],
): Promise<void> {
  const rows = failed.map(({ eventId, version, reason }) => ({
    eventId,
    version,
    reason: reason.replaceAll('\0', ' ').slice(0, MAX_REASON_LENGTH),
  }));
  await inTransaction(platform, 'search.recordDeadLetters', async (tx) => {
    const known = await countDeadLetters(tx);
    const recorded = known < MAX_DEAD_LETTERS ? rows : [];
    if (recorded.length === 0) return;
    await named(tx, 'search.recordDeadLetters')
      .insert(searchDeadLetters)
      .values(recorded)
      .onConflictDoUpdate({
        target: searchDeadLetters.eventId,
        set: {
          reason: sql`excluded.reason`,
          version: sql`excluded.version`,
          rejections: sql`${searchDeadLetters.rejections} + 1`,
          lastRejectedAt: sql`now()`,
        },
        setWhere: sql`excluded.version > ${searchDeadLetters.version}`,
      });
  });
}

/** Delete the dead letters of Events of which a later document was accepted. */
export async function forgetDeadLetters(
  platform: Pick<Platform, 'db' | 'metrics'>,
  eventIds: readonly string[],
  version: number,
): Promise<void> {
  await inTransaction(platform, 'search.forgetDeadLetters', (tx) =>
    named(tx, 'search.forgetDeadLetters')
      .delete(searchDeadLetters)
      .where(and(inArray(searchDeadLetters.eventId, [...eventIds]), lt(searchDeadLetters.version, version))),
  );
}

/** Delete the dead letters of documents before a rebuild: it has tried their Events again. */
export async function forgetDeadLettersBefore(
  platform: Pick<Platform, 'db' | 'metrics'>,
  version: number,
): Promise<void> {
  await inTransaction(platform, 'search.forgetDeadLettersBefore', (tx) =>
    named(tx, 'search.forgetDeadLettersBefore')
      .delete(searchDeadLetters)
      .where(lt(searchDeadLetters.version, version)),
  );
}

/** List dead letters, those that were rejected first at the top. At most `MAX_DEAD_LETTERS`, and those of one batch. */
export const listDeadLetters = (db: DbOrTx): Promise<DeadLetter[]> =>
  named(db, 'search.listDeadLetters')
    .select()
    .from(searchDeadLetters)
    .orderBy(asc(searchDeadLetters.firstRejectedAt), asc(searchDeadLetters.eventId));

/** Number of dead letters. */
async function countDeadLetters(db: DbOrTx): Promise<number> {
  const [row] = await named(db, 'search.countDeadLetters').select({ count: count() }).from(searchDeadLetters);
  return row?.count ?? 0;
}
