import { stripeCurrency, type StripeCurrency } from '../platform/charge-limits.ts';
import { decimalText } from '../platform/money.ts';
import { invalidRequest } from './api-error.ts';

/** Validate a currency code; returns it in lower case, as Stripe does. */
export function requireCurrency(currency: string): string {
  if (stripeCurrency(currency.toUpperCase()) !== null) return currency.toLowerCase();
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: usd, eur, …`,
    {
      param: 'currency',
    },
  );
}

/** Throw unless Stripe would charge this amount. */
export function requireChargeable(amount: number, currency: string): void {
  const { min, max } = limitsOf(currency);
  if (amount < min) {
    const message = `Amount must be at least ${formatAmount(min, currency)} ${currency}`;
    throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > max) {
    const message = `Amount must be no more than ${formatAmount(max, currency)}`;
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount' });
  }
  requireStep(amount, currency);
}

/** Throw unless the currency can express the amount, of a charge, a capture or a refund: KWD in tens, ISK in hundreds. */
export function requireStep(amount: number, currency: string, param = 'amount'): void {
  const { step } = limitsOf(currency);
  if (amount % step === 0) return;
  const message = `Invalid ${param}: amounts in ${currency} must be evenly divisible by ${step}`;
  throw invalidRequest(message, { code: 'parameter_invalid_integer', param });
}

/** Format an amount in Stripe's units as in its messages: `$12.50`. */
export function formatAmount(amount: number, currency: string): string {
  const { digits } = limitsOf(currency);
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimalText(amount, digits));
}

function limitsOf(currency: string): StripeCurrency {
  const limits = stripeCurrency(currency.toUpperCase());
  if (limits === null) throw new Error(`${currency} was not validated`);
  return limits;
}
