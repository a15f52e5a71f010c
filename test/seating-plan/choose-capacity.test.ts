import { expect, test } from 'vitest';

import { chooseCapacity } from '../../src/seating-plan/choose-capacity.ts';

test('a chosen capacity is plausible for the kind, rounded and deterministic', () => {
  for (let venue = 0; venue < 200; venue++) {
    const capacity = chooseCapacity('arena', `venue ${venue}`);
    expect(capacity).toBeGreaterThanOrEqual(4_000);
    expect(capacity).toBeLessThanOrEqual(18_000);
    expect(capacity % 100).toBe(0);
    expect(chooseCapacity('arena', `venue ${venue}`)).toBe(capacity);
  }
});

test('venues of one kind have different capacities', () => {
  const capacities = Array.from({ length: 50 }, (_, venue) => chooseCapacity('club', `venue ${venue}`));
  expect(new Set(capacities).size).toBeGreaterThan(20);
});
