import { sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import type { DisputeRow } from './disputes.ts';
import type { RefundRow } from './refunds.ts';
import { disputes, ledgerEntries, refunds } from './tables.ts';

/** A row of the ledger. */
export type LedgerRow = Omit<typeof ledgerEntries.$inferSelect, 'recordedAt'>;

/** A row of the ledger with its position among those of a span; `at` has the microseconds that `Date` lacks. */
export type RecordedEntry = LedgerRow & { at: string };

/** Position behind which a page begins. */
export type EntryCursor = Pick<RecordedEntry, 'at' | 'stripeId' | 'kind'>;

const columns = {
  eventId: ledgerEntries.eventId,
  stripeId: ledgerEntries.stripeId,
  kind: ledgerEntries.kind,
  intentId: ledgerEntries.intentId,
  bookingId: ledgerEntries.bookingId,
  amount: ledgerEntries.amount,
  currency: ledgerEntries.currency,
  cause: ledgerEntries.cause,
};

/** Read the rows of these ids of Stripe, of whatever kind. */
export async function findEntries(db: DbOrTx, stripeIds: readonly string[]): Promise<LedgerRow[]> {
  if (stripeIds.length === 0) return [];
  return named(db, 'payments.findLedgerEntries')
    .select(columns)
    .from(ledgerEntries)
    .where(sql`${ledgerEntries.stripeId} = any (${sql.param([...stripeIds])}::text[])`);
}

/** Read the refunds of these ids. */
export async function findRefunds(db: DbOrTx, ids: readonly string[]): Promise<RefundRow[]> {
  if (ids.length === 0) return [];
  return named(db, 'payments.findRefunds')
    .select()
    .from(refunds)
    .where(sql`${refunds.id} = any (${sql.param([...ids])}::text[])`);
}

/** Read the disputes of these ids. */
export async function findDisputes(db: DbOrTx, ids: readonly string[]): Promise<DisputeRow[]> {
  if (ids.length === 0) return [];
  return named(db, 'payments.findDisputes')
    .select()
    .from(disputes)
    .where(sql`${disputes.id} = any (${sql.param([...ids])}::text[])`);
}

/** Read a page of what was recorded within a span, oldest first. */
export async function listEntries(
  db: DbOrTx,
  { from, to }: { from: Date; to: Date },
  after: EntryCursor | null,
  limit: number,
): Promise<RecordedEntry[]> {
  const { at, stripeId, kind } = after ?? { at: from.toISOString(), stripeId: '', kind: 'charge' };
  const { rows } = await db.execute<{ [Column in keyof RecordedEntry]: RecordedEntry[Column] }>(sql`
    /* payments.listLedgerEntries */
    select event_id as "eventId", stripe_id as "stripeId", kind, intent_id as "intentId", booking_id as "bookingId",
      amount::float8 as amount, currency, cause, recorded_at::text as at
    from ledger_entries
    where (recorded_at, stripe_id, kind) > (${at}::timestamptz, ${stripeId}::text, ${kind}::ledger_kind)
      and recorded_at < ${to.toISOString()}::timestamptz
    order by recorded_at, stripe_id, kind
    limit ${limit}`);
  return rows;
}
