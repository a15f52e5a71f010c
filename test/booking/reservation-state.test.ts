import { expect, test } from 'vitest';

import {
  RESERVATION_TRANSITIONS,
  statesBefore,
  type ReservationStatus,
} from '../../src/booking/reservation-state.ts';
import { reservationStatus } from '../../src/booking/tables.ts';

/** Every way a Reservation can go, from its making on. */
function walks(from: ReservationStatus): ReservationStatus[][] {
  return [
    [from],
    ...RESERVATION_TRANSITIONS[from].flatMap((next) => walks(next).map((rest) => [from, ...rest])),
  ];
}

test('a Reservation goes these ways and no other', () => {
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

test('every state of the database can be reached, and no move leads back to a hold', () => {
  expect(new Set(walks('HELD').flat())).toEqual(new Set(reservationStatus.enumValues));
  expect(statesBefore('HELD')).toEqual([]);
});

test.each(reservationStatus.enumValues)('what comes before %s is what leads to it', (next) => {
  for (const state of reservationStatus.enumValues) {
    expect(statesBefore(next).includes(state)).toBe(
      (RESERVATION_TRANSITIONS[state] as readonly string[]).includes(next),
    );
  }
});
