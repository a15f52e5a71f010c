import { sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { FIRST_KEY } from '../ledger/tables.ts';
import { bookings } from '../tables.ts';
import { bookingColumns, newestFirst, type BookingKey, type BookingRow } from './bookings.ts';

/** A confirmed Booking with its position among those of a span; `at` has the microseconds that `Date` lacks. */
export interface ConfirmedBooking {
  booking: BookingRow;
  at: string;
}

/** Read a page of the Bookings that were confirmed within a span, oldest first; cancelled ones included. */
export async function listConfirmed(
  db: DbOrTx,
  { from, to }: { from: Date; to: Date },
  after: ConfirmedBooking | null,
  limit: number,
): Promise<ConfirmedBooking[]> {
  const at = after?.at ?? from.toISOString();
  const id = after?.booking.id ?? FIRST_KEY;
  return named(db, 'payments.listConfirmed')
    .select({ booking: bookingColumns, at: sql<string>`${bookings.confirmedAt}::text` })
    .from(bookings)
    .where(
      sql`(${bookings.confirmedAt}, ${bookings.id}) > (${at}::timestamptz, ${id}::uuid)
        and ${bookings.confirmedAt} < ${to.toISOString()}::timestamptz`,
    )
    .orderBy(bookings.confirmedAt, bookings.id)
    .limit(limit);
}

/** Read the Booking of each of these intents: of several attempts the one that was not declined. */
export async function findBookingsByIntents(
  db: DbOrTx,
  intentIds: readonly string[],
): Promise<Map<string, BookingRow>> {
  if (intentIds.length === 0) return new Map();
  const rows = await named(db, 'payments.findBookingsByIntents')
    .select(bookingColumns)
    .from(bookings)
    .where(sql`${bookings.intentId} = any (${sql.param([...intentIds])}::text[])`)
    .orderBy(sql`${bookings.step} = 'declined'`, ...newestFirst);
  const found = new Map<string, BookingRow>();
  for (const row of rows) if (row.intentId !== null && !found.has(row.intentId)) found.set(row.intentId, row);
  return found;
}

/** Read Bookings in the order of their keys, behind one of them. */
export async function listBookingsAfter(
  db: DbOrTx,
  { eventId, id }: BookingKey,
  limit: number,
): Promise<BookingRow[]> {
  return named(db, 'payments.listBookingsAfter')
    .select(bookingColumns)
    .from(bookings)
    .where(sql`(${bookings.eventId}, ${bookings.id}) > (${eventId}::uuid, ${id}::uuid)`)
    .orderBy(bookings.eventId, bookings.id)
    .limit(limit);
}
