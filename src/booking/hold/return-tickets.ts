import type { Tx } from '../../platform/db/pool.ts';
import type { ReservationKey } from '../store/columns.ts';
import { transitionReservation } from '../store/reservations.ts';
import { freeTickets } from '../store/ticket-moves.ts';
import { lockHold } from './lock-hold.ts';

/** Free what a Reservation bought: anybody may reserve it again. Done twice, or with nothing bought, it changes nothing. */
export async function returnTickets(tx: Tx, key: ReservationKey): Promise<void> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.status !== 'BOOKED') return;
  const { places } = hold.reservation;
  const freed = await freeTickets(tx, key, places, 'SOLD');
  if (freed.length !== places.length) {
    throw new Error(`reservation ${key.id} gave back ${freed.length} of its ${places.length} places`);
  }
  await transitionReservation(tx, key, 'RELEASED');
}
