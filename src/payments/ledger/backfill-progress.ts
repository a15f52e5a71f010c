import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { FIRST_KEY, ledgerBackfill } from './tables.ts';

/** A key of a Booking. */
interface Position {
  eventId: string;
  id: string;
}

/** Where the backfill is: in its pass of this number, from 0, behind this Booking. */
export interface BackfillProgress {
  passes: number;
  after: Position;
  /** The pass has begun, by the database's clock. */
  isDue: boolean;
}

const DEFAULT_PROGRESS: BackfillProgress = {
  passes: 0,
  after: { eventId: FIRST_KEY, id: FIRST_KEY },
  isDue: true,
};

/** Read where the backfill is. */
export async function readBackfill(db: DbOrTx): Promise<BackfillProgress> {
  const [row] = await named(db, 'payments.readBackfill')
    .select({
      passes: ledgerBackfill.passes,
      after: { eventId: ledgerBackfill.lastEventId, id: ledgerBackfill.lastId },
      isDue: sql<boolean>`${ledgerBackfill.passBegins} <= now()`,
    })
    .from(ledgerBackfill);
  return row ?? DEFAULT_PROGRESS;
}

/** Record how far a pass is, unless a concurrent run was faster. `null`: it is complete, and the next one begins in a day. */
export async function recordBackfill(
  tx: Tx,
  { passes, after }: BackfillProgress,
  reached: Position | null,
): Promise<void> {
  await named(tx, 'payments.insertBackfill').insert(ledgerBackfill).values({}).onConflictDoNothing();
  await named(tx, 'payments.recordBackfill')
    .update(ledgerBackfill)
    .set({
      lastEventId: reached?.eventId ?? FIRST_KEY,
      lastId: reached?.id ?? FIRST_KEY,
      ...(reached === null ? { passes: passes + 1, passBegins: sql`now() + make_interval(days => 1)` } : {}),
    })
    .where(
      and(
        eq(ledgerBackfill.passes, passes),
        eq(ledgerBackfill.lastEventId, after.eventId),
        eq(ledgerBackfill.lastId, after.id),
      ),
    );
}
