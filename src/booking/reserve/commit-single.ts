import { remember, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Abort } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { orphanSeat, ticketsReserved, ticketsUnavailable, type notEnoughTickets } from '../outcomes.ts';
import { lockBuyer } from '../store/buyer-locks.ts';
import type { Buyer } from '../store/columns.ts';
import { insertHolds } from '../store/holds.ts';
import { expireOverdue } from '../store/overdue.ts';
import { readLiveReservationsOf } from '../store/reservations.ts';
import { findSale } from '../store/sale.ts';
import { checkBuyerLimits, type BuyerLimitRefusal } from './check-buyer-limits.ts';
import { findOrphans, lockSelectedRows } from './check-orphans.ts';
import { lockOrderTickets } from './lock-order-tickets.ts';
import type { SafetySwitches } from './safety-switches.ts';
import type { Order } from './validate-order.ts';

export type HoldOutcome =
  | ReturnType<typeof ticketsReserved>
  | ReturnType<typeof ticketsUnavailable>
  | ReturnType<typeof notEnoughTickets>
  | BuyerLimitRefusal
  | ReturnType<typeof orphanSeat>;

/**
 * Hold the tickets of one order, or abort the transaction with a refusal. `retry`: other transactions have locked tickets
 * that they may yet leave, a concurrent call has used the idempotency key, or the Event is no longer on sale.
 */
export async function commitSingle(
  tx: Tx,
  abort: Abort<HoldOutcome | 'retry'>,
  buyer: Buyer,
  call: IdempotentCall,
  order: Order,
  options: { waitForLocks: boolean; switches: Readonly<SafetySwitches> },
): Promise<HoldOutcome | 'retry'> {
  if (options.switches.buyerLock) await lockBuyer(tx, buyer);
  const refusal = checkBuyerLimits(await readLiveReservationsOf(tx, buyer), order.sale, order.selection);
  if (refusal !== null) return abort(refusal);

  const { sale } = order;
  if (sale.orphanRule) await lockSelectedRows(tx, order);
  const locked = await lockOrderTickets(tx, order, options);
  if (locked === 'retry') return abort('retry');
  if ('refusal' in locked) return abort(locked.refusal);
  const orphans = order.enforceOrphanRule ? await findOrphans(tx, order) : [];
  if (orphans.length > 0) return abort(orphanSeat(sale.eventId, orphans));

  const key = { eventId: buyer.eventId, id: newId() };
  const places = locked.tickets.map(({ place }) => place).toSorted((a, b) => a - b);
  // pipelined: neither statement depends on the other
  const [inserted, remembered] = await Promise.all([
    insertHolds(tx, sale, [{ id: key.id, viewerId: buyer.viewerId, places }], options.switches),
    remember(tx, call, key),
  ]);
  const { held, ...reservation } = inserted[0]!;
  const missing = places.filter((place) => !held.includes(place));
  if (missing.length > 0) {
    const current = await findSale(tx, sale.eventId);
    return abort(current?.open === true ? ticketsUnavailable(sale.eventId, missing) : 'retry');
  }
  if (!remembered) return abort('retry');

  const expiredIds = locked.tickets.flatMap(({ reservationId }) => reservationId ?? []);
  if (expiredIds.length > 0) {
    await expireOverdue(tx, { eventId: buyer.eventId, ids: [...new Set(expiredIds)] });
  }
  return ticketsReserved(reservation);
}
