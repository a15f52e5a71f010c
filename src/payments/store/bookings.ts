import { and, desc, eq, getTableColumns, inArray, notInArray, sql } from 'drizzle-orm';

import type { Page } from '../../platform/connections.ts';
import { amountColumns, readAmount } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { TERMINAL_STEPS, type CheckoutStep } from '../checkout-steps.ts';
import { bookings } from '../tables.ts';
import { hasUnsettledRefund } from './refund-conditions.ts';

export type BookingRow = Omit<typeof bookings.$inferSelect, 'amount' | 'amount32'> & { amount: number };

const { amount32, ...withoutAmount32 } = getTableColumns(bookings);

/** Columns of a `BookingRow`. */
export const bookingColumns = { ...withoutAmount32, amount: readAmount(bookings.amount, amount32) };

/** Primary key of a Booking. */
export interface BookingKey {
  eventId: string;
  id: string;
}

/** A Booking, and whether its payment deadline has passed by the database's clock. */
export interface CurrentBooking {
  booking: BookingRow;
  overdue: boolean;
}

/** Condition: the row of this key. */
export const hasKey = ({ eventId, id }: BookingKey) =>
  and(eq(bookings.eventId, eventId), eq(bookings.id, id));

/**
 * Order of the attempts of a Reservation by number, which they get under its lock: `created_at` is the start of a transaction
 * that may have waited for it. Version 0.1 numbers none.
 */
export const newestFirst = [
  sql`${bookings.attempt} desc nulls last`,
  desc(bookings.createdAt),
  desc(bookings.id),
] as const;

/** Read one Booking. */
export async function findBooking(db: DbOrTx, key: BookingKey): Promise<CurrentBooking | null> {
  const [row] = await named(db, 'payments.findBooking')
    .select({ booking: bookingColumns, overdue: sql<boolean>`${bookings.payUntil} <= now()` })
    .from(bookings)
    .where(hasKey(key));
  return row ?? null;
}

/** Read the Booking of a payment intent: of several attempts the one that was not declined. `null`: of another database. */
export async function findBookingByIntent(db: DbOrTx, intentId: string): Promise<BookingRow | null> {
  const [booking] = await named(db, 'payments.findBookingByIntent')
    .select(bookingColumns)
    .from(bookings)
    .where(eq(bookings.intentId, intentId))
    .orderBy(sql`${bookings.step} = 'declined'`, ...newestFirst)
    .limit(1);
  return booking ?? null;
}

/** Read the Booking of a Reservation that is confirmed or in progress. `null`: a checkout may be opened. */
export async function findLiveBooking(
  db: DbOrTx,
  reservation: { eventId: string; id: string },
): Promise<BookingRow | null> {
  const [booking] = await named(db, 'payments.findLiveBooking')
    .select(bookingColumns)
    .from(bookings)
    .where(
      and(
        eq(bookings.eventId, reservation.eventId),
        eq(bookings.reservationId, reservation.id),
        sql`${bookings.step} not in ('declined', 'refunded', 'cancelled')`, // same predicate as `one_live_booking_per_reservation`
      ),
    );
  return booking ?? null;
}

export type NewBooking = Pick<
  BookingRow,
  | 'eventId'
  | 'id'
  | 'reservationId'
  | 'viewerId'
  | 'attempt'
  | 'amount'
  | 'currency'
  | 'paymentMethod'
  | 'returnUrl'
> &
  Partial<Pick<BookingRow, 'step' | 'intentId' | 'sharedIntent' | 'latestChargeId'>>;

/** Insert a Booking, by default at step `opened`, with its payment deadline. */
export async function insertBooking(tx: Tx, booking: NewBooking, paySeconds: number): Promise<void> {
  await named(tx, 'payments.insertBooking')
    .insert(bookings)
    .values({
      ...booking,
      ...amountColumns(booking.amount),
      payUntil: sql`now() + make_interval(secs => ${paySeconds})`,
    });
}

/** All Reservations of a viewer at an Event. */
interface ViewerReservations {
  eventId: string;
  reservationIds: readonly string[];
}

/** Filter of a viewer's Bookings; `null`: no filter. */
export interface BookingFilter {
  viewerId: string;
  atEvent: ViewerReservations | null;
  steps: readonly CheckoutStep[] | null;
}

/** Condition by way of the Reservations, archived or not: neither all of an Event's Bookings are read nor all of a viewer's. */
const isOfReservations = ({ eventId, reservationIds }: ViewerReservations) =>
  and(
    eq(bookings.eventId, eventId),
    sql`${bookings.reservationId} = any(${sql.param(reservationIds)}::uuid[])`,
  );

/** Read a page of a viewer's Bookings, newest first, and one row more to detect the next page. */
export async function listBookings(
  db: DbOrTx,
  { viewerId, atEvent, steps }: BookingFilter,
  { limit, after }: Page<BookingKey>,
): Promise<BookingRow[]> {
  return named(db, 'payments.listBookings')
    .select(bookingColumns)
    .from(bookings)
    .where(
      and(
        atEvent === null ? eq(bookings.viewerId, viewerId) : isOfReservations(atEvent),
        steps === null ? undefined : inArray(bookings.step, [...steps]),
        after === null
          ? undefined
          : sql`(${bookings.createdAt}, ${bookings.id}) < (
              select last.created_at, last.id from ${bookings} as last
              where last.event_id = ${after.eventId} and last.id = ${after.id}
            )`,
      ),
    )
    .orderBy(desc(bookings.createdAt), desc(bookings.id))
    .limit(limit + 1);
}

/** Count the Bookings of an Event at which a payment or a refund is under way. */
export async function countUnsettledBookings(db: DbOrTx, eventId: string): Promise<number> {
  const [row] = await named(db, 'payments.countUnsettledBookings')
    .select({ unsettled: sql<number>`count(*)::int` })
    .from(bookings)
    .where(
      and(
        eq(bookings.eventId, eventId),
        sql`(${notInArray(bookings.step, [...TERMINAL_STEPS])} or ${hasUnsettledRefund})`,
      ),
    );
  return row!.unsettled;
}
