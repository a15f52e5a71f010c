import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fingerprint } from '../../src/seating-plan/fingerprint.ts';
import { generateLayout } from '../../src/seating-plan/generate-layout.ts';
import { validateLayout } from '../../src/seating-plan/validate-layout.ts';
import { nearestSeats, seatedSections, wheelchairsWithoutCompanion } from './layout-checks.ts';

const KINDS = [
  'amphitheatre',
  'arena',
  'church',
  'club',
  'concert hall',
  'festival site',
  'hall',
  'music venue',
  'opera house',
  'race circuit',
  'stadium',
  'theatre',
  'venue',
];
const PURPOSES = ['CONCERT', 'MATCH'] as const;
/** Chairs are half a metre apart; around the tables of a club a little less, measured straight, and rounded to a centimetre. */
const NEAREST = 4.65;

function expectValid(request: Parameters<typeof generateLayout>[0]): void {
  const layout = generateLayout(request);
  expect(layout.places).toBe(request.capacity);
  expect(validateLayout(layout)).toEqual([]);
  expect(nearestSeats(layout)).toBeGreaterThan(NEAREST);
  expect(wheelchairsWithoutCompanion(layout)).toBe(0);
}

describe.each(KINDS)('a generated %s', (kind) => {
  test.each([1, 2, 3, 7, 20, 99, 100, 101, 500, 738, 2_600, 9_999])('of %i places is valid', (capacity) => {
    for (const purpose of PURPOSES) expectValid({ kind, capacity, purpose, seed: 'a venue' });
  });

  test('of any capacity is valid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.constantFrom(...PURPOSES),
        fc.string({ maxLength: 5 }),
        (capacity, purpose, seed) => expectValid({ kind, capacity, purpose, seed }),
      ),
      { numRuns: 15 },
    );
  });

  test('of 100,000 places is valid and below 3 MB', () => {
    const layout = generateLayout({ kind, capacity: 100_000, seed: 'a venue' });
    expect(layout.places).toBe(100_000);
    expect(validateLayout(layout)).toEqual([]);
    expect(nearestSeats(layout)).toBeGreaterThan(NEAREST);
    expect(JSON.stringify(layout).length).toBeLessThan(3_000_000);
  });

  test('is deterministic', () => {
    const request = { kind, capacity: 3_000, seed: 'a venue' };
    expect(fingerprint(generateLayout(request))).toBe(fingerprint(generateLayout(request)));
  });
});

test('a capacity outside 1 to 100,000 is refused', () => {
  for (const capacity of [0, -1, 1.5, 100_001, Number.NaN]) {
    expect(() => generateLayout({ kind: 'arena', capacity, seed: 'a' })).toThrow(RangeError);
  }
});

test.each([
  ['theatre', 1_800, 'CONCERT'],
  ['concert hall', 2_200, 'CONCERT'],
  ['arena', 14_000, 'CONCERT'],
  ['stadium', 60_000, 'MATCH'],
] as const)('about one in a hundred places of a %s is for a wheelchair', (kind, capacity, purpose) => {
  const layout = generateLayout({ kind, capacity, purpose, seed: 'a venue' });
  const accessible = seatedSections(layout)
    .flatMap((section) => section.rows)
    .reduce((sum, row) => sum + row.accessible.length, 0);
  expect(accessible).toBe(Math.round(capacity / 100));
});

test('seats nearer to the stage are never in a cheaper category than those behind them', () => {
  const layout = generateLayout({ kind: 'concert hall', capacity: 2_000, seed: 'a venue' });
  for (const section of seatedSections(layout)) {
    const categories = section.rows.map((row) => row.category);
    expect(categories).toEqual(categories.toSorted((a, b) => a - b));
  }
  expect(layout.categories).toEqual(['Category 1', 'Category 2', 'Category 3', 'Category 4']);
});

test('a stadium numbers its blocks by tier, and has no seats behind the stage of a concert', () => {
  const match = generateLayout({ kind: 'stadium', capacity: 60_000, purpose: 'MATCH', seed: 'a venue' });
  expect(match.sections.map((section) => section.name)).toContain('Block 112');
  expect(new Set(match.sections.map((section) => section.level)).size).toBeGreaterThan(1);

  const concert = generateLayout({ kind: 'stadium', capacity: 60_000, purpose: 'CONCERT', seed: 'a venue' });
  const behind = seatedSections(concert)
    .flatMap((section) => section.rows)
    .some((row) => row.x.some((x) => x < concert.stage.x));
  expect(behind).toBe(false);
});

test('some arenas have a standing floor for concerts, others a seated one', () => {
  const floors = Array.from({ length: 20 }, (_, index) =>
    generateLayout({ kind: 'arena', capacity: 10_000, seed: `venue ${index}` }).sections.some(
      (section) => section.kind === 'GENERAL_ADMISSION',
    ),
  );
  expect(new Set(floors)).toEqual(new Set([true, false]));
});

test('a club has a standing floor, with tables and a balcony if it is large enough', () => {
  const names = (capacity: number) =>
    generateLayout({ kind: 'club', capacity, seed: 'a venue' }).sections.map((section) => section.name);
  expect(names(80)).toEqual(['Floor']);
  expect(names(800)).toEqual(['Floor', 'Tables', 'Balcony']);
});
