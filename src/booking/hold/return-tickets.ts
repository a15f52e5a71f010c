import type { Tx } from '../../platform/db/pool.ts';
import type { ReservationKey } from '../store/columns.ts';
import { moveReservation } from '../store/reservations.ts';
import { takeBackTickets } from '../store/ticket-moves.ts';
import { lockHold } from './lock-hold.ts';

/** Free what a Reservation bought: anybody may reserve it again. Done twice, or with nothing bought, it changes nothing. */
export async function giveBackTickets(tx: Tx, key: ReservationKey): Promise<void> {
  const hold = await lockHold(tx, key);
  if (hold?.reservation.status !== 'BOOKED') return;
  const { places } = hold.reservation;
  const freed = await takeBackTickets(tx, key, places, 'SOLD');
  if (freed.length !== places.length) {
    throw new Error(`reservation ${key.id} gave back ${freed.length} of its ${places.length} places`);
  }
  await moveReservation(tx, key, 'RELEASED');
}
