import { expect, test } from 'vitest';

import {
  RESERVATION_TRANSITIONS,
  statesBefore,
  type ReservationStatus,
} from '../../src/booking/reservation-state.ts';
import { reservationStatus } from '../../src/booking/tables.ts';

/** Every path of transitions from creation on. */
function walks(from: ReservationStatus): ReservationStatus[][] {
  return [
    [from],
    ...RESERVATION_TRANSITIONS[from].flatMap((next) => walks(next).map((rest) => [from, ...rest])),
  ];
}

test('a Reservation takes these paths and no other', () => {
  expect(walks('HELD').map((walk) => walk.join(' → '))).toEqual([
    'HELD',
    'HELD → BOOKED',
    'HELD → BOOKED → RELEASED',
    'HELD → RELEASED',
    'HELD → EXPIRED',
    'HELD → EXPIRED → BOOKED',
    'HELD → EXPIRED → BOOKED → RELEASED',
  ]);
});

test('every state of the database is reachable, and no transition leads back to HELD', () => {
  expect(new Set(walks('HELD').flat())).toEqual(new Set(reservationStatus.enumValues));
  expect(statesBefore('HELD')).toEqual([]);
});

test.each(reservationStatus.enumValues)('statesBefore lists the states with a transition to %s', (next) => {
  for (const state of reservationStatus.enumValues) {
    expect(statesBefore(next).includes(state)).toBe(
      (RESERVATION_TRANSITIONS[state] as readonly string[]).includes(next),
    );
  }
});
