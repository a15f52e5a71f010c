import { minorUnitDigits, type Money } from '../../platform/money.ts';

/** Currencies that Stripe counts in whole units (docs.stripe.com/currencies#zero-decimal). ISK and UGX are not among them. */
const ZERO_DECIMAL = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Currencies that Stripe counts in thousandths. */
const THREE_DECIMAL = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * Convert minor units of ISO 4217 to Stripe's: hundredths, unless the currency is listed above. ISK has no minor unit in ISO
 * 4217, so its amounts are multiplied by 100. Throws a RangeError for an amount that Stripe cannot represent.
 */
export function toStripeAmount({ amount, currency }: Money): { amount: number; currency: string } {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  const scaled = amount * 10 ** (digits - minorUnitDigits(currency));
  if (!Number.isSafeInteger(scaled)) throw new RangeError(`Stripe cannot charge ${amount} of ${currency}`);
  return { amount: scaled, currency: currency.toLowerCase() };
}
