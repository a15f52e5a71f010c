import type { FieldProblem, PublishEventInput } from '../../generated/graphql.ts';
import { chargeLimits, priceProblem } from '../../platform/charge-limits.ts';

/** ISO 4217 codes that this Node knows, without those for no currency and for testing. */
const CURRENCIES = new Set(
  Intl.supportedValuesOf('currency').filter((code) => code !== 'XXX' && code !== 'XTS'),
);

export interface TierPrice {
  tier: number;
  amount: number;
}

/** Validate a price list: a known currency, one price for each category, and every order of it can be paid for. */
export function checkPriceList(
  { currency, prices }: Pick<PublishEventInput, 'currency' | 'prices'>,
  categories: readonly string[],
  ticketLimit: number,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!CURRENCIES.has(currency))
    problems.push({
      path: ['currency'],
      message: 'is not an ISO 4217 code: three upper-case letters, like `EUR`',
    });
  else if (chargeLimits(currency) === null && prices.some(({ amount }) => amount > 0))
    problems.push({ path: ['currency'], message: 'cannot be charged: prices in it must be 0' });

  const seen = new Set<number>();
  prices.forEach(({ tier, amount }, index) => {
    const path = ['prices', String(index)];
    if (categories[tier] === undefined) {
      problems.push({ path: [...path, 'tier'], message: `must be 0 to ${categories.length - 1}` });
    } else if (seen.has(tier)) problems.push({ path: [...path, 'tier'], message: 'is listed twice' });
    seen.add(tier);
    const problem = priceProblem(amount, currency, ticketLimit);
    if (problem !== null) problems.push({ path: [...path, 'amount'], message: problem });
  });

  const missing = [...categories.keys()].filter((tier) => !seen.has(tier));
  if (missing.length > 0) {
    problems.push({
      path: ['prices'],
      message: `must have one price for each category; missing: ${missing.join(', ')}`,
    });
  }
  return problems;
}
