import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';

import type { Page } from '../../platform/connections.ts';
import { readAmount } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
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
