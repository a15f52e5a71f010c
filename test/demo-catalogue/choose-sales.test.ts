import { expect, test } from 'vitest';

import { planYear } from './plan-year.ts';

test('some two hundred events of all sizes go on sale, whatever the day', { timeout: 180_000 }, async () => {
  const { sales } = await planYear(Temporal.PlainDate.from('2027-04-02'));
  expect(sales.length).toBeGreaterThan(190);
  expect(Math.max(...sales.map(({ capacity }) => capacity))).toBeGreaterThanOrEqual(60_000);
  expect(Math.min(...sales.map(({ capacity }) => capacity))).toBeLessThan(300);
  const perVenue = Map.groupBy(sales, ({ venue }) => venue.id);
  expect(Math.max(...[...perVenue.values()].map((here) => here.length))).toBeLessThanOrEqual(3);
  expect(new Set(sales.map(({ eventId }) => eventId)).size).toBe(sales.length);
});
