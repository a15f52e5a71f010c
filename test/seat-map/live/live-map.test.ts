import { describe, expect, test } from 'vitest';

import { LiveMap } from '../../../src/seat-map/live/live-map.ts';
import { mergeDeltas } from '../../../src/seat-map/merge-deltas.ts';

const delta = (sequence: number, places: number[], statuses: string, available = 0) => ({
  epoch: 'e',
  sequence,
  available,
  places,
  statuses,
});

const begin = (statuses = 'A'.repeat(100), maxDeltas = 3) =>
  new LiveMap({ epoch: 'e', sequence: 10, statuses, available: 100, stale: false, deltas: [] }, maxDeltas);

describe('what is received', () => {
  test('is gathered, the latest letter of a place counting, and taken as one update', () => {
    const map = begin();
    expect(map.receive(delta(11, [5, 2], 'RR', 98))).toBe('applied');
    expect(map.receive(delta(12, [2, 9], 'SB', 97))).toBe('applied');
    expect(map.drain()).toEqual({
      __typename: 'SeatMapDelta',
      epoch: 'e',
      fromSequence: 11,
      sequence: 12,
      cursor: expect.any(String),
      places: [2, 5, 9],
      statuses: 'SRB',
      available: 97,
      stale: false,
    });
    expect(map.drain()).toBeNull();
    expect(map.statuses().slice(0, 10)).toBe('AASAARAAAB');
  });

  test('twice changes nothing, and with others missing before it is refused', () => {
    const map = begin();
    expect(map.receive(delta(11, [1], 'R'))).toBe('applied');
    expect(map.receive(delta(11, [1], 'R'))).toBe('duplicate');
    expect(map.receive(delta(13, [1], 'S'))).toBe('gap');
    expect(map.received.sequence).toBe(11);
  });

  test('is told though the place is again as it was: somebody may have seen it in between', () => {
    const map = begin();
    map.receive(delta(11, [1], 'R'));
    map.receive(delta(12, [1], 'A'));
    expect(map.drain()).toMatchObject({ places: [1], statuses: 'A', sequence: 12 });
  });
});

describe('who comes back', () => {
  function lately() {
    const map = begin();
    map.receive(delta(11, [1], 'R', 99));
    map.receive(delta(12, [2], 'R', 98));
    map.receive(delta(13, [1], 'S', 98));
    map.drain();
    map.receive(delta(14, [3], 'R', 97)); // gathered, not taken
    return map;
  }

  test('is told what was missed up to what was taken last, as one update', () => {
    expect(lately().deltasSince({ epoch: 'e', sequence: 11 })).toMatchObject([
      { fromSequence: 12, sequence: 13, places: [1, 2], statuses: 'SR', available: 98 },
    ]);
  });

  test('is told nothing who stands there, or further: the next update covers it', () => {
    const map = lately();
    expect(map.deltasSince({ epoch: 'e', sequence: 13 })).toEqual([]);
    expect(map.deltasSince({ epoch: 'e', sequence: 14 })).toEqual([]);
    expect(map.drain()).toMatchObject({ fromSequence: 14, sequence: 14 });
  });

  test.each([
    ['too long ago', { epoch: 'e', sequence: 10 }],
    ['from the future', { epoch: 'e', sequence: 15 }],
    ['of another epoch', { epoch: 'f', sequence: 13 }],
  ])('cannot be told from a position %s', (_why, position) => {
    expect(lately().deltasSince(position)).toBeNull();
  });

  test('is not told more than a whole map would be', () => {
    const map = begin('A'.repeat(10));
    map.receive(delta(11, [1, 2], 'RR'));
    map.drain();
    expect(map.deltasSince({ epoch: 'e', sequence: 10 })).toBeNull();
  });
});

test('differences from another source become the next delta, seen from what was received', () => {
  const map = begin('AAAA');
  map.receive(delta(11, [0], 'S'));
  expect(map.diff('SRAA', 2)).toEqual(delta(12, [1], 'R', 2));
  expect(map.diff('SAAA', 3)).toBeNull();
});

test('of no deltas at all an update without places is made', () => {
  expect(mergeDeltas({ epoch: 'e', sequence: 4 }, [], { available: 7, stale: false })).toMatchObject({
    fromSequence: 5,
    sequence: 4,
    places: [],
    statuses: '',
    available: 7,
  });
});
