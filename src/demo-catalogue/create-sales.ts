import { eq } from 'drizzle-orm';

import { putOnSale } from '../booking/index.ts';
import { events, seatingPlans } from '../catalog/index.ts';
import type { Tx } from '../platform/db/pool.ts';
import { fingerprint, type SeatingPlanLayout } from '../seating-plan/index.ts';
import { assignBundledPlans, buildSaleLayout, type SaleLayout } from './build-sale-layout.ts';
import type { SaleCandidate } from './choose-sales.ts';
import { currencyOf } from './currencies.ts';
import { deriveId } from './derive-id.ts';
import { priceSale, pricesOfPlan, type Prices } from './price-sale.ts';

/** How many rows selling made. */
export interface SaleCounts {
  seatingPlans: number;
  priceTiers: number;
  tickets: number;
}

/** Lay out the houses of the chosen Events, store the plans, and put the Events on sale. One plan in memory at a time. */
export async function createSales(
  tx: Tx,
  sales: readonly SaleCandidate[],
  directory: string,
  progress: (tickets: number) => void,
): Promise<SaleCounts> {
  const given = assignBundledPlans(sales);
  const sold: SaleCounts = { seatingPlans: 0, priceTiers: 0, tickets: 0 };
  // Events of one house come together, so that its plan is made once
  const byHouse = Map.groupBy(sales, (sale) => `${sale.venue.id} ${sale.purpose} ${sale.layoutKind}`);
  for (const [first, ...others] of byHouse.values()) {
    if (first === undefined) continue;
    const laidOut = await buildSaleLayout(first, given, directory);
    const seatingPlanId = await storePlan(tx, first.venue.id, laidOut.layout);
    sold.seatingPlans++;
    for (const sale of [first, ...others]) {
      await tx.update(events).set({ seatingPlanId }).where(eq(events.id, sale.eventId));
      const prices = pricesOf(sale, laidOut);
      const tickets = await putOnSale(tx, sale.eventId, laidOut.layout, prices);
      if (tickets === null) throw new Error(`event ${sale.eventId} cannot be put on sale`);
      sold.priceTiers += prices.prices.length;
      sold.tickets += tickets;
      progress(tickets);
    }
  }
  return sold;
}

async function storePlan(tx: Tx, venueId: string, layout: SeatingPlanLayout): Promise<string> {
  const print = fingerprint(layout);
  const id = deriveId('seating plan', venueId, print);
  const { name, places } = layout;
  await tx.insert(seatingPlans).values({ id, venueId, name, version: 1, places, layout, fingerprint: print });
  return id;
}

function pricesOf(sale: SaleCandidate, { layout, prices }: SaleLayout): Prices {
  const { countryCode } = sale.venue;
  if (prices !== null && sale.price === null) return pricesOfPlan(currencyOf(countryCode).currency, prices);
  return priceSale({
    eventId: sale.eventId,
    layoutKind: sale.layoutKind,
    capacity: layout.places,
    countryCode,
    categories: layout.categories,
    sourcePrice: sale.price,
  });
}
