import { expect, test } from 'vitest';

import {
  chargeLimits,
  nearestPrice,
  priceProblem,
  stripeCurrency,
} from '../../src/platform/charge-limits.ts';

// docs.stripe.com/currencies, "Minimum charge amount by currency", in Stripe's units; 1 BGN until 2026
const DOCUMENTED_MINIMUMS =
  'usd 50 aed 200 ars 50 aud 50 bgn 100 brl 50 cad 50 chf 50 cop 50 czk 1500 dkk 250 eur 50 gbp 30 hkd 400 huf 17500 idr 50 ' +
  'ils 50 inr 50 jpy 50 krw 50 mxn 1000 myr 200 nok 300 nzd 50 php 50 pln 200 ron 200 rub 50 sek 300 sgd 50 thb 1000 zar 50';

test.each(
  [...DOCUMENTED_MINIMUMS.matchAll(/(?<code>\w{3}) (?<min>\d+)/g)].map(
    ({ groups }) => [groups!['code']!, Number(groups!['min'])] as const,
  ),
)('the smallest charge in %s is %i', (code, min) =>
  expect(stripeCurrency(code.toUpperCase())?.min).toBe(min),
);

test.each([
  ['EUR', { min: 50, max: 99_999_999, step: 1 }],
  ['JPY', { min: 50, max: 99_999_999, step: 1 }],
  ['KRW', { min: 50, max: 99_999_999, step: 1 }],
  ['IDR', { min: 50, max: 999_999_999_999, step: 1 }],
  ['COP', { min: 50, max: 9_999_999_999, step: 1 }],
  ['INR', { min: 50, max: 999_999_999, step: 1 }],
  ['HUF', { min: 17_500, max: 999_999_999_999, step: 1 }],
  ['TWD', { min: 50, max: 99_999_999, step: 1 }], // whole units only in payouts
  ['KWD', { min: 500, max: 99_999_990, step: 10 }], // thousandths whose last digit is 0
  ['ISK', { min: 50, max: 999_999, step: 1 }], // hundredths that are 00, for Stripe; no decimals in ISO 4217
  ['UGX', { min: 50, max: 999_999, step: 1 }],
  ['MGA', { min: 5_000, max: 9_999_999_900, step: 100 }], // no decimals at Stripe, two in ISO 4217
])('in minor units of ISO 4217, %s can be charged within %o', (currency, limits) => {
  expect(chargeLimits(currency)).toEqual(limits);
});

test('some currencies are not charged', () => {
  for (const currency of ['CUP', 'IRR', 'KPW', 'SYP', 'IQD', 'CLF', 'XXX', 'eur', '']) {
    expect([stripeCurrency(currency), chargeLimits(currency)], currency).toEqual([null, null]);
  }
});

test.each([
  ['EUR', 10, 10, 'must be 0 or at least 50 (€0.50), the smallest charge'],
  ['JPY', 1, 10, 'must be 0 or at least 50 (¥50), the smallest charge'],
  ['USD', 100_000_000, 1, 'must be at most 99999999 ($999,999.99), the largest charge'],
  [
    'USD',
    10_000_000,
    10,
    'must be at most 9999999 ($99,999.99), so that 10 tickets together stay within the largest charge, 99999999 ($999,999.99)',
  ],
  ['KWD', 1_255, 10, 'must be a multiple of 10 (KWD 0.010)'],
  ['MGA', 5_001, 10, 'must be a multiple of 100 (MGA 1.00)'],
  ['EUR', -1, 10, 'must not be negative'],
  ['EUR', 0, 10, null],
  ['EUR', 50, 10, null],
  ['IDR', 250_000_000, 10, null],
  ['KWD', 1_250, 10, null],
] as const)('a price of %s %i, up to %i tickets', (currency, amount, tickets, expected) => {
  expect(priceProblem(amount, currency, tickets)?.replaceAll('\u00A0', ' ') ?? null).toBe(expected);
});

test('the nearest price can be paid', () => {
  expect(nearestPrice(10, 'EUR', 10)).toBe(50);
  expect(nearestPrice(1_255, 'KWD', 10)).toBe(1_260);
  expect(nearestPrice(1e12, 'USD', 10)).toBe(9_999_999);
  expect(nearestPrice(0, 'EUR', 10)).toBe(0);
});
