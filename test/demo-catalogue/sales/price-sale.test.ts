import { expect, test } from 'vitest';

import { priceSale, pricesOfPlan } from '../../../src/demo-catalogue/sales/price-sale.ts';

const request = {
  eventId: 'an event',
  layoutKind: 'arena',
  capacity: 10_000,
  countryCode: 'DE',
  categories: ['1', '2', '3', '4'],
  sourcePrice: null,
};
const amounts = (prices: { prices: { amount: number }[] }) => prices.prices.map(({ amount }) => amount);

test('prices fall by category, are rounded and deterministic', () => {
  const priced = priceSale(request);
  expect(priced.currency).toBe('EUR');
  expect(amounts(priced)).toEqual(amounts(priced).toSorted((a, b) => b - a));
  expect(new Set(amounts(priced)).size).toBe(4);
  expect(amounts(priced).every((amount) => amount > 0 && amount % 100 === 0)).toBe(true);
  expect(priceSale(request)).toEqual(priced);
});

test('an arena costs more than a club, and yen have no cents', () => {
  const [arena] = amounts(priceSale(request));
  const [club] = amounts(priceSale({ ...request, layoutKind: 'club' }));
  expect(arena!).toBeGreaterThan(club!);
  const [yen] = amounts(priceSale({ ...request, countryCode: 'JP' }));
  expect(yen!).toBeGreaterThan(5_000);
  expect(yen!).toBeLessThan(60_000);
});

test('source prices are kept: the highest for the first category, the lowest for the last', () => {
  const sourcePrice = { min: 9.85, max: 57.85, currency: 'CAD' };
  const priced = priceSale({ ...request, sourcePrice });
  expect(priced.currency).toBe('CAD');
  expect([amounts(priced).at(0), amounts(priced).at(-1)]).toEqual([5_785, 985]);
  expect(amounts(priceSale({ ...request, sourcePrice: { min: 0, max: 40, currency: 'CAD' } }))).toEqual([
    4_000, 3_000, 2_000, 1_000,
  ]);
  expect(amounts(priceSale({ ...request, categories: ['Standing'], sourcePrice }))).toEqual([5_785]);
});

test('a bundled plan has its own prices, if they can be paid', () => {
  expect(pricesOfPlan('KWD', [1.254, 0]).prices).toEqual([
    { tier: 0, amount: 1_250 },
    { tier: 1, amount: 0 },
  ]);
  expect(pricesOfPlan('JPY', [425, 20])).toEqual({
    currency: 'JPY',
    prices: [
      { tier: 0, amount: 425 },
      { tier: 1, amount: 50 },
    ],
  });
});
