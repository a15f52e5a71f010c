import { describe, expect, test } from 'vitest';

import { WaitEstimates } from '../../../src/waiting-room/watch/wait-estimates.ts';
import { simulateRoom, type Shop } from './simulated-room.ts';

const SHOPS: [string, Shop][] = [
  [
    'the rate is the limit',
    { people: 8_000, capacity: 100_000, perMinute: 1_200, visitSeconds: 300, attrition: 0 },
  ],
  [
    'visits are the limit',
    { people: 3_000, capacity: 300, perMinute: 6_000, visitSeconds: 120, attrition: 0 },
  ],
  ['many give up', { people: 6_000, capacity: 400, perMinute: 6_000, visitSeconds: 120, attrition: 0.000_5 }],
  [
    'visits grow longer',
    { people: 3_000, capacity: 300, perMinute: 3_000, visitSeconds: 90, attrition: 0.000_1, drift: 1.6 },
  ],
];

describe.each(SHOPS)('%s', (_name, shop) => {
  test.each([1, 2, 3])('the range contains nine of ten true waits, seed %i', (seed) => {
    const estimates = new WaitEstimates();
    const { shown, contained, ratios } = simulateRoom(shop, seed, estimates);
    expect(shown).toBeGreaterThan(1_000);
    expect(contained / shown).toBeGreaterThan(0.9);
    // a range from nothing to for ever would contain all: half of them are narrower than one to seven
    expect(ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]).toBeLessThan(7);
  });
});

test('nothing is known before the first admission', () => {
  expect(new WaitEstimates().range(100, { rate: null, attrition: () => 0, slowest: 1 })).toBeNull();
});

test('the first range of who is next reaches to the end of a whole visit', () => {
  const pace = { rate: 1, attrition: () => 0, slowest: 1 / 60 }; // one slot, and visits of a minute
  expect(new WaitEstimates().range(0, pace)!.max).toBeGreaterThanOrEqual(60);
});

test('a wait is at least the time of the first range, and is bounded', () => {
  const range = new WaitEstimates().range(1_000_000_000, {
    rate: 0.001,
    attrition: () => 0,
    slowest: 0.001,
  })!;
  expect(range).toEqual({ min: 604_800, max: 604_800 });
});
