import fc from 'fast-check';
import { expect, test } from 'vitest';

import { allocatePrice } from '../../../src/payments/checkout/allocate-price.ts';

test('tickets cost the prices of their tiers', () => {
  expect(allocatePrice(12_500, [5_000, 5_000, 2_500])).toEqual([5_000, 5_000, 2_500]);
  expect(allocatePrice(0, [0, 0])).toEqual([0, 0]);
});

test('after a price change the amount paid is divided evenly, without a remainder', () => {
  expect(allocatePrice(10_000, [4_000, 4_000, 4_000])).toEqual([3_334, 3_333, 3_333]);
});

test('the prices of the tickets add up to the amount paid', () => {
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
