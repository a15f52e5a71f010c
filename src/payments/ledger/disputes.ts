import { and, asc, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { disputeStatusesReplacedBy, type DisputeRecord } from '../dispute-status.ts';
import { insertEntries, type LedgerPayment } from './entries.ts';
import { disputes } from './tables.ts';

/** A recorded dispute. */
export type DisputeRow = typeof disputes.$inferSelect;

/** Disputes shown of one Booking; a bank opens one or two. */
const MAX_SHOWN = 10;

/** Record a dispute with its movements, unless a newer status is recorded. */
export async function recordDispute(tx: Tx, payment: LedgerPayment, dispute: DisputeRecord): Promise<void> {
  const { disputeId: id, amount, currency, status, reason, evidenceDueBy, openedAt, movements } = dispute;
  const current = { amount, currency, status, reason, evidenceDueBy };
  await named(tx, 'payments.upsertDispute')
    .insert(disputes)
    .values({ ...payment, ...current, id, openedAt })
    .onConflictDoUpdate({
      target: [disputes.eventId, disputes.id],
      set: { ...current, updatedAt: sql`now()` },
      setWhere: sql`${disputes.status} = any (${sql.param(disputeStatusesReplacedBy(status))}::text[])`,
    });
  await insertEntries(tx, payment, movements, 'bank');
}

/** Read the disputes of a Booking, oldest first. */
export async function listDisputesOf(
  db: DbOrTx,
  { eventId, id }: { eventId: string; id: string },
): Promise<DisputeRow[]> {
  return named(db, 'payments.listDisputesOf')
    .select()
    .from(disputes)
    .where(and(eq(disputes.eventId, eventId), eq(disputes.bookingId, id)))
    .orderBy(asc(disputes.openedAt), asc(disputes.id))
    .limit(MAX_SHOWN);
}
