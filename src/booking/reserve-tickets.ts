import type { ReserveTicketsInput } from '../generated/graphql.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { idempotentCall, recall, type IdempotentCall } from '../platform/db/idempotency.ts';
import type { Db } from '../platform/db/pool.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Platform } from '../platform/index.ts';
import { ALL_GUARDS, type Guards } from './guards.ts';
import { holdOrder, type HoldAnswer } from './hold-order.ts';
import { idempotencyKeyReused, invalidInput, ticketsReserved, ticketsUnavailable } from './outcomes.ts';
import { readOrder, type OrderRefusal } from './read-order.ts';
import { findReservation } from './store-reservations.ts';
import type { ReservationKey } from './store.ts';
import { takeTurn } from './take-turn.ts';

/** What `reserveTickets` answers. */
export type ReserveTicketsAnswer = HoldAnswer | OrderRefusal | ReturnType<typeof idempotencyKeyReused>;

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
  input: ReserveTicketsInput,
  guards: Readonly<Guards>,
): Promise<ReserveTicketsAnswer> {
  const { idempotencyKey, ...wanted } = input;
  if (!isKey(idempotencyKey)) {
    return invalidInput([{ path: ['idempotencyKey'], message: 'must be 1 to 200 printable characters' }]);
  }
  const call = idempotentCall(viewer.id, idempotencyKey, 'reserveTickets', wanted);

  for (let patient = false; ; patient = true) {
    const answer = await attempt(platform, viewer, input, call, { patient, guards });
    if (answer !== 'again' && answer.__typename === 'TicketsReserved') return answer;
    const earlier = await answerAgain(platform.db, call);
    if (earlier !== null) return earlier;
    if (answer !== 'again') return answer;
  }
}

/** Check the order, wait for a turn, and let Postgres decide. */
async function attempt(
  platform: ReservePlatform,
  viewer: Viewer,
  input: ReserveTicketsInput,
  call: IdempotentCall,
  options: { patient: boolean; guards: Readonly<Guards> },
): Promise<ReserveTicketsAnswer | 'again'> {
  const order = await readOrder(platform.db, viewer, input);
  if ('refusal' in order) return order.refusal;

  const buyer = { eventId: order.sale.eventId, viewerId: viewer.id };
  const places = order.selection.kind === 'PLACES' ? order.selection.places : [];
  await using turn = await takeTurn(platform, buyer, places, `${viewer.id} ${call.key}`);
  if (turn.gone.length > 0) return ticketsUnavailable(turn.gone);

  // awaited here, for the turn lasts until the decision
  return await inTransaction(platform, 'booking.reserveTickets', (tx) =>
    holdOrder(tx, buyer, call, order, options),
  );
}

/** What the call was answered before: the Reservation as it is now. `null`: nothing yet. */
async function answerAgain(
  db: Db,
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
