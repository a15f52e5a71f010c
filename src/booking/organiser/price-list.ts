import type { FieldProblem, PublishEventInput } from '../../generated/graphql.ts';

/** GraphQL and the database count money in 32 bits, and one buyer's tickets are paid for together. */
const MAX_AMOUNT = 2_147_483_647;

/** The ISO 4217 codes this Node knows; those for no currency and for testing are not among them. */
const CURRENCIES = new Set(
  Intl.supportedValuesOf('currency').filter((code) => code !== 'XXX' && code !== 'XTS'),
);

/** The price of one category. */
export interface TierPrice {
  tier: number;
  amount: number;
}

/** Check a price list against the categories of a plan: a currency that exists, and one price for each category. */
export function checkPriceList(
  { currency, prices }: Pick<PublishEventInput, 'currency' | 'prices'>,
  categories: readonly string[],
  ticketLimit: number,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!CURRENCIES.has(currency)) problems.push({ path: ['currency'], message: 'is not an ISO 4217 code' });

  const dearest = Math.floor(MAX_AMOUNT / ticketLimit);
  const seen = new Set<number>();
  prices.forEach(({ tier, amount }, index) => {
    const path = ['prices', String(index)];
    if (categories[tier] === undefined) {
      problems.push({ path: [...path, 'tier'], message: `must be 0 to ${categories.length - 1}` });
    } else if (seen.has(tier)) problems.push({ path: [...path, 'tier'], message: 'is listed twice' });
    seen.add(tier);
    if (amount < 0) problems.push({ path: [...path, 'amount'], message: 'must not be negative' });
    if (amount > dearest) problems.push({ path: [...path, 'amount'], message: `must be at most ${dearest}` });
  });

  const missing = [...categories.keys()].filter((tier) => !seen.has(tier));
  if (missing.length > 0) {
    problems.push({
      path: ['prices'],
      message: `must have one for each category; missing: ${missing.join(', ')}`,
    });
  }
  return problems;
}
