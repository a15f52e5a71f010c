import type { Db } from '../../platform/db/pool.ts';
import { isDatabaseUnavailable } from '../../platform/db/sql-state.ts';
import { inTransaction, type Abort } from '../../platform/db/transaction.ts';
import { retriesExhausted } from '../../platform/errors.ts';
import type { Platform } from '../../platform/index.ts';
import { commitBatch, type BatchedOrder, type BatchOutcome } from './commit-batch.ts';
import type { SafetySwitches } from './safety-switches.ts';

/** Larger batches save nothing more per order, and each order waits for its whole batch. */
const MAX_BATCH_SIZE = 32;
/** Per Event. Two: one batch runs its statements while the other waits for the disk. Meanwhile the queue fills the next. */
const MAX_CONCURRENT_BATCHES = 2;
/** Per Event and process: some seconds of work. Later orders are refused, to be sent again. */
const MAX_QUEUED_ORDERS = 10_000;

type BatcherPlatform = Pick<Platform, 'db' | 'metrics'>;

interface QueuedOrder {
  order: BatchedOrder;
  outcome: PromiseWithResolvers<BatchOutcome>;
  signal: AbortSignal | undefined;
}

/** By database, as each has Events of its own. Only Events with orders in flight have a batcher. */
const batchers = new WeakMap<Db, Map<string, OrderBatcher>>();

/**
 * Commit an order in one transaction with concurrent orders of the Event (group commit). At the start of a sale this lets
 * one machine take more orders than it can commit transactions.
 */
export async function submitToBatch(
  platform: BatcherPlatform,
  eventId: string,
  order: BatchedOrder,
  switches: Readonly<SafetySwitches>,
  signal?: AbortSignal,
): Promise<BatchOutcome> {
  let byEvent = batchers.get(platform.db);
  if (byEvent === undefined) batchers.set(platform.db, (byEvent = new Map<string, OrderBatcher>()));
  const key = `${eventId} ${JSON.stringify(switches)}`;
  let batcher = byEvent.get(key);
  if (batcher === undefined) {
    batcher = new OrderBatcher(platform, eventId, switches, () => byEvent.delete(key));
    byEvent.set(key, batcher);
  }
  return batcher.add(order, signal);
}

/** Queue of one Event's orders, and its running batches. */
class OrderBatcher {
  readonly #platform: BatcherPlatform;
  readonly #eventId: string;
  readonly #switches: Readonly<SafetySwitches>;
  readonly #onIdle: () => void;
  #queue: QueuedOrder[] = [];
  #running = 0;
  #isScheduled = false;

  constructor(
    platform: BatcherPlatform,
    eventId: string,
    switches: Readonly<SafetySwitches>,
    onIdle: () => void,
  ) {
    this.#platform = platform;
    this.#eventId = eventId;
    this.#switches = switches;
    this.#onIdle = onIdle;
  }

  add(order: BatchedOrder, signal: AbortSignal | undefined): Promise<BatchOutcome> {
    if (this.#queue.length >= MAX_QUEUED_ORDERS) return Promise.reject(retriesExhausted());
    const outcome = Promise.withResolvers<BatchOutcome>();
    this.#queue.push({ order, outcome, signal });
    this.#schedule();
    return outcome.promise;
  }

  /** `setImmediate` runs after the poll phase, so that the batch includes all requests that arrived with this one. */
  #schedule(): void {
    if (this.#isScheduled || this.#running >= MAX_CONCURRENT_BATCHES) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const batch = this.#takeBatch();
      if (batch.length > 0) void this.#run(batch);
      else if (this.#running === 0) this.#onIdle();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  /** First in, first out, with at most one order per buyer. An order whose client is gone is dropped before it begins. */
  #takeBatch(): QueuedOrder[] {
    const buyers = new Set<string>();
    const batch: QueuedOrder[] = [];
    const rest: QueuedOrder[] = [];
    for (const queued of this.#queue) {
      if (queued.signal?.aborted) {
        queued.outcome.reject(queued.signal.reason);
        continue;
      }
      const { viewerId } = queued.order.call;
      const fits = batch.length < MAX_BATCH_SIZE && !buyers.has(viewerId);
      (fits ? batch : rest).push(queued);
      buyers.add(viewerId);
    }
    this.#queue = rest;
    return batch;
  }

  async #run(batch: readonly QueuedOrder[]): Promise<void> {
    this.#running++;
    const outcomes = await this.#commit(batch.map(({ order }) => order));
    batch.forEach(({ outcome }, index) => {
      if (outcomes instanceof Error) outcome.reject(outcomes);
      else outcome.resolve(outcomes?.[index] ?? 'single');
    });
    this.#running--;
    if (this.#queue.length > 0) this.#schedule();
    else if (this.#running === 0) this.#onIdle();
  }

  /** `null`: the batch failed, and each order gets a transaction of its own. An Error: those would fail, too. */
  async #commit(orders: readonly BatchedOrder[]): Promise<BatchOutcome[] | null | Error> {
    this.#platform.metrics.ordersTogether.observe(orders.length);
    try {
      return await inTransaction(this.#platform, 'booking.holdTogether', (tx, abort: Abort<null>) =>
        commitBatch(tx, abort, this.#eventId, orders, this.#switches),
      );
    } catch (error) {
      return isDatabaseUnavailable(error) ? (error as Error) : null;
    }
  }
}
