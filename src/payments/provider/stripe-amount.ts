import { stripeCurrency } from '../../platform/charge-limits.ts';
import { minorUnitDigits, type Money } from '../../platform/money.ts';

const shiftOf = (currency: string): number =>
  (stripeCurrency(currency)?.digits ?? minorUnitDigits(currency)) - minorUnitDigits(currency);

/**
 * Convert minor units of ISO 4217 to Stripe's. ISK has no minor unit in ISO 4217 and hundredths at Stripe, so its amounts are
 * multiplied by 100. Throws a RangeError for an amount or a currency that Stripe cannot count; minimum and maximum are left to it.
 */
export function toStripeAmount({ amount, currency }: Money): { amount: number; currency: string } {
  const counted = stripeCurrency(currency);
  const shift = shiftOf(currency);
  const scaled = shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift;
  if (counted === null || !Number.isSafeInteger(scaled) || scaled % counted.step !== 0)
    throw new RangeError(`Stripe cannot charge ${amount} of ${currency}`);
  return { amount: scaled, currency: currency.toLowerCase() };
}

/** Convert an amount of Stripe to minor units of ISO 4217; what they cannot express, which Stripe does not charge, is cut off. */
export function fromStripeAmount({ amount, currency }: { amount: number; currency: string }): Money {
  const code = currency.toUpperCase();
  const shift = shiftOf(code);
  return { amount: Math.trunc(shift >= 0 ? amount / 10 ** shift : amount * 10 ** -shift), currency: code };
}
