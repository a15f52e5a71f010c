import { rememberEach, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Abort } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { ticketsReserved, ticketsUnavailable } from '../outcomes.ts';
import type { ReservationRow, TicketRow } from '../store/columns.ts';
import { insertHolds, type HoldTerms } from '../store/holds.ts';
import { expireOverdue } from '../store/overdue.ts';
import { readLiveReservations, tryLockBuyers } from '../store/reservations.ts';
import { findSale } from '../store/sale.ts';
import { lockTickets } from '../store/tickets.ts';
import { checkBuyerLimits } from './check-buyer-limits.ts';
import type { HoldAnswer } from './commit-single.ts';
import type { SafetySwitches } from './safety-switches.ts';
import type { Order } from './validate-order.ts';

/** An order of places, on its way into a transaction that it shares with others. */
export interface GroupedOrder {
  call: IdempotentCall;
  selection: Extract<Order['selection'], { kind: 'PLACES' }>;
  exactPlaces: boolean;
}

/** What came of one: `alone` says that it has to be decided by itself, as it is not as simple as it looked. */
export type GroupAnswer = HoldAnswer | 'again' | 'alone';

/** An order that can be had. */
interface Accepted {
  order: GroupedOrder;
  id: string;
  tickets: TicketRow[];
}

/**
 * Decide on orders of one Event in the same transaction, each by itself: all of its tickets or none. At most one order a
 * buyer; where two want the same place, the first of them has it. The statements are those that decide on a single order, made
 * for many.
 *
 * If the Event is not on sale any more, all of them are to be made out `again`, for whoever made them out to say so.
 *
 * It waits for nobody: a buyer or a ticket that somebody else has locked sends an order off `alone`. So groups cannot
 * deadlock, whatever order they lock in, and one slow call does not hold up the others.
 */
export async function holdTogether(
  tx: Tx,
  abort: Abort<null>,
  eventId: string,
  orders: readonly GroupedOrder[],
  guards: Readonly<SafetySwitches>,
): Promise<GroupAnswer[]> {
  const viewers = orders.map(({ call }) => call.viewerId);
  const wanted = [...new Set(orders.flatMap(({ selection }) => selection.places))].toSorted((a, b) => a - b);
  // first and by itself: what a buyer has is read once nobody else can add to it, and what travels together may overtake
  const lockedBuyers = guards.buyerLock ? await tryLockBuyers(tx, eventId, viewers) : new Set(viewers);
  const [sale, live, tickets] = await Promise.all([
    findSale(tx, eventId),
    readLiveReservations(
      tx,
      viewers.map((viewerId) => ({ eventId, viewerId })),
    ),
    lockTickets(tx, eventId, wanted, { ...guards, skipLocked: true }),
  ]);
  if (sale?.open !== true || sale.currency === null || sale.orphanRule) return orders.map(() => 'again');

  const liveOf = Map.groupBy(live, ({ viewerId }) => viewerId);
  const left = new RemainingTickets(tickets);
  const accepted: (Accepted | null)[] = [];
  const answers = orders.map((order): GroupAnswer | null => {
    const { call, selection } = order;
    const answer = lockedBuyers.has(call.viewerId)
      ? (checkBuyerLimits(liveOf.get(call.viewerId) ?? [], sale, selection) ??
        left.refuse(selection.places, order.exactPlaces))
      : 'alone';
    accepted.push(answer === null ? { order, id: newId(), tickets: left.take(selection.places) } : null);
    return answer;
  });
  const held = await hold(
    tx,
    abort,
    { ...sale, currency: sale.currency },
    accepted.filter((each) => each !== null),
    guards,
  );
  return answers.map((answer, index) => {
    if (answer !== null) return answer;
    const reservation = held.get(accepted[index]!.id);
    return reservation === undefined ? 'again' : ticketsReserved(reservation);
  });
}

/** What is left of the tickets that orders want, while they are gone through one after the other. */
class RemainingTickets {
  /** Those that we have locked, by place. */
  readonly #locked: Map<number, TicketRow>;
  readonly #given = new Set<number>();

  constructor(locked: readonly TicketRow[]) {
    this.#locked = new Map(locked.map((ticket) => [ticket.place, ticket]));
  }

  /** Say why these cannot be had, if they cannot: somebody else has some, or may be about to. */
  refuse(places: readonly number[], exactPlaces: boolean): GroupAnswer | null {
    const taken = places.filter((place) => {
      const ticket = this.#locked.get(place);
      return ticket === undefined ? !exactPlaces : ticket.status !== 'AVAILABLE' || this.#given.has(place);
    });
    if (taken.length > 0) return ticketsUnavailable(taken);
    return places.every((place) => this.#locked.has(place)) ? null : 'alone';
  }

  take(places: readonly number[]): TicketRow[] {
    for (const place of places) this.#given.add(place);
    return places.map((place) => this.#locked.get(place)!);
  }
}

/** Hold what was accepted, by id. One is missing if its key was used by another call at the same moment. */
async function hold(
  tx: Tx,
  abort: Abort<null>,
  terms: HoldTerms,
  accepted: readonly Accepted[],
  guards: Readonly<SafetySwitches>,
): Promise<Map<string, ReservationRow>> {
  const { eventId } = terms;
  if (accepted.length === 0) return new Map();
  const isFirst = await rememberEach(
    tx,
    accepted.map(({ order, id }) => ({ call: order.call, answer: { eventId, id } })),
  );
  const holding = accepted.filter((_each, index) => isFirst[index]);
  if (holding.length === 0) return new Map();

  const holds = holding.map(({ order, id }) => ({
    id,
    viewerId: order.call.viewerId,
    places: order.selection.places,
  }));
  const inserted = await insertHolds(tx, terms, holds, guards);
  const incomplete = inserted.some(({ held, places }) => held.length < places.length);
  if (incomplete) return abort(null); // then nothing was as it seemed, and each is decided by itself

  const ranOut = holding.flatMap(({ tickets }) =>
    tickets.flatMap(({ reservationId }) => reservationId ?? []),
  );
  if (ranOut.length > 0) await expireOverdue(tx, { eventId, ids: [...new Set(ranOut)] });
  return new Map(inserted.map(({ held, ...reservation }) => [reservation.id, reservation]));
}
