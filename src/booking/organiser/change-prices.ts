import {
  changesBetween,
  eventNotChangeable,
  readPriceTiers,
  recordAudit,
  updatePriceTiers,
  updateSaleState,
  type EventRow,
  type PricedTier,
} from '../../catalog/index.ts';
import type { ChangePricesInput, FieldProblem, PriceChangeInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { chargeLimits, priceProblem } from '../../platform/charge-limits.ts';
import type { Platform } from '../../platform/index.ts';
import { invalidInput } from '../../platform/outcomes.ts';
import { cleanLine } from '../../platform/text/clean.ts';
import { lengthProblem } from '../../platform/text/visible.ts';
import { LookAlikes, MAX_LABEL_LENGTH } from '../../seating-plan/index.ts';
import { pricesChanged } from '../outcomes.ts';
import { changeOwnEvent } from './change-own-event.ts';

/**
 * Change prices and names of price tiers of an Event on sale, for what is reserved from then on. A Reservation keeps its total, which
 * `insertHolds` sums up from one snapshot of all prices.
 */
export function changePrices(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  { event: globalId, prices }: ChangePricesInput,
) {
  const request = { useCase: 'changePrices', event: globalId };
  return changeOwnEvent(platform, viewer, request, async (tx, event) => {
    if (event.status !== 'ON_SALE' || event.currency === null)
      return eventNotChangeable(event, 'The Event is not on sale: `publishEvent` sets its prices.');
    const before = (await readPriceTiers(tx, [event.id])).toSorted((a, b) => a.tier - b.tier);
    const after = before.map((tier) => withChange(tier, prices));
    const problems = problemsOf(prices, after, { ...event, currency: event.currency });
    if (problems.length > 0) return invalidInput(problems);

    const changed = after.filter((tier, index) => isOther(tier, before[index]!));
    if (changed.length === 0) return pricesChanged(event);
    await updatePriceTiers(tx, event.id, changed);
    const amounts = after.map(({ amount }) => amount);
    const repriced = await updateSaleState(tx, event.id, {
      prices: { lowest: Math.min(...amounts), highest: Math.max(...amounts) },
    });
    const changes = changesBetween(inAuditTerms(before), inAuditTerms(after));
    await recordAudit(tx, viewer, event, 'changePrices', changes);
    return pricesChanged(repriced);
  });
}

function withChange(tier: PricedTier, prices: readonly PriceChangeInput[]): PricedTier {
  const change = prices.find((price) => price.tier === tier.tier);
  return {
    ...tier,
    amount: change?.amount ?? tier.amount,
    name: change?.name == null ? tier.name : cleanLine(change.name, MAX_LABEL_LENGTH),
  };
}

const isOther = (a: PricedTier, b: PricedTier): boolean => a.amount !== b.amount || a.name !== b.name;

const inAuditTerms = (tiers: readonly PricedTier[]): Record<string, string | number> =>
  Object.fromEntries(
    tiers.flatMap(({ tier, name, amount }): [string, string | number][] => [
      [`prices.${tier}`, amount],
      [`names.${tier}`, name],
    ]),
  );

function problemsOf(
  prices: readonly PriceChangeInput[],
  after: readonly PricedTier[],
  event: Pick<EventRow, 'ticketLimit'> & { currency: string },
): FieldProblem[] {
  if (prices.length === 0) return [{ path: ['prices'], message: 'must have at least one change' }];
  const seen = new Set<number>();
  return prices.flatMap(({ tier, name, amount }, index): FieldProblem[] => {
    const path = ['prices', String(index)];
    const changed = after.find((candidate) => candidate.tier === tier);
    if (changed === undefined)
      return [{ path: [...path, 'tier'], message: `must be 0 to ${after.length - 1}` }];
    if (seen.has(tier)) return [{ path: [...path, 'tier'], message: 'is listed twice' }];
    seen.add(tier);
    if (name == null && amount == null) return [{ path, message: 'must have a `name` or an `amount`' }];
    const amountProblem = amount == null ? null : problemOfAmount(amount, event);
    const nameProblem = name == null ? null : problemOfName(changed, after);
    return [
      ...(amountProblem === null ? [] : [{ path: [...path, 'amount'], message: amountProblem }]),
      ...(nameProblem === null ? [] : [{ path: [...path, 'name'], message: nameProblem }]),
    ];
  });
}

const problemOfAmount = (
  amount: number,
  { currency, ticketLimit }: { currency: string; ticketLimit: number },
): string | null =>
  chargeLimits(currency) === null && amount > 0
    ? `must be 0: ${currency} cannot be charged`
    : priceProblem(amount, currency, ticketLimit);

function problemOfName({ tier, name }: PricedTier, after: readonly PricedTier[]): string | null {
  const others = after.filter((other) => other.tier !== tier).map((other) => other.name);
  if (others.includes(name)) return 'is the name of another tier';
  const lookAlikes = new LookAlikes('labels');
  for (const other of others) lookAlikes.add(other);
  return lengthProblem(name, MAX_LABEL_LENGTH, 1) ?? lookAlikes.add(name);
}
