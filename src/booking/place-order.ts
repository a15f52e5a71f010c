import type { FieldProblem } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { recall, type IdempotentCall } from '../platform/db/idempotency.ts';
import type { DbOrTx, Tx } from '../platform/db/pool.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Platform } from '../platform/index.ts';
import { ALL_GUARDS, type Guards } from './guards.ts';
import { holdOrder, type HoldAnswer } from './hold-order.ts';
import { idempotencyKeyReused, ticketsReserved, ticketsUnavailable } from './outcomes.ts';
import type { Order } from './read-order.ts';
import { findReservation, lockBuyer } from './store-reservations.ts';
import { lockChoosing } from './store-tickets.ts';
import type { ReservationKey } from './store.ts';
import { takeTurn } from './take-turn.ts';

/** What it takes to place an order. */
export type OrderPlatform = Pick<Platform, 'db' | 'redis' | 'metrics'>;

/** What can come of an order. */
export type OrderAnswer = HoldAnswer | ReturnType<typeof idempotencyKeyReused>;

/**
 * Place an order: all of its tickets are held, or none. Whoever reserves comes by here.
 *
 * Redis makes a stampede queue up before it costs a transaction; Postgres alone decides. Losing Redis makes this slower,
 * never wrong. The first success under a key is its answer for a day; a refusal is not kept, and never contradicts one.
 */
export async function placeOrder(
  platform: OrderPlatform,
  viewer: Viewer,
  call: IdempotentCall,
  order: Order,
  guards: Readonly<Guards>,
): Promise<OrderAnswer> {
  for (let patient = false; ; patient = true) {
    const answer = await attempt(platform, viewer, call, order, { patient, guards });
    if (answer !== 'again' && answer.__typename === 'TicketsReserved') return answer;
    const earlier = await answerAgain(platform.db, call);
    if (earlier !== null) return earlier;
    if (answer !== 'again') return answer;
  }
}

/** Wait for a turn, and let Postgres decide. */
async function attempt(
  platform: OrderPlatform,
  viewer: Viewer,
  call: IdempotentCall,
  order: Order,
  options: { patient: boolean; guards: Readonly<Guards> },
): Promise<HoldAnswer | 'again'> {
  const buyer = { eventId: order.sale.eventId, viewerId: viewer.id };
  const places = order.selection.kind === 'PLACES' ? order.selection.places : [];
  await using turn = await takeTurn(platform, buyer, places, `${viewer.id} ${call.key}`, order);
  if (turn.gone.length > 0) return ticketsUnavailable(turn.gone);

  // awaited here, for the turn lasts until the decision
  return await inTransaction(platform, `booking.${call.operation}`, (tx) =>
    holdOrder(tx, buyer, call, order, options),
  );
}

/**
 * Place an order that is made out only when nobody else is making out one at this Event, in the transaction that decides
 * on it: for who was too late too often. It waits for whoever is in the way. `null`: there was nothing to order.
 */
export async function placeOrderAlone(
  platform: OrderPlatform,
  viewer: Viewer,
  call: IdempotentCall,
  eventId: string,
  makeOut: (tx: Tx) => Promise<Order | null>,
): Promise<OrderAnswer | null> {
  const options = { patient: true, guards: ALL_GUARDS };
  const buyer = { eventId, viewerId: viewer.id };
  for (;;) {
    const answer = await inTransaction(platform, `booking.${call.operation}`, async (tx) => {
      await lockBuyer(tx, buyer); // before the choosing: whoever waits for this buyer must not keep the others from choosing
      const earlier = await answerAgain(tx, call);
      if (earlier !== null) return earlier;
      await lockChoosing(tx, eventId);
      const order = await makeOut(tx);
      return order && holdOrder(tx, buyer, call, order, options);
    });
    if (answer !== 'again') return answer;
  }
}

/** What the call was answered before: the Reservation as it is now. `null`: nothing yet. */
export async function answerAgain(
  db: DbOrTx,
  call: IdempotentCall,
): Promise<ReturnType<typeof ticketsReserved> | ReturnType<typeof idempotencyKeyReused> | null> {
  const earlier = await recall<ReservationKey>(db, call);
  if (earlier === null) return null;
  if (earlier === 'reused') return idempotencyKeyReused(call.key);
  const reservation = await findReservation(db, earlier.answer.eventId, earlier.answer.id);
  return reservation && ticketsReserved(reservation);
}

/** Say what is wrong with an idempotency key. Control characters are: Postgres cannot store the first of them, and nobody means the others. */
export const keyProblems = (key: string): FieldProblem[] =>
  /^\P{Cc}{1,200}$/u.test(key)
    ? []
    : [{ path: ['idempotencyKey'], message: 'must be 1 to 200 printable characters' }];
