/** An amount in integer minor units (cents, yen) of an ISO 4217 currency. */
export interface Money {
  amount: number;
  currency: string;
}

/** The sum of amounts of one currency. Throws a RangeError beyond 2^53 − 1, where numbers are rounded. */
export function sumOf(amounts: readonly number[]): number {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  if (!Number.isSafeInteger(sum)) throw new RangeError('a sum of amounts is not a safe integer');
  return sum;
}

/** Whether amount and currency are equal. */
export const sameMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/**
 * Decimals by ISO 4217 where they are not two. Node's own table is for display: it gives forints and rupiahs none, and may
 * change with any version, while stored amounts must not.
 */
export const UNUSUAL_DECIMALS: ReadonlyMap<string, number> = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** Decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorUnitDigits = (currency: string): number => UNUSUAL_DECIMALS.get(currency) ?? 2;

/** Cached by currency: creating a format takes 30 µs, a hundred times as long as using it. */
const formats = new Map<string, Intl.NumberFormat>();

/** Format money for display, in English: `€12.50`, `¥1,200`. */
export function formatMoney({ amount, currency }: Money): string {
  const digits = minorUnitDigits(currency);
  let format = formats.get(currency);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(currency, format);
  }
  return format.format(decimalText(amount, digits));
}

/** An amount in major units as a decimal, exactly: division would round the last digit of long ones. */
export function decimalText(amount: number, digits: number): Intl.StringNumericLiteral {
  const figures = Math.abs(amount)
    .toString()
    .padStart(digits + 1, '0');
  const whole = figures.slice(0, figures.length - digits);
  const text = digits === 0 ? whole : `${whole}.${figures.slice(-digits)}`;
  return (amount < 0 ? `-${text}` : text) as Intl.StringNumericLiteral;
}
