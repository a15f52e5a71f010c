import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { generateLayout, readBlockPlan, readPretixPlan } from '../seating-plan/index.ts';
import type { SeatingPlanLayout } from '../seating-plan/index.ts';
import type { SaleCandidate } from './choose-sales.ts';

/** How the house of an Event is laid out; `prices` are those of the plan itself, in whole units. */
export interface SaleLayout {
  layout: SeatingPlanLayout;
  prices: number[] | null;
}

/** The two Venues that get the two maps we were given; neither map names its house. */
export interface BundledPlans {
  theatre: string | undefined;
  concertHall: string | undefined;
}

/** Choose the houses for the given maps: the first theatre and the first concert hall of unknown size on sale. */
export function assignBundledPlans(sales: readonly SaleCandidate[]): BundledPlans {
  const first = (house: string): string | undefined =>
    sales.find((sale) => sale.layoutKind === house && !sale.capacityIsKnown)?.venue.id;
  return { theatre: first('theatre'), concertHall: first('concert hall') };
}

/** Lay out the house of an Event: by its map if it has one, else generated from its kind and capacity. */
export async function buildSaleLayout(
  sale: SaleCandidate,
  given: BundledPlans,
  directory: string,
): Promise<SaleLayout> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(directory, 'seating-plans', file), 'utf8'));
  if (sale.venue.id === given.theatre) {
    return { layout: readPretixPlan(await read('two-level-theatre-738.json'), 'Theatre'), prices: null };
  }
  if (sale.venue.id === given.concertHall)
    return readBlockPlan(await read('concert-hall-blocks.json'), 'Concert');
  const { layoutKind: kind, capacity, purpose, venue } = sale;
  return { layout: generateLayout({ kind, capacity, purpose, seed: venue.id }), prices: null };
}
