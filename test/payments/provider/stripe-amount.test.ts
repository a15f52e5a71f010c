import { expect, test } from 'vitest';

import { toStripeAmount } from '../../../src/payments/provider/stripe-amount.ts';
import { formatMoney, minorUnitDigits } from '../../../src/platform/money.ts';

test('EUR is charged in cents, JPY in whole units, KWD in thousandths', () => {
  expect(toStripeAmount({ amount: 1_250, currency: 'EUR' })).toEqual({ amount: 1_250, currency: 'eur' });
  expect(toStripeAmount({ amount: 1_250, currency: 'JPY' })).toEqual({ amount: 1_250, currency: 'jpy' });
  expect(toStripeAmount({ amount: 12_500, currency: 'KWD' })).toEqual({ amount: 12_500, currency: 'kwd' });
});

test('ISK and UGX have no minor unit, but are charged in hundredths', () => {
  expect(toStripeAmount({ amount: 5_000, currency: 'ISK' })).toEqual({ amount: 500_000, currency: 'isk' });
  expect(toStripeAmount({ amount: 5_000, currency: 'UGX' })).toEqual({ amount: 500_000, currency: 'ugx' });
});

test('the displayed amount is the charged amount in every currency', () => {
  const whole = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
  for (const currency of ['HUF', 'TWD', 'IDR', 'COP', 'EUR', 'ISK', ...whole]) {
    const thousand = 1_000 * 10 ** minorUnitDigits(currency);
    expect(formatMoney({ amount: thousand, currency })).toMatch(/1,000(\.0+)?$/);
    const charged = toStripeAmount({ amount: thousand, currency }).amount;
    expect(charged, currency).toBe(whole.includes(currency) ? 1_000 : 100_000);
  }
});

test('a sum that Stripe cannot count is not rounded', () => {
  expect(() => toStripeAmount({ amount: 1.5, currency: 'EUR' })).toThrow(RangeError);
});
