import { describe, expect, test } from 'vitest';

import { SeatMapKeeper, type SeatMapDeltaMessage, type SeatMapMessage } from '../../src/client/index.ts';

const MAP: SeatMapMessage = {
  __typename: 'SeatMap',
  epoch: 'one',
  sequence: 7,
  cursor: 'one-7',
  available: 5,
  stale: false,
  sections: [
    { key: 'stalls', firstPlace: 0, statuses: 'AAAS' },
    { key: 'floor', firstPlace: 4, statuses: 'AA' },
  ],
};

const delta = (fromSequence: number, sequence: number, changes: object, more: object = {}) =>
  ({
    __typename: 'SeatMapDelta',
    epoch: 'one',
    fromSequence,
    sequence,
    cursor: `one-${sequence}`,
    available: 4,
    stale: false,
    places: Object.keys(changes).map(Number),
    statuses: Object.values(changes).join(''),
    ...more,
  }) satisfies SeatMapDeltaMessage;

const applied = () => {
  const keeper = new SeatMapKeeper();
  expect(keeper.apply(MAP)).toBe('applied');
  return keeper;
};
const text = (keeper: SeatMapKeeper) => String.fromCharCode(...keeper.take()!.statuses);

describe('a seat map', () => {
  test('has what the server sent', () => {
    const map = applied().take()!;
    expect(map).toMatchObject({ epoch: 'one', sequence: 7, cursor: 'one-7', available: 5, changed: null });
    expect([0, 3, 5].map((place) => map.statusOf(place))).toEqual(['A', 'S', 'A']);
    expect([-1, 6, 0.5].map((place) => map.statusOf(place))).toEqual([undefined, undefined, undefined]);
    expect(map.sections).toEqual([
      { key: 'stalls', firstPlace: 0, places: 4 },
      { key: 'floor', firstPlace: 4, places: 2 },
    ]);
  });

  test('applies the next delta, and lists the changes since the last state was taken', () => {
    const keeper = applied();
    keeper.take();
    expect(keeper.apply(delta(8, 8, { 1: 'R' }))).toBe('applied');
    expect(keeper.apply(delta(9, 12, { 1: 'S', 5: 'B' }))).toBe('applied');
    expect(keeper.take()).toMatchObject({ sequence: 12, cursor: 'one-12', available: 4, changed: [1, 5] });
    expect(text(keeper)).toBe('ASASAB');
    expect(keeper.take()!.changed).toEqual([]);
  });

  test('applies a delta that overlaps it, and ignores one that ends before it', () => {
    const keeper = applied();
    expect(keeper.apply(delta(5, 8, { 0: 'R' }))).toBe('applied');
    expect(keeper.apply(delta(5, 7, { 0: 'B' }))).toBe('known already');
    expect(keeper.apply(delta(8, 8, { 0: 'B' }))).toBe('known already');
    expect(text(keeper)).toBe('RAASAA');
  });

  test('takes over that the feed is stale, and live again, from deltas without changes', () => {
    const keeper = applied();
    expect(keeper.apply(delta(8, 7, {}, { stale: true }))).toBe('applied');
    expect(keeper.take()).toMatchObject({ stale: true, sequence: 7 });
    expect(keeper.apply(delta(8, 7, {}))).toBe('applied');
    expect(keeper.take()!.stale).toBe(false);
  });

  test.each([
    ['a missing delta', delta(9, 9, { 0: 'R' })],
    ['a delta of another epoch', delta(8, 8, { 0: 'R' }, { epoch: 'two' })],
  ])('reports a gap and stays unchanged after %s', (_why, lost) => {
    const keeper = applied();
    expect(keeper.apply(lost)).toBe('gap');
    expect(text(keeper)).toBe('AAASAA');
    expect(keeper.apply({ ...MAP, epoch: 'two', sequence: 1, cursor: 'two-1' })).toBe('applied');
    expect(keeper.take()).toMatchObject({ epoch: 'two', changed: null });
  });

  test('does not exist before the first whole map', () => {
    const keeper = new SeatMapKeeper();
    expect(keeper.apply(delta(1, 1, { 0: 'R' }))).toBe('gap');
    expect([keeper.take(), keeper.cursor]).toEqual([null, null]);
  });
});
