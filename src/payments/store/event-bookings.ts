import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';

import type { Page } from '../../platform/connections.ts';
import { readAmount } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { ledgerEntries } from '../ledger/tables.ts';
import { bookings, bookingTickets } from '../tables.ts';
import { bookingColumns, type BookingKey, type BookingRow } from './bookings.ts';

/** Read a page of the Bookings of an Event, newest first, and one row more. Ids are UUIDv7: their order is that of creation. */
export async function listEventBookings(
  db: DbOrTx,
  eventId: string,
  { limit, after }: Page<BookingKey>,
): Promise<BookingRow[]> {
  return named(db, 'payments.listEventBookings')
    .select(bookingColumns)
    .from(bookings)
    .where(and(eq(bookings.eventId, eventId), after === null ? undefined : lt(bookings.id, after.id)))
    .orderBy(desc(bookings.eventId), desc(bookings.id))
    .limit(limit + 1);
}

/** Read the Bookings of an Event behind one: oldest first, at most `limit`. */
export async function listEventBookingsAfter(
  db: DbOrTx,
  eventId: string,
  afterId: string,
  limit: number,
): Promise<BookingRow[]> {
  return named(db, 'payments.listEventBookingsAfter')
    .select(bookingColumns)
    .from(bookings)
    .where(and(eq(bookings.eventId, eventId), gt(bookings.id, afterId)))
    .orderBy(asc(bookings.eventId), asc(bookings.id))
    .limit(limit);
}

/** A place that a Booking bought, or gave back since. */
export interface BookedPlace {
  bookingId: string;
  place: number;
  amount: number;
  isReturned: boolean;
}

/** Read the places of Bookings of an Event, in their order. */
export async function readPlacesOf(
  db: DbOrTx,
  eventId: string,
  bookingIds: readonly string[],
): Promise<BookedPlace[]> {
  return named(db, 'payments.readPlacesOf')
    .select({
      bookingId: bookingTickets.bookingId,
      place: bookingTickets.place,
      amount: readAmount(bookingTickets.amount, bookingTickets.amount32),
      isReturned: sql<boolean>`${bookingTickets.cancelledAt} is not null`,
    })
    .from(bookingTickets)
    .where(
      and(
        eq(bookingTickets.eventId, eventId),
        sql`${bookingTickets.bookingId} = any(${sql.param(bookingIds)}::uuid[])`,
      ),
    )
    .orderBy(asc(bookingTickets.bookingId), asc(bookingTickets.place));
}

/** What the ledger has of a Booking, in minor units of its currency. */
export interface BookedMoney {
  bookingId: string;
  charged: number;
  refunded: number;
  disputed: number;
}

/** Sum up the ledger by Booking, found by their payments. One without a movement is missing. */
export async function readMoneyOf(
  db: DbOrTx,
  eventId: string,
  intentIds: readonly string[],
): Promise<BookedMoney[]> {
  const sum = (kinds: string) =>
    sql`coalesce(sum(amount) filter (where kind in (${sql.raw(kinds)})), 0)::text`;
  const { rows } = await db.execute<Record<keyof BookedMoney, string>>(sql`
    /* payments.readMoneyOf */
    select moved.booking_id as "bookingId", ${sum(`'charge'`)} as charged,
      ${sum(`'refund', 'refund_returned'`)} as refunded, ${sum(`'dispute', 'dispute_returned'`)} as disputed
    from unnest(${sql.param(intentIds)}::text[]) as wanted (intent_id)
    cross join lateral (
      select ${ledgerEntries.bookingId}, ${ledgerEntries.kind}, ${ledgerEntries.amount} from ${ledgerEntries}
      where ${ledgerEntries.eventId} = ${eventId} and ${ledgerEntries.intentId} = wanted.intent_id
        and ${ledgerEntries.bookingId} is not null
      offset 0
    ) as moved
    group by moved.booking_id`);
  return rows.map(({ bookingId, charged, refunded, disputed }) => ({
    ...{
      bookingId,
      charged: Number(charged),
      refunded: 0 - Number(refunded),
      disputed: 0 - Number(disputed),
    },
  }));
}
