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

const kept = () => {
  const keeper = new SeatMapKeeper();
  expect(keeper.apply(MAP)).toBe('applied');
  return keeper;
};
const text = (keeper: SeatMapKeeper) => String.fromCharCode(...keeper.take()!.statuses);

describe('a map that is kept up to date', () => {
  test('is what the server sent', () => {
    const map = kept().take()!;
    expect(map).toMatchObject({ epoch: 'one', sequence: 7, cursor: 'one-7', available: 5, changed: null });
    expect([0, 3, 5].map((place) => map.statusOf(place))).toEqual(['A', 'S', 'A']);
    expect([-1, 6, 0.5].map((place) => map.statusOf(place))).toEqual([undefined, undefined, undefined]);
    expect(map.sections).toEqual([
      { key: 'stalls', firstPlace: 0, places: 4 },
      { key: 'floor', firstPlace: 4, places: 2 },
    ]);
  });

  test('takes the next delta, and tells what changed since it was last looked at', () => {
    const keeper = kept();
    keeper.take();
    expect(keeper.apply(delta(8, 8, { 1: 'R' }))).toBe('applied');
    expect(keeper.apply(delta(9, 12, { 1: 'S', 5: 'B' }))).toBe('applied');
    expect(keeper.take()).toMatchObject({ sequence: 12, cursor: 'one-12', available: 4, changed: [1, 5] });
    expect(text(keeper)).toBe('ASASAB');
    expect(keeper.take()!.changed).toEqual([]);
  });

  test('takes a delta that begins before it, and not one that ends before it', () => {
    const keeper = kept();
    expect(keeper.apply(delta(5, 8, { 0: 'R' }))).toBe('applied');
    expect(keeper.apply(delta(5, 7, { 0: 'B' }))).toBe('known already');
    expect(keeper.apply(delta(8, 8, { 0: 'B' }))).toBe('known already');
    expect(text(keeper)).toBe('RAASAA');
  });

  test('hears that the feed is away, and back, without a change', () => {
    const keeper = kept();
    expect(keeper.apply(delta(8, 7, {}, { stale: true }))).toBe('applied');
    expect(keeper.take()).toMatchObject({ stale: true, sequence: 7 });
    expect(keeper.apply(delta(8, 7, {}))).toBe('applied');
    expect(keeper.take()!.stale).toBe(false);
  });

  test.each([
    ['a delta is missing', delta(9, 9, { 0: 'R' })],
    ['the numbers began again', delta(8, 8, { 0: 'R' }, { epoch: 'two' })],
  ])('changes nothing where %s', (_why, lost) => {
    const keeper = kept();
    expect(keeper.apply(lost)).toBe('gap');
    expect(text(keeper)).toBe('AAASAA');
    expect(keeper.apply({ ...MAP, epoch: 'two', sequence: 1, cursor: 'two-1' })).toBe('applied');
    expect(keeper.take()).toMatchObject({ epoch: 'two', changed: null });
  });

  test('is not there before the first map', () => {
    const keeper = new SeatMapKeeper();
    expect(keeper.apply(delta(1, 1, { 0: 'R' }))).toBe('gap');
    expect([keeper.take(), keeper.cursor]).toEqual([null, null]);
  });
});
