import { eq, sql, type SQL } from 'drizzle-orm';

import { int4OrNull } from '../../platform/db/amount-columns.ts';
import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { events } from '../tables.ts';
import { findEvent, type EventRow, type PricedTier } from './reads.ts';

/** Columns of an Event that say how far its sale is. */
interface SaleState {
  status?: EventRow['status'];
  salePausedAt?: SQL | null;
  /** Of all price tiers. */
  prices?: { lowest: number; highest: number };
}

/** Change how far the sale of an Event is, which the transaction has locked; returns the Event. */
export async function updateSaleState(
  tx: Tx,
  id: string,
  { prices, ...state }: SaleState,
): Promise<EventRow> {
  const amounts = prices && {
    lowestPrice: prices.lowest,
    highestPrice: prices.highest,
    lowestPrice32: int4OrNull(prices.lowest),
    highestPrice32: int4OrNull(prices.highest),
  };
  await named(tx, 'catalog.updateSaleState')
    .update(events)
    .set({ ...state, ...amounts, updatedAt: sql`now()` })
    .where(eq(events.id, id));
  return (await findEvent(tx, id))!;
}

/** Change names and amounts of price tiers of an Event that the transaction has locked. */
export async function updatePriceTiers(
  tx: Tx,
  eventId: string,
  tiers: readonly Pick<PricedTier, 'tier' | 'name' | 'amount'>[],
): Promise<void> {
  await tx.execute(sql`
    /* catalog.updatePriceTiers */
    update price_tiers
    set name = change.name, amount_minor = change.amount_minor, amount = change.amount
    from unnest(
      ${sql.param(tiers.map(({ tier }) => tier))}::smallint[],
      ${sql.param(tiers.map(({ name }) => name))}::text[],
      ${sql.param(tiers.map(({ amount }) => amount))}::bigint[],
      ${sql.param(tiers.map(({ amount }) => int4OrNull(amount)))}::int[]
    ) as change (tier, name, amount_minor, amount)
    where price_tiers.event_id = ${eventId} and price_tiers.tier = change.tier`);
}
