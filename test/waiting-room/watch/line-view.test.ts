import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { GivenUp } from '../../../src/waiting-room/line/entry-state.ts';
import { LineView } from '../../../src/waiting-room/watch/line-view.ts';
import { Round } from '../../../src/waiting-room/watch/waiters.ts';

const NUMBERS = { waiting: 0, inside: 0, measuredRate: null, isSoldOut: false };
const message = (sequence: number, head: number, gone: GivenUp[] = []) => ({
  ...{ ...NUMBERS, generation: 1 },
  ...{ sequence, head, gone },
});
const snapshot = (sequence: number, head: number, gone: number[] = []) => ({
  ...NUMBERS,
  ...{ sequence, head, gone, last: 1_000 },
});

function loaded(): LineView {
  const view = new LineView(3);
  view.load(snapshot(10, 5, [8]));
  return view;
}

test('people ahead are those between the head and the place who have not given up', () => {
  const view = loaded();
  expect([6, 7, 8, 9, 10].map((place) => view.peopleAhead(place))).toEqual([0, 1, 2, 2, 3]);
  view.apply(message(11, 7, [9]));
  expect([8, 9, 10, 11].map((place) => view.peopleAhead(place))).toEqual([0, 0, 0, 1]);
  expect([7, 8, 9, 10].map((place) => view.isWaiting(place))).toEqual([false, false, false, true]);
});

test('places that were lost come as ranges, and are not counted as given up by people', () => {
  const view = loaded();
  expect(view.apply(message(11, 6, [[3, 5], [8, 8], [10, 12], 14]))).toEqual({
    fromHead: 5,
    gone: [[10, 12], 14],
  });
  expect([9, 10, 13, 14, 15].map((place) => view.peopleAhead(place))).toEqual([1, 2, 2, 3, 3]);
  expect([9, 10, 12, 13].map((place) => view.isWaiting(place))).toEqual([true, false, false, true]);
  expect(view.abandoned[0]).toBe(1);
});

describe('a message that is missing', () => {
  test('is noticed, and what is known moves on nevertheless', () => {
    const view = loaded();
    expect(view.apply(message(13, 6))).toEqual({ fromHead: 5, gone: [] });
    expect(view.needsSnapshot).toBe(true);
    expect(view.head).toBe(6);
    view.load(snapshot(13, 6, [8, 9]));
    expect(view.needsSnapshot).toBe(false);
    expect(view.peopleAhead(10)).toBe(1);
  });

  test('is none if it comes again, or is older than the snapshot', () => {
    const view = loaded();
    expect(view.apply(message(10, 50))).toBeNull();
    expect(view.apply(message(9, 60))).toBeNull();
    expect(view.head).toBe(5);
  });
});

test('people ahead never grow, whatever arrives', () => {
  const step = fc.record({
    kind: fc.constantFrom('message', 'snapshot'),
    sequence: fc.integer({ min: 0, max: 30 }),
    head: fc.integer({ min: 0, max: 300 }),
    gone: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 400 }), (steps, place) => {
      const view = new LineView(0);
      let ahead = view.peopleAhead(place);
      for (const { kind, sequence, head, gone } of steps) {
        if (kind === 'message') view.apply(message(sequence, head, gone));
        else view.load(snapshot(sequence, head, gone));
        expect(view.peopleAhead(place)).toBeLessThanOrEqual(ahead);
        ahead = view.peopleAhead(place);
      }
    }),
  );
});

test('a round visits each item once, also while some are removed', () => {
  const items = Array.from({ length: 10 }, (_, index) => index);
  const round = new Round();
  const visited: number[] = [];
  round.visit(items, 5, (item) => visited.push(item));
  expect(visited).toEqual([]);
  round.restart(items.length);
  round.visit(items, 4, (item) => {
    visited.push(item);
    if (item !== 2) return;
    const last = items.pop()!; // as a list does that fills the gap with its last item
    items[items.indexOf(item)] = last;
  });
  round.visit(items, 100, (item) => visited.push(item));
  expect(new Set(visited).size).toBe(10);
});
