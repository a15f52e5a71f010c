import type { FieldProblem, PublishEventInput } from '../../generated/graphql.ts';

/** GraphQL's Int and the column have 32 bits, and one buyer's tickets are paid together. */
const MAX_AMOUNT = 2_147_483_647;

/** ISO 4217 codes that this Node knows, without those for no currency and for testing. */
const CURRENCIES = new Set(
  Intl.supportedValuesOf('currency').filter((code) => code !== 'XXX' && code !== 'XTS'),
);

export interface TierPrice {
  tier: number;
  amount: number;
}

/** Validate a price list against the categories of a plan: a known currency, and one price for each category. */
export function checkPriceList(
  { currency, prices }: Pick<PublishEventInput, 'currency' | 'prices'>,
  categories: readonly string[],
  ticketLimit: number,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!CURRENCIES.has(currency)) problems.push({ path: ['currency'], message: 'is not an ISO 4217 code' });

  const maxAmount = Math.floor(MAX_AMOUNT / ticketLimit);
  const seen = new Set<number>();
  prices.forEach(({ tier, amount }, index) => {
    const path = ['prices', String(index)];
    if (categories[tier] === undefined) {
      problems.push({ path: [...path, 'tier'], message: `must be 0 to ${categories.length - 1}` });
    } else if (seen.has(tier)) problems.push({ path: [...path, 'tier'], message: 'is listed twice' });
    seen.add(tier);
    if (amount < 0) problems.push({ path: [...path, 'amount'], message: 'must not be negative' });
    if (amount > maxAmount)
      problems.push({ path: [...path, 'amount'], message: `must be at most ${maxAmount}` });
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
