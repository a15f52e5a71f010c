import fc from 'fast-check';
import { expect, test } from 'vitest';

import { allocatePrice } from '../../../src/payments/checkout/allocate-price.ts';

test('tickets cost what their tiers cost', () => {
  expect(allocatePrice(12_500, [5_000, 5_000, 2_500])).toEqual([5_000, 5_000, 2_500]);
  expect(allocatePrice(0, [0, 0])).toEqual([0, 0]);
});

test('when prices were changed after the buyer agreed, what was paid is shared out to the last cent', () => {
  expect(allocatePrice(10_000, [4_000, 4_000, 4_000])).toEqual([3_334, 3_333, 3_333]);
});

test('whatever was paid, the tickets add up to it', () => {
  const amount = fc.integer({ min: 0, max: 99_999_999 });
  fc.assert(
    fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 50 }), (paid, prices) => {
      const priced = allocatePrice(paid, prices);
      expect(priced).toHaveLength(prices.length);
      expect(priced.reduce((sum, price) => sum + price, 0)).toBe(paid);
      expect(Math.min(...priced)).toBeGreaterThanOrEqual(0);
    }),
  );
});
