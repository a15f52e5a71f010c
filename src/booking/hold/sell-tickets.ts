import type { Tx } from '../../platform/db/pool.ts';
import type { ReservationKey } from '../store/columns.ts';
import { expireOverdue } from '../store/overdue.ts';
import {
  clearPayment,
  expireReservation,
  readLiveReservationsOf,
  transitionReservation,
} from '../store/reservations.ts';
import { findSale, isEventCancelled, isEventOver } from '../store/sale.ts';
import { freeTickets, sellToReservation } from '../store/ticket-moves.ts';
import { lockHold, type LockedHold } from './lock-hold.ts';

/**
 * Sell a paid Reservation's places to its buyer: all of them, or none (`unavailable`). Idempotent.
 *
 * A payment can succeed after the hold has run out. It then buys the same places if each is free or still the
 * Reservation's, if the buyer stays within the Event's ticket limit, and if the Event is not over, nor a draft again. A cancelled
 * Event sells nothing.
 */
export async function sellTickets(tx: Tx, key: ReservationKey): Promise<'sold' | 'unavailable'> {
  const hold = await lockHold(tx, key, { withBuyer: true });
  if (hold === null) return 'unavailable';
  const { reservation, tickets } = hold;
  if (reservation.status === 'BOOKED') return 'sold';
  if (reservation.status === 'RELEASED') {
    await clearPayment(tx, key);
    return 'unavailable';
  }
  const isLate = reservation.status === 'EXPIRED';
  if ((await isEventCancelled(tx, key.eventId)) || (isLate && !(await canBuyLate(tx, hold)))) {
    await freeTickets(tx, key, reservation.places, 'RESERVED');
    await expireReservation(tx, key);
    return 'unavailable';
  }

  const sold = await sellToReservation(tx, key, reservation.places);
  if (sold !== reservation.places.length) {
    throw new Error(`reservation ${key.id}: sold ${sold} of ${reservation.places.length} places`); // rolls back
  }
  await transitionReservation(tx, key, 'BOOKED');
  const expiredIds = new Set(tickets.map(({ reservationId }) => reservationId));
  expiredIds.delete(key.id);
  expiredIds.delete(null);
  if (expiredIds.size > 0)
    await expireOverdue(tx, { eventId: key.eventId, ids: [...expiredIds] as string[] });
  return 'sold';
}

/** Whether a hold that has run out can still be bought. */
async function canBuyLate(tx: Tx, { reservation, tickets }: LockedHold): Promise<boolean> {
  const obtainable = tickets.every(
    ({ status, reservationId }) =>
      status === 'AVAILABLE' || (reservationId === reservation.id && status === 'RESERVED'),
  );
  if (!obtainable) return false;
  const { eventId, viewerId, places } = reservation;
  if (await isEventOver(tx, eventId)) return false;
  const [sale, live] = await Promise.all([
    findSale(tx, eventId),
    readLiveReservationsOf(tx, { eventId, viewerId }),
  ]);
  const owned = live.reduce((sum, other) => sum + other.places.length, 0);
  return sale?.status === 'ON_SALE' && owned + places.length <= sale.ticketLimit;
}
