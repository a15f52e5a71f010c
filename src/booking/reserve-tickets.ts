import type { ReserveTicketsInput } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { idempotentCall, recall, type IdempotentCall } from '../platform/db/idempotency.ts';
import type { DbOrTx } from '../platform/db/pool.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Platform } from '../platform/index.ts';
import { ALL_GUARDS, type Guards } from './guards.ts';
import { holdOrder, type HoldAnswer } from './hold-order.ts';
import { idempotencyKeyReused, invalidInput, ticketsReserved, ticketsUnavailable } from './outcomes.ts';
import { readOrder, type Order, type OrderRefusal } from './read-order.ts';
import { findReservation, lockBuyer } from './store-reservations.ts';
import type { ReservationKey } from './store.ts';
import { takeTurn } from './take-turn.ts';

/** What `reserveTickets` answers. */
export type ReserveTicketsAnswer = HoldAnswer | OrderRefusal;

type ReservePlatform = Pick<Platform, 'db' | 'redis' | 'metrics'>;

/**
 * Hold tickets for a buyer: all of them or none.
 *
 * Redis makes a stampede queue up before it costs a transaction; Postgres alone decides. Losing Redis makes this slower,
 * never wrong. The first success under a key is its answer for a day; a refusal is not kept, and never contradicts one.
 */
export async function reserveTickets(
  platform: ReservePlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  guards: Readonly<Guards> = ALL_GUARDS,
): Promise<ReserveTicketsAnswer> {
  const answer = await reserve(platform, viewer, input, guards);
  platform.metrics.outcomes.inc({ useCase: 'reserveTickets', outcome: answer.__typename });
  return answer;
}

async function reserve(
  platform: ReservePlatform,
  viewer: Viewer,
  { idempotencyKey, ...wanted }: ReserveTicketsInput,
  guards: Readonly<Guards>,
): Promise<ReserveTicketsAnswer> {
  if (!isKey(idempotencyKey)) {
    return invalidInput([{ path: ['idempotencyKey'], message: 'must be 1 to 200 printable characters' }]);
  }
  const call = idempotentCall(viewer.id, idempotencyKey, 'reserveTickets', wanted);

  const order = await readOrder(platform.db, viewer, { ...wanted, idempotencyKey });
  if ('refusal' in order) return (await answerAgain(platform.db, call)) ?? order.refusal;

  const places = order.selection.kind === 'PLACES' ? order.selection.places : [];
  await using turn = await takeTurn(
    platform,
    viewer.id,
    order.sale.eventId,
    places,
    `${viewer.id} ${idempotencyKey}`,
  );
  if (turn.gone.length > 0) return (await answerAgain(platform.db, call)) ?? ticketsUnavailable(turn.gone);

  return await decide(platform, viewer, call, order, guards); // awaited here: the turn must not end before
}

/** Let Postgres decide: impatiently at first, and with patience if others are in the way who may yet leave. */
async function decide(
  platform: ReservePlatform,
  viewer: Viewer,
  call: IdempotentCall,
  order: Order,
  guards: Readonly<Guards>,
): Promise<ReserveTicketsAnswer> {
  for (let patient = false; ; patient = true) {
    const answer = await inTransaction(platform, 'booking.reserveTickets', async (tx) => {
      if (guards.buyerLock) await lockBuyer(tx, order.sale.eventId, viewer.id);
      return (await answerAgain(tx, call)) ?? holdOrder(tx, viewer, call, order, { patient, guards });
    });
    if (answer !== 'again') return answer;
  }
}

/** What the call was answered before: the Reservation as it is now. `null`: nothing yet. */
async function answerAgain(
  db: DbOrTx,
  call: IdempotentCall,
): Promise<ReturnType<typeof ticketsReserved> | ReturnType<typeof idempotencyKeyReused> | null> {
  const earlier = await recall<ReservationKey>(db, call);
  if (earlier === null) return null;
  if (earlier === 'reused') return idempotencyKeyReused(call.key);
  const reservation = await findReservation(db, earlier.answer.eventId, earlier.answer.id);
  return reservation && ticketsReserved(reservation);
}

/** Control characters are refused: Postgres cannot store the first of them, and nobody means the others. */
const isKey = (key: string): boolean => /^\P{Cc}{1,200}$/u.test(key);
