import { and, asc, eq, sql } from 'drizzle-orm';

import { reservations, tickets } from '../../booking/index.ts';
import { priceTiers } from '../../catalog/index.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { bookingTickets } from '../tables.ts';
import type { BookingKey } from './bookings.ts';

/** Read what each place of a Reservation costs by today's tiers, in order of the places. */
export async function readPrices(
  db: DbOrTx,
  { eventId, id }: { eventId: string; id: string },
): Promise<{ place: number; amount: number }[]> {
  return db
    .select({ place: tickets.place, amount: priceTiers.amount })
    .from(reservations)
    .innerJoin(
      tickets,
      and(eq(tickets.eventId, reservations.eventId), sql`${tickets.place} = any(${reservations.places})`),
    )
    .innerJoin(priceTiers, and(eq(priceTiers.eventId, tickets.eventId), eq(priceTiers.tier, tickets.tier)))
    .where(and(eq(reservations.eventId, eventId), eq(reservations.id, id)))
    .orderBy(asc(tickets.place));
}

/** Write down which places a Booking bought, for how much. Throws a violation of `one_owner_per_place` if one is taken. */
export async function insertBookingTickets(
  tx: Tx,
  { eventId, id }: BookingKey,
  places: readonly { place: number; amount: number }[],
): Promise<void> {
  await tx
    .insert(bookingTickets)
    .values(places.map(({ place, amount }) => ({ eventId, bookingId: id, place, amount })));
}

/** Let the places of a Booking be bought by others. */
export async function cancelBookingTickets(tx: Tx, { eventId, id }: BookingKey): Promise<void> {
  await tx
    .update(bookingTickets)
    .set({ cancelledAt: sql`now()` })
    .where(and(eq(bookingTickets.eventId, eventId), eq(bookingTickets.bookingId, id)));
}
