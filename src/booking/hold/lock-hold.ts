import type { Tx } from '../../platform/db/pool.ts';
import type { ReservationKey, ReservationRow, TicketRow } from '../store/columns.ts';
import { lockBuyer, lockReservation } from '../store/reservations.ts';
import { lockTickets } from '../store/tickets.ts';

/** A Reservation and the tickets at its places, all locked: nothing about them changes until the transaction ends. */
export interface LockedHold {
  /** HELD only if it holds every one of its places. */
  reservation: ReservationRow;
  tickets: TicketRow[];
}

/**
 * Lock a Reservation and then the tickets at its places, in order of place. Whoever changes a hold comes by here, so
 * all wait for each other in one order. `null`: there is no such Reservation.
 *
 * A ticket names the Reservation that has it, and a Reservation's id is never used again: that is the fence. A holder
 * who lost a place finds another's id there, or none, however late he comes.
 *
 * With `withBuyer`, the buyer's other calls at the Event wait, too: for those who have to count what the buyer has. It is
 * taken before the tickets, as reserving takes it.
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
  // our `now()` is when we began: while we waited for the locks the hold may have run out for those who came later
  const lost =
    reservation.status === 'HELD' && tickets.some(({ reservationId }) => reservationId !== reservation.id);
  return { tickets, reservation: lost ? { ...reservation, status: 'EXPIRED', secondsLeft: 0 } : reservation };
}
