import { expect, test } from 'vitest';

import { planYear } from '../plan-year.ts';

test('some 200 events of all sizes go on sale on any day', { timeout: 180_000 }, async () => {
  const { sales } = await planYear(Temporal.PlainDate.from('2027-04-02'));
  expect(sales.length).toBeGreaterThan(190);
  expect(Math.max(...sales.map(({ capacity }) => capacity))).toBeGreaterThanOrEqual(60_000);
  expect(Math.min(...sales.map(({ capacity }) => capacity))).toBeLessThan(300);
  const perVenue = Map.groupBy(sales, ({ venue }) => venue.id);
  expect(Math.max(...[...perVenue.values()].map((here) => here.length))).toBeLessThanOrEqual(3);
  expect(new Set(sales.map(({ eventId }) => eventId)).size).toBe(sales.length);
});
