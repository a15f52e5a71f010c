import { minorUnitDigits, type Money } from '../../platform/money.ts';

/** Currencies that Stripe counts in whole units (docs.stripe.com/currencies#zero-decimal). Króna and shilling are not among them. */
const ZERO_DECIMAL = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Currencies that Stripe counts in thousandths. */
const THREE_DECIMAL = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * Write a sum the way Stripe counts it: in hundredths, unless the currency is one of those above. We count in what
 * people count in, so a sum of krónur becomes a hundredfold. Throws where Stripe has no such sum.
 */
export function toStripeAmount({ amount, currency }: Money): { amount: number; currency: string } {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  const scaled = amount * 10 ** (digits - minorUnitDigits(currency));
  if (!Number.isSafeInteger(scaled)) throw new RangeError(`Stripe cannot charge ${amount} of ${currency}`);
  return { amount: scaled, currency: currency.toLowerCase() };
}
