/** An amount in integer minor units (cents, yen) of an ISO 4217 currency. */
export interface Money {
  amount: number;
  currency: string;
}

/** Add up amounts that the caller knows to be of one currency. */
export function total(amounts: readonly number[], currency: string): Money {
  return { amount: amounts.reduce((sum, amount) => sum + amount, 0), currency };
}

/** Tell whether two sums of money are the same. */
export const sameMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorUnitDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** Write money for people, in the given language: `€ 12.50`, `¥1,200`. */
export function formatMoney({ amount, currency }: Money, locale = 'en'): string {
  const value = amount / 10 ** minorUnitDigits(currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value);
}
