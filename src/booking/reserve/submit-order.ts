import { recall, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { idempotencyKeyReused } from '../../platform/outcomes.ts';
import { ticketsReserved, ticketsUnavailable } from '../outcomes.ts';
import type { ReservationKey } from '../store/columns.ts';
import { findReservation } from '../store/reservations.ts';
import { lockChoosing } from '../store/tickets.ts';
import { acquireSeatLocks } from './await-seat-locks.ts';
import type { GroupAnswer } from './commit-batch.ts';
import { holdOrder, type HoldAnswer } from './commit-single.ts';
import { decideTogether } from './order-batcher.ts';
import { ALL_SAFETY_SWITCHES, type SafetySwitches } from './safety-switches.ts';
import { refuseScarce, rememberScarce } from './sold-out-areas.ts';
import type { Order } from './validate-order.ts';

/** What it takes to place an order. */
export type OrderPlatform = Pick<Platform, 'db' | 'redis' | 'metrics'>;

/**
 * Place an order: all of its tickets are held, or none. Whoever reserves comes by here.
 *
 * Redis makes a stampede queue up before it costs a transaction; Postgres alone decides. Losing Redis makes this slower,
 * never wrong. The first success under a key is its answer for a day; a refusal is not kept, and whoever is about to give
 * one, or hears `again`, asks `answerAgain` first, so that none contradicts a success.
 */
export async function placeOrder(
  platform: OrderPlatform,
  call: IdempotentCall,
  order: Order,
  options: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<HoldAnswer | 'again'> {
  const { sale, selection } = order;
  if (selection.kind === 'AREAS') {
    const refusal = await refuseScarce(platform.db, sale.eventId, selection.areas);
    if (refusal !== null) return refusal;
  }
  const buyer = { eventId: sale.eventId, viewerId: call.viewerId };
  const places = selection.kind === 'PLACES' ? selection.places : [];
  await using turn = await acquireSeatLocks(platform, buyer, places, `${call.viewerId} ${call.key}`, order);
  if (turn.gone.length > 0) return ticketsUnavailable(turn.gone);

  // awaited here, for the turn lasts until the decision
  const together = await placeTogether(platform, call, order, options);
  if (together !== 'alone') return together;
  const answer = await inTransaction(
    platform,
    `booking.${call.operation}`,
    (tx, abort: Abort<HoldAnswer | 'again'>) => holdOrder(tx, abort, buyer, call, order, options),
  );
  if (selection.kind === 'AREAS' && answer !== 'again' && answer.__typename === 'NotEnoughTickets') {
    rememberScarce(platform.db, sale.eventId, selection.areas, answer);
  }
  return answer;
}

/** Have the order decided together with others, if it is one of places that nothing else depends on. */
async function placeTogether(
  platform: OrderPlatform,
  call: IdempotentCall,
  { sale, selection, exactPlaces }: Order,
  { patient, guards }: { patient: boolean; guards: Readonly<SafetySwitches> },
): Promise<GroupAnswer> {
  if (selection.kind !== 'PLACES' || sale.orphanRule || patient) return 'alone';
  return decideTogether(platform, sale.eventId, { call, selection, exactPlaces }, guards);
}

/**
 * Place an order that is made out when nobody else is making out one at this Event, in the transaction that decides on it:
 * for who was too late too often. It waits for whoever is in the way. `null`: there was nothing to order.
 */
export async function placeOrderAlone(
  platform: OrderPlatform,
  call: IdempotentCall,
  eventId: string,
  makeOut: (tx: Tx) => Promise<Order | null>,
): Promise<HoldAnswer | 'again' | null> {
  const buyer = { eventId, viewerId: call.viewerId };
  return inTransaction(platform, `booking.${call.operation}`, async (tx, abort) => {
    await lockChoosing(tx, eventId);
    const order = await makeOut(tx);
    return order && holdOrder(tx, abort, buyer, call, order, { patient: true, guards: ALL_SAFETY_SWITCHES });
  });
}

/** What the call was answered before: the Reservation as it is now. `null`: nothing yet. */
export async function answerAgain(
  db: Db,
  call: IdempotentCall,
): Promise<ReturnType<typeof ticketsReserved> | ReturnType<typeof idempotencyKeyReused> | null> {
  const earlier = await recall<ReservationKey>(db, call);
  if (earlier === null) return null;
  if (earlier === 'reused') return idempotencyKeyReused(call.key);
  const reservation = await findReservation(db, earlier.answer.eventId, earlier.answer.id);
  return reservation && ticketsReserved(reservation);
}
