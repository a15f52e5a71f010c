import { eq } from 'drizzle-orm';

import { putOnSale } from '../../booking/index.ts';
import { events, seatingPlans } from '../../catalog/index.ts';
import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { fingerprint, type SeatingPlanLayout } from '../../seating-plan/index.ts';
import { deriveId } from '../derive-id.ts';
import { assignBundledPlans, buildSaleLayout, type SaleLayout } from './build-sale-layout.ts';
import type { SaleCandidate } from './choose-sales.ts';
import { currencyOf } from './currencies.ts';
import { priceSale, pricesOfPlan, type Prices } from './price-sale.ts';

/** Number of inserted rows. */
export interface SaleCounts {
  seatingPlans: number;
  priceTiers: number;
  tickets: number;
}

/** Build and store the SeatingPlans of the chosen Events, and put these on sale. One plan is in memory at a time. */
export async function createSales(
  tx: Tx,
  sales: readonly SaleCandidate[],
  directory: string,
  progress: (tickets: number) => void,
): Promise<SaleCounts> {
  const bundled = assignBundledPlans(sales);
  const counts: SaleCounts = { seatingPlans: 0, priceTiers: 0, tickets: 0 };
  // grouped by layout, so that each plan is built and stored once
  const byLayout = Map.groupBy(sales, (sale) => `${sale.venue.id} ${sale.purpose} ${sale.layoutKind}`);
  for (const [first, ...others] of byLayout.values()) {
    if (first === undefined) continue;
    const saleLayout = await buildSaleLayout(first, bundled, directory);
    const seatingPlanId = await insertPlan(tx, first.venue.id, saleLayout.layout);
    counts.seatingPlans++;
    for (const sale of [first, ...others]) {
      await named(tx, 'catalog.importPlanOfEvent')
        .update(events)
        .set({ seatingPlanId })
        .where(eq(events.id, sale.eventId));
      const prices = pricesOf(sale, saleLayout);
      const tickets = await putOnSale(tx, sale.eventId, saleLayout.layout, prices);
      if (tickets === null) throw new Error(`event ${sale.eventId} cannot be put on sale`);
      counts.priceTiers += prices.prices.length;
      counts.tickets += tickets;
      progress(tickets);
    }
  }
  return counts;
}

async function insertPlan(tx: Tx, venueId: string, layout: SeatingPlanLayout): Promise<string> {
  const layoutFingerprint = fingerprint(layout);
  const id = deriveId('seating plan', venueId, layoutFingerprint);
  const { name, places } = layout;
  await named(tx, 'catalog.importPlan')
    .insert(seatingPlans)
    .values({ id, venueId, name, version: 1, places, layout, fingerprint: layoutFingerprint });
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
