import { remember, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Abort } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { orphanSeat, ticketsReserved, ticketsUnavailable, type notEnoughTickets } from '../outcomes.ts';
import type { Buyer } from '../store/columns.ts';
import { insertHolds } from '../store/holds.ts';
import { expireOverdue } from '../store/overdue.ts';
import { lockBuyer, readLiveReservations } from '../store/reservations.ts';
import { checkBuyerLimits, type BuyerLimitRefusal } from './check-buyer-limits.ts';
import { findOrphans, lockRowsOf } from './check-orphans.ts';
import { pickTickets } from './lock-order-tickets.ts';
import type { SafetySwitches } from './safety-switches.ts';
import type { Order } from './validate-order.ts';

/** What can come of an order. */
export type HoldAnswer =
  | ReturnType<typeof ticketsReserved>
  | ReturnType<typeof ticketsUnavailable>
  | ReturnType<typeof notEnoughTickets>
  | BuyerLimitRefusal
  | ReturnType<typeof orphanSeat>;

/**
 * Hold the tickets of an order, or leave the transaction with a refusal and everything undone. `again`: others were in the
 * way who may yet leave, or the same key was being used at the same moment.
 */
export async function holdOrder(
  tx: Tx,
  abort: Abort<HoldAnswer | 'again'>,
  buyer: Buyer,
  call: IdempotentCall,
  order: Order,
  options: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<HoldAnswer | 'again'> {
  if (options.guards.buyerLock) await lockBuyer(tx, buyer);
  const refusal = checkBuyerLimits(await readLiveReservations(tx, [buyer]), order.sale, order.selection);
  if (refusal !== null) return abort(refusal);

  const { sale } = order;
  if (sale.orphanRule) await lockRowsOf(tx, order);
  const found = await pickTickets(tx, order, options);
  if (found === 'contended') return abort('again');
  if ('refusal' in found) return abort(found.refusal);
  const orphans = order.enforceOrphanRule ? await findOrphans(tx, order) : [];
  if (orphans.length > 0) return abort(orphanSeat(orphans));

  const key = { eventId: buyer.eventId, id: newId() };
  const places = found.picked.map(({ place }) => place).toSorted((a, b) => a - b);
  // neither needs the other's answer, so they travel together
  const [inserted, remembered] = await Promise.all([
    insertHolds(tx, sale, [{ id: key.id, viewerId: buyer.viewerId, places }], options.guards),
    remember(tx, call, key),
  ]);
  const { held, ...reservation } = inserted[0]!;
  const lost = places.filter((place) => !held.includes(place));
  if (lost.length > 0) return abort(ticketsUnavailable(lost));
  if (!remembered) return abort('again');

  const ranOut = found.picked.flatMap(({ reservationId }) => reservationId ?? []);
  if (ranOut.length > 0) await expireOverdue(tx, { eventId: buyer.eventId, ids: [...new Set(ranOut)] });
  return ticketsReserved(reservation);
}
