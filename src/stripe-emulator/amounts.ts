import { formatMoney } from '../platform/money.ts';
import { invalidRequest } from './api-error.ts';

/** Stripe's minimum charges in its minor units. For other currencies Stripe converts 0.50 USD; the emulator takes 50. */
const MIN_AMOUNTS: Record<string, number> = {
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

/** Eight digits, in every currency. */
const MAX_AMOUNT = 99_999_999;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** Validate a currency code; returns it in lower case, as Stripe does. */
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

/** Throw unless Stripe would charge this amount. */
export function requireChargeable(amount: number, currency: string): void {
  const minimum = MIN_AMOUNTS[currency] ?? 50;
  if (amount < minimum) {
    const message = `Amount must be at least ${formatAmount(minimum, currency)} ${currency}`;
    throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > MAX_AMOUNT) {
    const message = `Amount must be no more than ${formatAmount(MAX_AMOUNT, currency)}`;
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount' });
  }
}

/** Format an amount as in Stripe's messages: `$12.50`. */
export function formatAmount(amount: number, currency: string): string {
  return formatMoney({ amount, currency: currency.toUpperCase() });
}
