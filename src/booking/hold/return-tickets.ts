import type { Tx } from '../../platform/db/pool.ts';
import type { ReservationKey } from '../store/columns.ts';
import { removePlaces, transitionReservation } from '../store/reservations.ts';
import { freeTickets } from '../store/ticket-moves.ts';
import { lockHold } from './lock-hold.ts';

/** What becomes of tickets that are given back: the next buyer can have them, or they are withheld. */
export interface ReturnOptions {
  returnToSale: boolean;
}

/** Free the tickets that a Reservation has bought and still has. Idempotent; without a purchase it changes nothing. */
export async function returnTickets(
  tx: Tx,
  key: ReservationKey,
  { returnToSale }: ReturnOptions = { returnToSale: true },
): Promise<void> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.status !== 'BOOKED') return;
  await takeBack(tx, key, hold.reservation.places, returnToSale);
  await transitionReservation(tx, key, 'RELEASED');
}

/**
 * Free some of the tickets that a Reservation has bought; it keeps the others, and counts for no more than those. Throws, and so
 * rolls back, if it has not bought one of them. The transaction has locked the Reservation.
 */
export async function returnSomeTickets(
  tx: Tx,
  key: ReservationKey,
  places: readonly number[],
  { returnToSale }: ReturnOptions,
): Promise<void> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.status !== 'BOOKED') throw new Error(`reservation ${key.id} has bought nothing`);
  await takeBack(tx, key, places, returnToSale);
  await removePlaces(tx, key, places);
}

async function takeBack(
  tx: Tx,
  key: ReservationKey,
  places: readonly number[],
  returnToSale: boolean,
): Promise<void> {
  const freed = await freeTickets(tx, key, places, 'SOLD', returnToSale ? 'AVAILABLE' : 'BLOCKED');
  if (freed.length !== places.length) {
    throw new Error(`reservation ${key.id}: freed ${freed.length} of ${places.length} places`);
  }
}
