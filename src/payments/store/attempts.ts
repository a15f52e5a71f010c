import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { bookings } from '../tables.ts';
import { bookingColumns, hasKey, newestFirst, type BookingRow } from './bookings.ts';

/** Primary key of the Reservation that attempts pay for. */
export interface PaidReservation {
  eventId: string;
  id: string;
}

/** Number of attempts of a Reservation. */
export interface AttemptCounts {
  made: number;
  /** Those that count against the buyer: not the ones that could not reach Stripe. */
  counted: number;
}

const isOf = ({ eventId, id }: PaidReservation) =>
  and(eq(bookings.eventId, eventId), eq(bookings.reservationId, id));

/** Count the attempts of a Reservation. */
export async function countAttempts(db: DbOrTx, reservation: PaidReservation): Promise<AttemptCounts> {
  const [counts] = await named(db, 'payments.countAttempts')
    .select({
      made: sql<number>`count(*)::int`,
      counted: sql<number>`count(*) filter (where ${bookings.failureCode} is distinct from 'payment_unavailable')::int`,
    })
    .from(bookings)
    .where(isOf(reservation));
  return counts!;
}

/** Read the newest attempt of a Reservation. */
export async function findLatestAttempt(
  db: DbOrTx,
  reservation: PaidReservation,
): Promise<BookingRow | null> {
  const [latest] = await named(db, 'payments.findLatestAttempt')
    .select(bookingColumns)
    .from(bookings)
    .where(isOf(reservation))
    .orderBy(...newestFirst)
    .limit(1);
  return latest ?? null;
}

/** Read the newest declined attempt with this intent. */
export async function findDeclinedAttempt(
  db: DbOrTx,
  reservation: PaidReservation,
  intentId: string,
): Promise<BookingRow | null> {
  const [declined] = await named(db, 'payments.findDeclinedAttempt')
    .select(bookingColumns)
    .from(bookings)
    .where(and(isOf(reservation), eq(bookings.intentId, intentId), eq(bookings.step, 'declined')))
    .orderBy(...newestFirst)
    .limit(1);
  return declined ?? null;
}

/** Read the intents of a Reservation that take further attempts, and that no Booking in progress or paid has. */
export async function findIdleIntents(db: DbOrTx, reservation: PaidReservation): Promise<string[]> {
  const rows = await named(db, 'payments.findIdleIntents')
    .select({ intentId: bookings.intentId })
    .from(bookings)
    .where(isOf(reservation))
    .groupBy(bookings.intentId)
    .having(sql`bool_and(${bookings.step} = 'declined') and bool_or(${bookings.sharedIntent})`);
  return rows.flatMap(({ intentId }) => intentId ?? []);
}

/** Record that an intent takes no further attempt. */
export async function markIntentClosed(
  tx: Tx,
  reservation: PaidReservation,
  intentId: string,
): Promise<void> {
  await named(tx, 'payments.markIntentClosed')
    .update(bookings)
    .set({ sharedIntent: false })
    .where(and(isOf(reservation), eq(bookings.intentId, intentId), eq(bookings.step, 'declined')));
}

/** Leave to an attempt that is not declined the intent that it shares with declined ones: they have nothing to close. */
export async function leaveSharedIntents(tx: Tx, reservation: PaidReservation): Promise<void> {
  const { eventId, id } = reservation;
  await named(tx, 'payments.leaveSharedIntents')
    .update(bookings)
    .set({ sharedIntent: false })
    .where(
      and(
        isOf(reservation),
        eq(bookings.step, 'declined'),
        bookings.sharedIntent,
        sql`exists (
          select 1 from ${bookings} other where other.event_id = ${eventId} and other.reservation_id = ${id}
            and other.intent_id = ${bookings.intentId} and other.step <> 'declined')`,
      ),
    );
}

/** Give an attempt a new intent for its cancelled one. `false`: a concurrent call advanced or replaced it. */
export async function replaceIntent(
  tx: Tx,
  booking: Pick<BookingRow, 'eventId' | 'id'> & { intentId: string },
  intentId: string,
): Promise<boolean> {
  const replaced = await named(tx, 'payments.replaceIntent')
    .update(bookings)
    .set({
      intentId,
      intentReplacements: sql`${bookings.intentReplacements} + 1`,
      latestChargeId: null,
      updatedAt: sql`now()`,
    })
    .where(and(hasKey(booking), eq(bookings.step, 'charging'), eq(bookings.intentId, booking.intentId)))
    .returning({ id: bookings.id });
  return replaced.length === 1;
}
