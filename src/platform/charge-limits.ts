import { formatMoney, minorUnitDigits, type Money } from './money.ts';

/** Amounts that can be charged: `min`, `max` and the multiples of `step` between them. */
export interface ChargeLimits {
  min: number;
  max: number;
  step: number;
}

/** How Stripe counts a currency, and what it charges, in its units. */
export interface StripeCurrency extends ChargeLimits {
  /** Decimals of an amount in Stripe's units; for some currencies others than in ISO 4217. */
  digits: number;
}

const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '));

// Source of all that follows: docs.stripe.com/currencies (2025 and 2026) and the API reference of PaymentIntent.amount.
// Decision 0028 says which was taken where they differ.

/** #presentment-currencies, of accounts in the US; the five of three decimals are those of accounts in the UAE. */
const CHARGED = codes(
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC ' +
    'CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES ' +
    'KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR ' +
    'NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TND TOP TRY TTD ' +
    'TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW',
);

/** #zero-decimal, without UGX. */
const ZERO_DECIMAL = codes('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF');

/** #three-decimal: the last digit has to be 0. */
const THREE_DECIMAL = codes('BHD JOD KWD OMR TND');

/** #special-cases: hundredths that have to be 00. HUF and TWD are special in payouts only. */
const WHOLE_IN_HUNDREDTHS = codes('ISK UGX');

/** #minimum-and-maximum-charge-amounts, where it is not 50. */
const MIN_AMOUNTS: Readonly<Record<string, number>> = {
  AED: 200,
  BGN: 100,
  CZK: 1_500,
  DKK: 250,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  MXN: 1_000,
  MYR: 200,
  NOK: 300,
  PLN: 200,
  RON: 200,
  SEK: 300,
  THB: 1_000,
};

/** 0.50 USD, EUR, …; 50 JPY and KRW. Currencies without a minimum of their own follow these. */
const DEFAULT_MIN_AMOUNT = 50;

/** Eight digits, except where the page names the currency. */
const DEFAULT_MAX_AMOUNT = 99_999_999;
const MAX_AMOUNTS: Readonly<Record<string, number>> = {
  COP: 9_999_999_999,
  HUF: 999_999_999_999,
  IDR: 999_999_999_999,
  INR: 999_999_999,
  LBP: 999_999_999_999,
};

/** How Stripe counts and charges a currency (ISO 4217 code); null: it does not. */
export function stripeCurrency(currency: string): StripeCurrency | null {
  if (!CHARGED.has(currency)) return null;
  const max = MAX_AMOUNTS[currency] ?? DEFAULT_MAX_AMOUNT;
  const min = MIN_AMOUNTS[currency] ?? DEFAULT_MIN_AMOUNT;
  if (ZERO_DECIMAL.has(currency)) return { digits: 0, min, max, step: 1 };
  if (THREE_DECIMAL.has(currency)) return { digits: 3, min: 10 * min, max: max - (max % 10), step: 10 };
  if (WHOLE_IN_HUNDREDTHS.has(currency))
    return { digits: 2, min: 100 * min, max: max - (max % 100), step: 100 };
  return { digits: 2, min, max, step: 1 };
}

const limits = new Map<string, ChargeLimits | null>();

/** What can be charged in a currency, in minor units of ISO 4217; null: nothing. */
export function chargeLimits(currency: string): ChargeLimits | null {
  let known = limits.get(currency);
  if (known === undefined && CHARGED.has(currency)) limits.set(currency, (known = inMinorUnits(currency)));
  return known ?? null;
}

/** MGA has two decimals in ISO 4217 and none at Stripe; ISK and UGX the reverse. */
function inMinorUnits(currency: string): ChargeLimits | null {
  const counted = stripeCurrency(currency);
  if (counted === null) return null;
  const { digits, min, max, step } = counted;
  const shift = minorUnitDigits(currency) - digits;
  const convert = (amount: number) => (shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift);
  return { min: convert(min), max: convert(max), step: Math.max(1, convert(step)) };
}

/** The largest amount up to this one that can be charged or refunded in a currency, whatever its limits: a multiple of its step. */
export function chargeableUpTo({ amount, currency }: Money): number {
  const step = chargeLimits(currency)?.step ?? 1;
  return Math.floor(amount / step) * step;
}

/**
 * Why a price cannot be paid for up to `tickets` at once; null if it can, or if the ticket is free. Prices without a problem
 * have sums without one.
 */
export function priceProblem(amount: number, currency: string, tickets: number): string | null {
  if (amount < 0) return 'must not be negative';
  const charged = chargeLimits(currency);
  if (amount === 0 || charged === null) return null;
  const { min, max, step } = charged;
  const described = (limit: number) => `${limit} (${formatMoney({ amount: limit, currency })})`;
  const most = Math.floor(max / tickets / step) * step;
  if (amount < min) return `must be 0 or at least ${described(min)}, the smallest charge`;
  if (amount > most) {
    const why =
      tickets === 1
        ? 'the largest charge'
        : `so that ${tickets} tickets together stay within the largest charge, ${described(max)}`;
    return `must be at most ${described(most)}, ${why}`;
  }
  if (amount % step !== 0) return `must be a multiple of ${described(step)}`;
  return null;
}

/** The price nearest to `amount` that can be paid for up to `tickets` at once; 0 stays free of charge. */
export function nearestPrice(amount: number, currency: string, tickets: number): number {
  const charged = chargeLimits(currency);
  if (amount <= 0 || charged === null) return 0;
  const { min, max, step } = charged;
  const most = Math.floor(max / tickets / step) * step;
  return Math.min(most, Math.max(min, Math.round(amount / step) * step));
}
