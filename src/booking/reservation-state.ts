import type { reservationStatus } from './tables.ts';

export type ReservationStatus = (typeof reservationStatus.enumValues)[number];

/**
 * Transitions of a Reservation, defined here only.
 *
 * HELD      its places are the viewer's until `held_until`. The buyer pays or releases it, or it runs out. A HELD row
 *           that has run out holds nothing, although no transaction has updated it yet.
 * BOOKED    paid. Only a cancelled Booking leaves this state, and returns the places.
 * RELEASED  released by the viewer, or its Booking was cancelled. Final.
 * EXPIRED   has run out and was updated by the sweeper or by the buyer of one of its places. A payment that was in
 *           progress can still succeed, and then buys the same places if all of them are free.
 */
export const RESERVATION_TRANSITIONS = {
  HELD: ['BOOKED', 'RELEASED', 'EXPIRED'],
  BOOKED: ['RELEASED'],
  RELEASED: [],
  EXPIRED: ['BOOKED'],
} as const satisfies Record<ReservationStatus, readonly ReservationStatus[]>;

/** States with a transition to `next`: the condition of the update that makes it. */
export function statesBefore(next: ReservationStatus): ReservationStatus[] {
  return (Object.keys(RESERVATION_TRANSITIONS) as ReservationStatus[]).filter((state) =>
    (RESERVATION_TRANSITIONS[state] as readonly ReservationStatus[]).includes(next),
  );
}
