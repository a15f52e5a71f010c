import { expect, test } from 'vitest';

import { formatMoney, minorUnitDigits, sameMoney, sumOf } from '../../src/platform/money.ts';

test.each([
  ['EUR', 1_250, '€12.50'],
  ['JPY', 1_250, '¥1,250'],
  ['KWD', 1_250, 'KWD 1.250'],
  ['HUF', 125_000, 'HUF 1,250.00'], // Node alone would show none of its decimals
  ['ISK', 1_250, 'ISK 1,250'],
  ['EUR', 5, '€0.05'],
  ['EUR', -1_205, '-€12.05'],
  ['IDR', 250_000_000, 'IDR 2,500,000.00'],
  ['EUR', Number.MAX_SAFE_INTEGER, '€90,071,992,547,409.91'], // the quotient would be rounded
  ['KWD', 9_007_199_254_740_989, 'KWD 9,007,199,254,740.989'],
])('%s is written with the decimals that ISO 4217 gives it', (currency, amount, written) => {
  expect(formatMoney({ amount, currency }).replaceAll('\u00A0', ' ')).toBe(written);
});

test('a currency has two decimals unless ISO 4217 defines others', () => {
  expect(['USD', 'IDR', 'JPY', 'BHD', 'CLF'].map(minorUnitDigits)).toEqual([2, 2, 0, 3, 4]);
});

test('sums are exact or refused; money is the same only if both parts are', () => {
  expect(sumOf([1_000, 250])).toBe(1_250);
  expect(() => sumOf([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  expect(sameMoney({ amount: 1, currency: 'EUR' }, { amount: 1, currency: 'USD' })).toBe(false);
});
