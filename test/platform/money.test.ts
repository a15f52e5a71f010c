import { expect, test } from 'vitest';

import { formatMoney, minorUnitDigits, sameMoney, total } from '../../src/platform/money.ts';

test.each([
  ['EUR', 1_250, '€12.50'],
  ['JPY', 1_250, '¥1,250'],
  ['KWD', 1_250, 'KWD 1.250'],
  ['HUF', 125_000, 'HUF 1,250.00'], // Node alone would show none of its decimals
  ['ISK', 1_250, 'ISK 1,250'],
])('%s is written with the decimals that ISO 4217 gives it', (currency, amount, written) => {
  expect(formatMoney({ amount, currency }).replaceAll('\u00A0', ' ')).toBe(written);
});

test('a currency has two decimals unless ISO 4217 defines others', () => {
  expect(['USD', 'IDR', 'JPY', 'BHD', 'CLF'].map(minorUnitDigits)).toEqual([2, 2, 0, 3, 4]);
});

test('sums are of one currency, and the same only if both parts are', () => {
  expect(total([1_000, 250], 'EUR')).toEqual({ amount: 1_250, currency: 'EUR' });
  expect(sameMoney({ amount: 1, currency: 'EUR' }, { amount: 1, currency: 'USD' })).toBe(false);
});
