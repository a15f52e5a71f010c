import fc from 'fast-check';
import { expect, test } from 'vitest';

import { EndedVisits } from '../../../src/waiting-room/passes/ended-visits.ts';

const EVENTS = ['a', 'b'] as const;
const roomOf = (eventId: string, generation = 1) => ({ eventId, generation });
const roomsOf = (...rooms: ReturnType<typeof roomOf>[]) => new Map(rooms.map((room) => [room.eventId, room]));

test('it has what was added, and nothing else', () => {
  const place = fc.oneof(fc.nat(20_000), fc.nat(2 ** 31 - 1));
  const visit = fc.record({ eventId: fc.constantFrom(...EVENTS), place });
  fc.assert(
    fc.property(fc.array(visit), fc.array(visit), (added, others) => {
      const ended = new EndedVisits();
      const keys = new Set(added.map(({ eventId, place }) => `${eventId} ${place}`));
      for (const one of added) ended.add({ ...one, generation: 1, passExpiresAt: 10 });
      for (const { eventId, place } of [...added, ...others])
        expect(ended.has(roomOf(eventId), place)).toBe(keys.has(`${eventId} ${place}`));
    }),
  );
});

test('a room of the next generation begins without any', () => {
  const ended = new EndedVisits();
  ended.add({ ...roomOf('a'), place: 7, passExpiresAt: 10 });
  expect(ended.has(roomOf('a', 2), 7)).toBe(false);
  ended.add({ ...roomOf('a', 2), place: 8, passExpiresAt: 10 });
  expect([ended.has(roomOf('a', 2), 7), ended.has(roomOf('a', 2), 8), ended.has(roomOf('a'), 7)]).toEqual([
    false,
    true,
    false,
  ]);
});

test('visits are forgotten with their room, and once their passes have expired', () => {
  const ended = new EndedVisits();
  ended.add({ ...roomOf('a'), place: 1, passExpiresAt: 10 });
  ended.add({ ...roomOf('a'), place: 50_000, passExpiresAt: 20 });
  ended.add({ ...roomOf('b'), place: 1, passExpiresAt: 20 });
  ended.prune(roomsOf(roomOf('a'), roomOf('b')), 10);
  expect(ended.has(roomOf('a'), 1)).toBe(true); // in this second the pass is still checked
  ended.prune(roomsOf(roomOf('a'), roomOf('b')), 11);
  expect([ended.has(roomOf('a'), 1), ended.has(roomOf('a'), 50_000)]).toEqual([false, true]);
  ended.prune(roomsOf(roomOf('a'), roomOf('b', 2)), 11);
  expect([ended.has(roomOf('a'), 50_000), ended.has(roomOf('b'), 1)]).toEqual([true, false]);
  ended.prune(roomsOf(), 11);
  expect(ended.bytes).toBe(0);
});

test('a million visits that ended take 125 kB', () => {
  const ended = new EndedVisits();
  for (let place = 1; place <= 1_000_000; place++) ended.add({ ...roomOf('a'), place, passExpiresAt: 10 });
  expect(ended.bytes).toBeLessThan(127_000);
});
