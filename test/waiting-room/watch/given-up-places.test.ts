import fc from 'fast-check';
import { expect, test } from 'vitest';

import { GivenUpPlaces, MAX_SPAN_PLACES } from '../../../src/waiting-room/watch/given-up-places.ts';

test('counts as a set does, while the head moves', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), ahead: fc.integer({ min: -5, max: 20_000 }) }),
    fc.record({
      kind: fc.constant('addRange' as const),
      ahead: fc.integer({ min: -300, max: 20_000 }),
      count: fc.integer({ min: -1, max: 600 }),
    }),
    fc.record({ kind: fc.constant('delete' as const), ahead: fc.integer({ min: -5, max: 20_000 }) }),
    fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: -3, max: 6_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 25_000 }), (steps, asked) => {
      const places = new GivenUpPlaces();
      const model = new Set<number>();
      let head = 0;
      for (const one of steps) {
        if (one.kind === 'add') {
          const place = head + one.ahead;
          expect(places.add(place)).toBe(place > head && !model.has(place));
          if (place > head) model.add(place);
        } else if (one.kind === 'addRange') {
          const from = head + one.ahead;
          let added = 0;
          for (let place = Math.max(from, head + 1); place < from + one.count; place++) {
            if (!model.has(place)) added++;
            model.add(place);
          }
          expect(places.addRange(from, from + one.count - 1)).toBe(added);
        } else if (one.kind === 'delete') {
          expect(places.delete(head + one.ahead)).toBe(model.delete(head + one.ahead));
        } else {
          head = Math.max(head, head + one.by);
          places.advance(head);
          for (const place of model) if (place <= head) model.delete(place);
        }
        expect(places.count).toBe(model.size);
        const at = head + asked - 50;
        expect(places.countBelow(at)).toBe([...model].filter((place) => place < at).length);
        expect(places.has(at)).toBe(model.has(at));
      }
    }),
  );
});

test('memory is bounded: a place far beyond the head is not kept', () => {
  const places = new GivenUpPlaces();
  places.advance(1_000);
  expect(places.add(1_000 + MAX_SPAN_PLACES)).toBe(false);
  expect(places.addRange(1_000 + MAX_SPAN_PLACES, 2_000 + MAX_SPAN_PLACES)).toBe(0);
  expect(places.add(2_000_000)).toBe(true);
  expect(places.countBelow(3_000_000)).toBe(1);
});

test('a million places are counted, and forgotten as the head passes them', () => {
  const places = new GivenUpPlaces();
  for (let place = 2; place <= 2_000_000; place += 2) places.add(place);
  expect(places.countBelow(1_000_001)).toBe(500_000);
  places.advance(1_999_000);
  expect(places.count).toBe(500);
  expect(places.countBelow(2_000_000)).toBe(499);
});
