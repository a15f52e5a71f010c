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

const open = (statuses = 'A'.repeat(100), maxDeltas = 3) =>
  new LiveMap({ epoch: 'e', sequence: 10, statuses, available: 100, stale: false, deltas: [] }, maxDeltas);

describe('received deltas', () => {
  test('are coalesced into one update, with the latest status of each place', () => {
    const map = open();
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

  test('are ignored as duplicates, and refused after a gap', () => {
    const map = open();
    expect(map.receive(delta(11, [1], 'R'))).toBe('applied');
    expect(map.receive(delta(11, [1], 'R'))).toBe('duplicate');
    expect(map.receive(delta(13, [1], 'S'))).toBe('gap');
    expect(map.received.sequence).toBe(11);
  });

  test('are in the update even if the place changed back: a client may have resumed in between', () => {
    const map = open();
    map.receive(delta(11, [1], 'R'));
    map.receive(delta(12, [1], 'A'));
    expect(map.drain()).toMatchObject({ places: [1], statuses: 'A', sequence: 12 });
  });
});

describe('a resuming client', () => {
  function withRecentDeltas() {
    const map = open();
    map.receive(delta(11, [1], 'R', 99));
    map.receive(delta(12, [2], 'R', 98));
    map.receive(delta(13, [1], 'S', 98));
    map.drain();
    map.receive(delta(14, [3], 'R', 97)); // pending, not drained
    return map;
  }

  test('gets the deltas missed up to the last drain, as one update', () => {
    expect(withRecentDeltas().deltasSince({ epoch: 'e', sequence: 11 })).toMatchObject([
      { fromSequence: 12, sequence: 13, places: [1, 2], statuses: 'SR', available: 98 },
    ]);
  });

  test('gets nothing at the last drain or after it: the next update covers it', () => {
    const map = withRecentDeltas();
    expect(map.deltasSince({ epoch: 'e', sequence: 13 })).toEqual([]);
    expect(map.deltasSince({ epoch: 'e', sequence: 14 })).toEqual([]);
    expect(map.drain()).toMatchObject({ fromSequence: 14, sequence: 14 });
  });

  test.each([
    ['too old', { epoch: 'e', sequence: 10 }],
    ['in the future', { epoch: 'e', sequence: 15 }],
    ['of another epoch', { epoch: 'f', sequence: 13 }],
  ])('gets a whole map for a position %s', (_why, position) => {
    expect(withRecentDeltas().deltasSince(position)).toBeNull();
  });

  test('gets a whole map if the deltas would be longer', () => {
    const map = open('A'.repeat(10));
    map.receive(delta(11, [1, 2], 'RR'));
    map.drain();
    expect(map.deltasSince({ epoch: 'e', sequence: 10 })).toBeNull();
  });
});

test('a diff with another source is the next delta after what was received', () => {
  const map = open('AAAA');
  map.receive(delta(11, [0], 'S'));
  expect(map.diff('SRAA', 2)).toEqual(delta(12, [1], 'R', 2));
  expect(map.diff('SAAA', 3)).toBeNull();
});

test('no deltas make an update without places', () => {
  expect(mergeDeltas({ epoch: 'e', sequence: 4 }, [], { available: 7, stale: false })).toMatchObject({
    fromSequence: 5,
    sequence: 4,
    places: [],
    statuses: '',
    available: 7,
  });
});
