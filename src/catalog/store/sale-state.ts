import { eq, sql, type SQL } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { events } from '../tables.ts';
import { findEvent, type EventRow } from './reads.ts';

/** Columns of an Event that say how far its sale is. */
interface SaleState {
  status?: EventRow['status'];
  salePausedAt?: SQL | null;
}

/** Change how far the sale of an Event is, which the transaction has locked; returns the Event. */
export async function updateSaleState(tx: Tx, id: string, state: SaleState): Promise<EventRow> {
  await named(tx, 'catalog.updateSaleState')
    .update(events)
    .set({ ...state, updatedAt: sql`now()` })
    .where(eq(events.id, id));
  return (await findEvent(tx, id))!;
}
