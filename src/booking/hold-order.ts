import { remember, type IdempotentCall } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/pool.ts';
import { rollBackWith } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { Guards } from './guards.ts';
import { findOrphans, lockRowsOf } from './judge-orphans.ts';
import {
  orphanSeat,
  ticketLimitExceeded,
  ticketsAlreadyYours,
  ticketsReserved,
  ticketsUnavailable,
  type notEnoughTickets,
} from './outcomes.ts';
import { pickTickets } from './pick-tickets.ts';
import type { Order } from './read-order.ts';
import { quantityOf } from './select-tickets.ts';
import { insertHold } from './store-hold.ts';
import { expireOverdue } from './store-overdue.ts';
import { lockBuyer, readLiveReservations } from './store-reservations.ts';
import type { Buyer, ReservationRow } from './store.ts';

/** What can come of an order. */
export type HoldAnswer =
  | ReturnType<typeof ticketsReserved>
  | ReturnType<typeof ticketsUnavailable>
  | ReturnType<typeof notEnoughTickets>
  | ReturnType<typeof ticketsAlreadyYours>
  | ReturnType<typeof ticketLimitExceeded>
  | ReturnType<typeof orphanSeat>;

/**
 * Hold the tickets of an order, or leave the transaction with a refusal and everything undone. `again`: others were in the
 * way who may yet leave, or the same key was being used at the same moment.
 */
export async function holdOrder(
  tx: Tx,
  buyer: Buyer,
  call: IdempotentCall,
  order: Order,
  options: { patient: boolean; guards: Readonly<Guards> },
): Promise<HoldAnswer | 'again'> {
  if (options.guards.buyerLock) await lockBuyer(tx, buyer);
  const refusal = refuseByStanding(await readLiveReservations(tx, [buyer]), order);
  if (refusal !== null) rollBackWith(refusal);

  const { sale } = order;
  if (sale.orphanRule) await lockRowsOf(tx, order);
  const found = await pickTickets(tx, order, options);
  if (found === 'contended') rollBackWith('again');
  if ('refusal' in found) rollBackWith(found.refusal);
  const orphans = order.judged ? await findOrphans(tx, order) : [];
  if (orphans.length > 0) rollBackWith(orphanSeat(orphans));

  const key = { eventId: buyer.eventId, id: newId() };
  const places = found.picked.map(({ place }) => place).toSorted((a, b) => a - b);
  // neither needs the other's answer, so they travel together
  const [{ held, ...reservation }, remembered] = await Promise.all([
    insertHold(tx, { ...sale, ...buyer, ...key, places }, options.guards),
    remember(tx, call, key),
  ]);
  const lost = places.filter((place) => !held.includes(place));
  if (lost.length > 0) rollBackWith(ticketsUnavailable(lost));
  if (!remembered) rollBackWith('again');

  const ranOut = found.picked.flatMap(({ reservationId }) => reservationId ?? []);
  if (ranOut.length > 0) await expireOverdue(tx, { eventId: buyer.eventId, ids: [...new Set(ranOut)] });
  return ticketsReserved(reservation);
}

/** Refuse by what the buyer has already: some of these very places, or too many. */
function refuseByStanding(
  live: readonly ReservationRow[],
  { sale, selection }: Order,
): ReturnType<typeof ticketsAlreadyYours> | ReturnType<typeof ticketLimitExceeded> | null {
  if (selection.kind === 'PLACES') {
    const wanted = new Set(selection.places);
    const mine = live.find(
      ({ status, places }) => status === 'HELD' && places.some((place) => wanted.has(place)),
    );
    if (mine !== undefined) return ticketsAlreadyYours(mine);
  }
  const has = live.reduce((sum, { places }) => sum + places.length, 0);
  return has + quantityOf(selection) > sale.ticketLimit ? ticketLimitExceeded(sale.ticketLimit, has) : null;
}
