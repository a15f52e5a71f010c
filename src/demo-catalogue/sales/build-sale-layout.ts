import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { generateLayout, readBlockPlan, readPretixPlan } from '../../seating-plan/index.ts';
import type { SeatingPlanLayout } from '../../seating-plan/index.ts';
import type { SaleCandidate } from './choose-sales.ts';

/** The layout of an Event's Venue; `prices` come with a bundled plan, in major currency units. */
export interface SaleLayout {
  layout: SeatingPlanLayout;
  prices: number[] | null;
}

/** Ids of the Venues that use the two bundled plans, neither of which names its venue. */
export interface BundledPlans {
  theatre: string | undefined;
  concertHall: string | undefined;
}

/** Assign the bundled plans to the first theatre and the first concert hall of unknown capacity on sale. */
export function assignBundledPlans(sales: readonly SaleCandidate[]): BundledPlans {
  const firstOfKind = (kind: string): string | undefined =>
    sales.find((sale) => sale.layoutKind === kind && !sale.capacityIsKnown)?.venue.id;
  return { theatre: firstOfKind('theatre'), concertHall: firstOfKind('concert hall') };
}

/** Build the layout of a sale: a bundled plan if one is assigned, else generated from kind and capacity. */
export async function buildSaleLayout(
  sale: SaleCandidate,
  bundled: BundledPlans,
  directory: string,
): Promise<SaleLayout> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(directory, 'seating-plans', file), 'utf8'));
  if (sale.venue.id === bundled.theatre) {
    return { layout: readPretixPlan(await read('two-level-theatre-738.json'), 'Theatre'), prices: null };
  }
  if (sale.venue.id === bundled.concertHall)
    return readBlockPlan(await read('concert-hall-blocks.json'), 'Concert');
  const { layoutKind, capacity, purpose, venue } = sale;
  return { layout: generateLayout({ kind: layoutKind, capacity, purpose, seed: venue.id }), prices: null };
}
