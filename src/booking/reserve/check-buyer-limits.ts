import { ticketLimitExceeded, ticketsAlreadyYours } from '../outcomes.ts';
import type { ReservationRow } from '../store/columns.ts';
import { quantityOf } from './parse-selection.ts';
import type { Order } from './validate-order.ts';

export type BuyerLimitRefusal =
  ReturnType<typeof ticketsAlreadyYours> | ReturnType<typeof ticketLimitExceeded>;

/** Refuse an order of places that the buyer already holds, or beyond the Event's ticket limit. `null`: neither. */
export function checkBuyerLimits(
  live: readonly ReservationRow[],
  { ticketLimit }: { ticketLimit: number },
  selection: Order['selection'],
): BuyerLimitRefusal | null {
  if (selection.kind === 'PLACES') {
    const selected = new Set(selection.places);
    const overlapping = live.find(
      ({ status, places }) => status === 'HELD' && places.some((place) => selected.has(place)),
    );
    if (overlapping !== undefined) return ticketsAlreadyYours(overlapping);
  }
  const owned = live.reduce((sum, { places }) => sum + places.length, 0);
  return owned + quantityOf(selection) > ticketLimit ? ticketLimitExceeded(ticketLimit, owned) : null;
}
