import { recall, type IdempotentCall } from '../../platform/db/idempotency.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { idempotencyKeyReused } from '../../platform/outcomes.ts';
import type { AdmissionDenied } from '../../waiting-room/index.ts';
import { ticketsReserved, ticketsUnavailable } from '../outcomes.ts';
import { findReservation } from '../store/reservations.ts';
import { lockChoosing } from '../store/tickets.ts';
import { acquireSeatLocks } from './acquire-seat-locks.ts';
import type { BatchOutcome } from './commit-batch.ts';
import { commitSingle, type HoldOutcome } from './commit-single.ts';
import { submitToBatch } from './order-batcher.ts';
import { ALL_SAFETY_SWITCHES, type SafetySwitches } from './safety-switches.ts';
import { refuseSoldOutAreas, rememberSoldOutArea } from './sold-out-areas.ts';
import type { Order } from './validate-order.ts';

export type OrderPlatform = Pick<Platform, 'db' | 'redis' | 'metrics'>;

export interface SubmitOptions {
  waitForLocks: boolean;
  switches: Readonly<SafetySwitches>;
  /** Of the request: once it has aborted, no transaction begins for the order. */
  signal?: AbortSignal | undefined;
}

/**
 * Hold all tickets of an order, or none. Every reservation passes here.
 *
 * Redis queues a stampede before it costs transactions; Postgres alone decides. Without Redis this is slower, never wrong.
 * The first success under an idempotency key is stored for a day, a refusal is not. So before it returns a refusal, and
 * after `retry`, the caller calls `replayOutcome`: a repeated call must not contradict a success.
 */
export async function submitOrder(
  platform: OrderPlatform,
  call: IdempotentCall,
  order: Order,
  options: SubmitOptions,
): Promise<HoldOutcome | 'retry'> {
  const { sale, selection } = order;
  if (selection.kind === 'AREAS') {
    const refusal = await refuseSoldOutAreas(platform.db, sale.eventId, selection.areas);
    if (refusal !== null) return refusal;
  }
  const buyer = { eventId: sale.eventId, viewerId: call.viewerId };
  const places = selection.kind === 'PLACES' ? selection.places : [];
  await using lease = await acquireSeatLocks(platform, buyer, places, `${call.viewerId} ${call.key}`, {
    exactPlaces: order.exactPlaces,
    signal: options.signal,
  });
  if (lease.unavailable.length > 0) return ticketsUnavailable(sale.eventId, lease.unavailable);

  // awaited here, not returned: the lease lasts until the transaction has ended
  const batched = await submitIfBatchable(platform, call, order, options);
  if (batched !== 'single') return batched;
  const outcome = await inTransaction(
    platform,
    `booking.${call.operation}`,
    (tx, abort: Abort<HoldOutcome | 'retry'>) => commitSingle(tx, abort, buyer, call, order, options),
    options,
  );
  if (selection.kind === 'AREAS' && outcome !== 'retry' && outcome.__typename === 'NotEnoughTickets') {
    rememberSoldOutArea(platform.db, sale.eventId, selection.areas, outcome);
  }
  return outcome;
}

/** A batch takes orders of numbered places that need no row locks for the orphan rule and wait for no lock. */
async function submitIfBatchable(
  platform: OrderPlatform,
  call: IdempotentCall,
  { sale, selection, exactPlaces }: Order,
  { waitForLocks, switches, signal }: SubmitOptions,
): Promise<BatchOutcome> {
  if (selection.kind !== 'PLACES' || sale.orphanRule || waitForLocks) return 'single';
  return submitToBatch(platform, sale.eventId, { call, selection, exactPlaces }, switches, signal);
}

/**
 * Build an order and hold its tickets in one transaction that excludes the other exclusive orders at the Event, and that
 * waits for all locks. For a buyer who has lost too many races. `null`: `buildOrder` found nothing to order.
 */
export async function submitExclusiveOrder(
  platform: OrderPlatform,
  call: IdempotentCall,
  buildOrder: (tx: Tx) => Promise<Order | null>,
  signal: AbortSignal | undefined,
): Promise<HoldOutcome | 'retry' | null> {
  const { eventId, viewerId } = call;
  return inTransaction(
    platform,
    `booking.${call.operation}`,
    async (tx, abort: Abort<HoldOutcome | 'retry'>) => {
      await lockChoosing(tx, eventId);
      const order = await buildOrder(tx);
      const options = { waitForLocks: true, switches: ALL_SAFETY_SWITCHES };
      return order && commitSingle(tx, abort, { eventId, viewerId }, call, order, options);
    },
    { signal },
  );
}

/**
 * Answer a call without admission, before any other I/O for it. Seats are not lost when a visit ends: who was admitted gets an
 * earlier success under the key.
 */
export async function answerDenied(db: Db, call: IdempotentCall, { refusal, mayReplay }: AdmissionDenied) {
  return (mayReplay ? await replayOutcome(db, call) : null) ?? refusal;
}

/** Find the stored outcome of an earlier call under this key, with the Reservation as it is now. `null`: none yet. */
export async function replayOutcome(
  db: Db,
  call: IdempotentCall,
): Promise<ReturnType<typeof ticketsReserved> | ReturnType<typeof idempotencyKeyReused> | null> {
  const earlier = await recall(db, call);
  if (earlier === null) return null;
  if (earlier === 'reused') return idempotencyKeyReused(call.key);
  const reservation = await findReservation(db, earlier.answer.eventId, earlier.answer.id);
  return reservation && ticketsReserved(reservation);
}
