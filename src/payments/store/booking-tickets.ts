import { and, asc, eq, sql } from 'drizzle-orm';

import { reservations, tickets } from '../../booking/index.ts';
import { priceOfTier, priceTiers } from '../../catalog/index.ts';
import { amountColumns } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { bookingTickets } from '../tables.ts';
import type { BookingKey } from './bookings.ts';

/** Read the current price of each place of a Reservation, in order of the places. */
export async function readPrices(
  db: DbOrTx,
  { eventId, id }: { eventId: string; id: string },
): Promise<{ place: number; amount: number }[]> {
  return named(db, 'payments.readPrices')
    .select({ place: tickets.place, amount: priceOfTier })
    .from(reservations)
    .innerJoin(
      tickets,
      and(eq(tickets.eventId, reservations.eventId), sql`${tickets.place} = any(${reservations.places})`),
    )
    .innerJoin(priceTiers, and(eq(priceTiers.eventId, tickets.eventId), eq(priceTiers.tier, tickets.tier)))
    .where(and(eq(reservations.eventId, eventId), eq(reservations.id, id)))
    .orderBy(asc(tickets.place));
}

/** Insert the sold places of a Booking. Violates `one_owner_per_place` if one of them is sold. */
export async function insertBookingTickets(
  tx: Tx,
  { eventId, id }: BookingKey,
  places: readonly { place: number; amount: number }[],
): Promise<void> {
  await named(tx, 'payments.insertBookingTickets')
    .insert(bookingTickets)
    .values(places.map(({ place, amount }) => ({ eventId, bookingId: id, place, ...amountColumns(amount) })));
}

/** Cancel places of a Booking, all by default, so that they can be sold again. */
export async function cancelBookingTickets(
  tx: Tx,
  { eventId, id }: BookingKey,
  places?: readonly number[],
): Promise<void> {
  await named(tx, 'payments.cancelBookingTickets')
    .update(bookingTickets)
    .set({ cancelledAt: sql`coalesce(${bookingTickets.cancelledAt}, now())` })
    .where(
      and(
        eq(bookingTickets.eventId, eventId),
        eq(bookingTickets.bookingId, id),
        places === undefined
          ? undefined
          : sql`${bookingTickets.place} = any(${sql.param([...places])}::int[])`,
      ),
    );
}
