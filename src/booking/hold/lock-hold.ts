import type { Tx } from '../../platform/db/pool.ts';
import { lockBuyer } from '../store/buyer-locks.ts';
import type { ReservationKey, ReservationRow, TicketRow } from '../store/columns.ts';
import { lockReservation } from '../store/reservations.ts';
import { lockTickets } from '../store/tickets.ts';

/** A Reservation and the tickets at its places, all locked until the transaction ends. */
export interface LockedHold {
  /** HELD only if it holds every one of its places. */
  reservation: ReservationRow;
  tickets: TicketRow[];
}

/**
 * Lock a Reservation, then the tickets at its places in order of place. Every change of a hold locks here, so that all
 * lock in one order. `null`: there is no such Reservation.
 *
 * A ticket's `reservation_id` is the fencing token: ids are never reused, so a stale holder finds another id or none.
 *
 * `withBuyer` also locks the buyer at the Event, for callers that count the buyer's tickets. It is taken before the
 * tickets, in the order of the reserve path.
 */
export async function lockHold(
  tx: Tx,
  key: ReservationKey,
  { withBuyer }: { withBuyer: boolean } = { withBuyer: false },
): Promise<LockedHold | null> {
  const reservation = await lockReservation(tx, key);
  if (reservation === null) return null;
  if (withBuyer) await lockBuyer(tx, reservation);
  const tickets = await lockTickets(tx, key.eventId, reservation.places);
  // `now()` is the start of this transaction: during the lock wait a later one may have found the hold run out
  const isLost =
    reservation.status === 'HELD' && tickets.some(({ reservationId }) => reservationId !== reservation.id);
  return {
    tickets,
    reservation: isLost ? { ...reservation, status: 'EXPIRED', secondsLeft: 0 } : reservation,
  };
}
