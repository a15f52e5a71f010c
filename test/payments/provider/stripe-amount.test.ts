import fc from 'fast-check';
import { expect, test } from 'vitest';

import { checkPriceList } from '../../../src/booking/organiser/price-list.ts';
import { toStripeAmount } from '../../../src/payments/provider/stripe-amount.ts';
import { chargeLimits } from '../../../src/platform/charge-limits.ts';
import { formatMoney, minorUnitDigits } from '../../../src/platform/money.ts';
import { requireChargeable, requireCurrency } from '../../../src/stripe-emulator/amounts.ts';

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

test('a currency that Stripe does not charge, or a fraction that it does not count, is not sent', () => {
  expect(() => toStripeAmount({ amount: 5_000, currency: 'IRR' })).toThrow(RangeError);
  expect(() => toStripeAmount({ amount: 1_255, currency: 'KWD' })).toThrow(RangeError);
  expect(() => toStripeAmount({ amount: 5_001, currency: 'MGA' })).toThrow(RangeError);
});

test('any accepted price list can be paid for any accepted number of tickets', () => {
  const currencies = Intl.supportedValuesOf('currency').filter((code) => chargeLimits(code) !== null);
  const order = fc.constantFrom(...currencies).chain((currency) => {
    const { min, max, step } = chargeLimits(currency)!;
    const amount = fc.oneof(
      fc.constant(0),
      fc.integer({ min: -1, max: 2 * max }),
      fc.integer({ min: 0, max: 3 * min }),
      fc.integer({ min: 0, max: Math.ceil(max / step) }).map((steps) => steps * step),
      fc.integer({ min: 1, max: 100 }).map((limit) => Math.floor(max / limit)),
      fc.integer({ min: 1, max: 100 }).map((limit) => Math.floor(max / limit / step) * step),
    );
    return fc.record({
      currency: fc.constant(currency),
      amounts: fc.array(amount, { minLength: 1, maxLength: 3 }),
      ticketLimit: fc.integer({ min: 1, max: 100 }),
      choices: fc.array(fc.nat(), { minLength: 1, maxLength: 100 }),
    });
  });
  let paid = 0;
  fc.assert(
    fc.property(order, ({ currency, amounts, ticketLimit, choices }) => {
      const prices = amounts.map((amount, tier) => ({ tier, amount }));
      if (checkPriceList({ currency, prices }, amounts.map(String), ticketLimit).length > 0) return;
      const tickets = choices.slice(0, ticketLimit).map((choice) => amounts[choice % amounts.length]!);
      const amount = tickets.reduce((sum, price) => sum + price, 0);
      if (amount === 0) return; // free of charge
      const charge = toStripeAmount({ amount, currency });
      requireChargeable(charge.amount, requireCurrency(charge.currency));
      paid++;
    }),
    { numRuns: 5_000 },
  );
  expect(paid).toBeGreaterThan(500);
});
