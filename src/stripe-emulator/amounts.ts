import { formatMoney } from '../platform/money.ts';
import { invalidRequest } from './api-error.ts';

/** Stripe's minimum charges in minor units; elsewhere it is what 0.50 USD is worth, which we take as 50. */
const MINIMUM: Record<string, number> = {
  aed: 200,
  bgn: 100,
  czk: 1_500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1_000,
};

/** Stripe takes up to eight digits, whatever the currency. */
const MAXIMUM = 99_999_999;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** Require a currency there is, and return it the way Stripe writes it. */
export function requireCurrency(currency: string): string {
  const code = currency.toLowerCase();
  if (CURRENCIES.has(code)) return code;
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: usd, eur, …`,
    {
      param: 'currency',
    },
  );
}

/** Require an amount that Stripe would charge. */
export function requireChargeable(amount: number, currency: string): void {
  const least = MINIMUM[currency] ?? 50;
  if (amount < least) {
    const message = `Amount must be at least ${written(least, currency)} ${currency}`;
    throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > MAXIMUM) {
    const message = `Amount must be no more than ${written(MAXIMUM, currency)}`;
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount' });
  }
}

/** Write an amount as Stripe's messages do: `$12.50`. */
export function written(amount: number, currency: string): string {
  return formatMoney({ amount, currency: currency.toUpperCase() });
}
