import type { Tx } from '../../platform/db/pool.ts';
import type { ReservationKey } from '../store/columns.ts';
import { transitionReservation } from '../store/reservations.ts';
import { freeTickets } from '../store/ticket-moves.ts';
import { lockHold } from './lock-hold.ts';

/** Free the tickets that a Reservation has bought, for the next buyer. Idempotent; without a purchase it changes nothing. */
export async function returnTickets(tx: Tx, key: ReservationKey): Promise<void> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.status !== 'BOOKED') return;
  const { places } = hold.reservation;
  const freed = await freeTickets(tx, key, places, 'SOLD');
  if (freed.length !== places.length) {
    throw new Error(`reservation ${key.id}: freed ${freed.length} of ${places.length} places`);
  }
  await transitionReservation(tx, key, 'RELEASED');
}
