import { ticketLimitExceeded, ticketsAlreadyYours } from '../outcomes.ts';
import type { ReservationRow } from '../store/columns.ts';
import { quantityOf } from './parse-selection.ts';
import type { Order } from './validate-order.ts';

/** Why somebody gets nothing because of what they have. */
export type BuyerLimitRefusal = ReturnType<typeof ticketsAlreadyYours> | ReturnType<typeof ticketLimitExceeded>;

/** Refuse by what the buyer has already: some of these very places, or too many. `null`: there is no reason to. */
export function checkBuyerLimits(
  live: readonly ReservationRow[],
  { ticketLimit }: { ticketLimit: number },
  selection: Order['selection'],
): BuyerLimitRefusal | null {
  if (selection.kind === 'PLACES') {
    const wanted = new Set(selection.places);
    const mine = live.find(
      ({ status, places }) => status === 'HELD' && places.some((place) => wanted.has(place)),
    );
    if (mine !== undefined) return ticketsAlreadyYours(mine);
  }
  const has = live.reduce((sum, { places }) => sum + places.length, 0);
  return has + quantityOf(selection) > ticketLimit ? ticketLimitExceeded(ticketLimit, has) : null;
}
