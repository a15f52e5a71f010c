import type { reservationStatus } from './tables.ts';

/** Where a Reservation stands. */
export type ReservationStatus = (typeof reservationStatus.enumValues)[number];

/**
 * What may become of a Reservation, and the only place where an arrow can be added.
 *
 * HELD      its places are the viewer's until `held_until`. The buyer pays for it or lets go, or time runs out. A HELD
 *           row whose time has run out holds nothing any more, although nobody has written that down yet.
 * BOOKED    paid for. Only a cancelled Booking leaves it, and gives the places back.
 * RELEASED  the viewer let go, or gave the Booking back. Nothing follows.
 * EXPIRED   time was up and somebody noticed: the sweeper, or whoever took one of its places. Money that was under way
 *           may still arrive, and then buys the same places if all of them are still free.
 */
export const RESERVATION_TRANSITIONS = {
  HELD: ['BOOKED', 'RELEASED', 'EXPIRED'],
  BOOKED: ['RELEASED'],
  RELEASED: [],
  EXPIRED: ['BOOKED'],
} as const satisfies Record<ReservationStatus, readonly ReservationStatus[]>;

/** The states that may become `next`: what the update that moves a Reservation there demands of its row. */
export function statesBefore(next: ReservationStatus): ReservationStatus[] {
  return (Object.keys(RESERVATION_TRANSITIONS) as ReservationStatus[]).filter((state) =>
    (RESERVATION_TRANSITIONS[state] as readonly ReservationStatus[]).includes(next),
  );
}
