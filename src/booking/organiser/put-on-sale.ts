import { markOnSale } from '../../catalog/index.ts';
import { chargeLimits, priceProblem } from '../../platform/charge-limits.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { type SeatingPlanLayout } from '../../seating-plan/index.ts';
import { accessiblePlaces } from '../stock/accessible-places.ts';
import { countStock, writeStock } from '../store/event-stock.ts';
import { makeTickets, type TierRange } from '../store/make-tickets.ts';
import type { TierPrice } from './price-list.ts';

/**
 * Put an Event on sale: insert its prices and a ticket for every place of its plan, in three statements of any size; an Event that was
 * withdrawn has its tickets (`hasTickets`). Returns the number of tickets; `null`: the Event's state does not allow a sale.
 *
 * Expects one price for each category. The importer calls this, too. Throws if a price can never be paid.
 */
export async function putOnSale(
  tx: Tx,
  eventId: string,
  layout: Pick<SeatingPlanLayout, 'categories' | 'sections' | 'places'>,
  { currency, prices }: { currency: string; prices: readonly TierPrice[] },
  { hasTickets }: { hasTickets: boolean } = { hasTickets: false },
): Promise<number | null> {
  for (const { amount } of prices) {
    const problem =
      chargeLimits(currency) === null && amount > 0 ? 'cannot be charged' : priceProblem(amount, currency, 1);
    if (problem !== null) throw new RangeError(`a price of ${amount} ${currency} ${problem}`);
  }
  const tiers = prices.map(({ tier, amount }) => ({
    tier,
    amount,
    name: layout.categories[tier] ?? String(tier),
  }));
  if (!(await markOnSale(tx, eventId, { currency, tiers }))) return null;
  const accessible = accessiblePlaces(layout);
  const stock = hasTickets
    ? await countStock(tx, eventId, accessible)
    : {
        available: await makeTickets(tx, eventId, tierRanges(layout)),
        accessible: accessible.length,
      };
  await writeStock(tx, eventId, stock);
  return layout.places;
}

/** Ranges of places by tier; adjacent ranges of one tier are merged. */
export function tierRanges({ sections }: Pick<SeatingPlanLayout, 'sections'>): TierRange[] {
  const ranges: TierRange[] = [];
  const add = (first: number, places: number, tier: number) => {
    const previous = ranges.at(-1);
    if (previous?.tier === tier && previous.last === first - 1) previous.last = first + places - 1;
    else ranges.push({ first, last: first + places - 1, tier });
  };
  for (const section of sections) {
    if (section.kind === 'GENERAL_ADMISSION') add(section.firstPlace, section.places, section.category);
    else for (const row of section.rows) add(row.firstPlace, row.seats.length, row.category);
  }
  return ranges;
}
