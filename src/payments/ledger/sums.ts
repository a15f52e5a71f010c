import { sql, type SQL } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import { ledgerEntries } from './tables.ts';

/** SQL conditions: a row is of money that was given back, or of a dispute; both have rows in each direction. */
export const isRefundRow: SQL = sql`kind in ('refund', 'refund_returned')`;
export const isDisputeRow: SQL = sql`kind in ('dispute', 'dispute_returned')`;

/** What the ledger has of a payment, in minor units of its currency, without fees. */
export interface MoneyOfPayment {
  intentId: string;
  /** Null: of rows that no Booking has. */
  bookingId: string | null;
  charged: number;
  refunded: number;
  disputed: number;
  corrected: number;
}

/** Sum up the ledger by payment and Booking, of some payments of an Event. One without a movement is missing. */
export async function readMoneyOf(
  db: DbOrTx,
  eventId: string,
  intentIds: readonly string[],
): Promise<MoneyOfPayment[]> {
  const total = (isOfKind: SQL) => sql`coalesce(sum(amount) filter (where ${isOfKind}), 0)::text`;
  const { rows } = await db.execute<
    Record<Exclude<keyof MoneyOfPayment, 'bookingId'>, string> & { bookingId: string | null }
  >(sql`
    /* payments.readMoneyOf */
    select moved.intent_id as "intentId", moved.booking_id as "bookingId", ${total(sql`kind = 'charge'`)} as charged,
      ${total(isRefundRow)} as refunded, ${total(isDisputeRow)} as disputed, ${total(sql`kind = 'correction'`)} as corrected
    from unnest(${sql.param(intentIds)}::text[]) as wanted (intent_id)
    cross join lateral (
      select ${ledgerEntries.intentId}, ${ledgerEntries.bookingId}, ${ledgerEntries.kind}, ${ledgerEntries.amount}
      from ${ledgerEntries}
      where ${ledgerEntries.eventId} = ${eventId} and ${ledgerEntries.intentId} = wanted.intent_id
      offset 0
    ) as moved
    group by moved.intent_id, moved.booking_id`);
  return rows.map(({ intentId, bookingId, charged, refunded, disputed, corrected }) => ({
    ...{ intentId, bookingId, charged: Number(charged), corrected: Number(corrected) },
    ...{ refunded: 0 - Number(refunded), disputed: 0 - Number(disputed) },
  }));
}
