import { rememberEach, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Abort } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { ticketsReserved, ticketsUnavailable } from '../outcomes.ts';
import { tryLockBuyers } from '../store/buyer-locks.ts';
import type { ReservationRow, TicketRow } from '../store/columns.ts';
import { insertHolds, type HoldTerms } from '../store/holds.ts';
import { expireOverdue } from '../store/overdue.ts';
import { readLiveReservations } from '../store/reservations.ts';
import { findSale } from '../store/sale.ts';
import { lockTickets } from '../store/tickets.ts';
import { checkBuyerLimits } from './check-buyer-limits.ts';
import type { HoldOutcome } from './commit-single.ts';
import type { SafetySwitches } from './safety-switches.ts';
import type { Order } from './validate-order.ts';

/** An order of numbered places that shares its transaction with others. */
export interface BatchedOrder {
  call: IdempotentCall;
  selection: Extract<Order['selection'], { kind: 'PLACES' }>;
  exactPlaces: boolean;
}

/** `retry`: validate the order again. `single`: the order needs a transaction of its own, in which it can wait for locks. */
export type BatchOutcome = HoldOutcome | 'retry' | 'single';

/** An order whose tickets are locked and free. */
interface AcceptedOrder {
  order: BatchedOrder;
  id: string;
  tickets: TicketRow[];
}

/**
 * Commit orders of one Event in one transaction, with the statements of a single order over arrays. Each order gets all of
 * its tickets or none. At most one order per buyer; of two orders for one place, the first gets it.
 *
 * No lock is waited for, but for the first insert of a buyer's lock, in ascending order and before any ticket is locked: an
 * order whose buyer or ticket is locked by another transaction comes back as `single`. So batches cannot deadlock, in whatever
 * order they lock, and one slow transaction does not delay the batch. If the Event is no longer on sale, every order comes
 * back as `retry`, and validation produces the refusal.
 */
export async function commitBatch(
  tx: Tx,
  abort: Abort<null>,
  eventId: string,
  orders: readonly BatchedOrder[],
  switches: Readonly<SafetySwitches>,
): Promise<BatchOutcome[]> {
  const viewers = orders.map(({ call }) => call.viewerId);
  const places = [...new Set(orders.flatMap(({ selection }) => selection.places))].toSorted((a, b) => a - b);
  // Awaited first: statements issued together may be sent in another order, and a read before the lock misses what a
  // concurrent call of the buyer adds.
  const lockedBuyers = switches.buyerLock ? await tryLockBuyers(tx, eventId, viewers) : new Set(viewers);
  const [sale, live, tickets] = await Promise.all([
    findSale(tx, eventId),
    readLiveReservations(tx, eventId, viewers),
    lockTickets(tx, eventId, places, { ...switches, skipLocked: true }),
  ]);
  if (sale?.open !== true || sale.currency === null || sale.orphanRule) return orders.map(() => 'retry');

  const remaining = new RemainingTickets(eventId, tickets);
  const accepted: (AcceptedOrder | null)[] = [];
  const refusals = orders.map((order, index): BatchOutcome | null => {
    const { call, selection } = order;
    const refusal = lockedBuyers.has(call.viewerId)
      ? (checkBuyerLimits(live[index]!, sale, selection) ??
        remaining.check(selection.places, order.exactPlaces))
      : 'single';
    accepted.push(
      refusal === null ? { order, id: newId(), tickets: remaining.take(selection.places) } : null,
    );
    return refusal;
  });
  const held = await insertAccepted(
    tx,
    abort,
    { ...sale, currency: sale.currency },
    accepted.filter((each) => each !== null),
    switches,
  );
  return refusals.map((refusal, index) => {
    if (refusal !== null) return refusal;
    const reservation = held.get(accepted[index]!.id);
    return reservation === undefined ? 'retry' : ticketsReserved(reservation);
  });
}

/** Tickets that are left while a batch goes through its orders. */
class RemainingTickets {
  readonly #eventId: string;
  /** Tickets locked by this transaction, by place. */
  readonly #locked: Map<number, TicketRow>;
  readonly #assigned = new Set<number>();

  constructor(eventId: string, locked: readonly TicketRow[]) {
    this.#eventId = eventId;
    this.#locked = new Map(locked.map((ticket) => [ticket.place, ticket]));
  }

  /**
   * `null`: all of the places are free. A ticket locked by another transaction makes an order for exact places `single`,
   * and counts as taken otherwise.
   */
  check(places: readonly number[], exactPlaces: boolean): BatchOutcome | null {
    const taken = places.filter((place) => {
      const ticket = this.#locked.get(place);
      return ticket === undefined ? !exactPlaces : ticket.status !== 'AVAILABLE' || this.#assigned.has(place);
    });
    if (taken.length > 0) return ticketsUnavailable(this.#eventId, taken);
    return places.every((place) => this.#locked.has(place)) ? null : 'single';
  }

  take(places: readonly number[]): TicketRow[] {
    for (const place of places) this.#assigned.add(place);
    return places.map((place) => this.#locked.get(place)!);
  }
}

/** Insert the Reservations of accepted orders, by id. One is missing if a concurrent call has used its idempotency key. */
async function insertAccepted(
  tx: Tx,
  abort: Abort<null>,
  terms: HoldTerms,
  accepted: readonly AcceptedOrder[],
  switches: Readonly<SafetySwitches>,
): Promise<Map<string, ReservationRow>> {
  const { eventId } = terms;
  if (accepted.length === 0) return new Map();
  const isFirst = await rememberEach(
    tx,
    accepted.map(({ order, id }) => ({ call: order.call, answer: { eventId, id } })),
  );
  const fresh = accepted.filter((_each, index) => isFirst[index]);
  if (fresh.length === 0) return new Map();

  const holds = fresh.map(({ order, id }) => ({
    id,
    viewerId: order.call.viewerId,
    places: order.selection.places,
  }));
  const inserted = await insertHolds(tx, terms, holds, switches);
  const incomplete = inserted.some(({ held, places }) => held.length < places.length);
  if (incomplete) return abort(null); // a ticket changed under its lock: each order gets a transaction of its own

  const expiredIds = fresh.flatMap(({ tickets }) =>
    tickets.flatMap(({ reservationId }) => reservationId ?? []),
  );
  if (expiredIds.length > 0) await expireOverdue(tx, { eventId, ids: [...new Set(expiredIds)] });
  return new Map(inserted.map(({ held, ...reservation }) => [reservation.id, reservation]));
}
