import type { RowChange } from '../../platform/db/replication.ts';
import type { RedisHelper } from '../../platform/redis/client.ts';
import type { Boards } from '../board/boards.ts';
import { seatMapChannel } from '../board/keys.ts';
import { keepLatest, statusLetter, type PlaceChange } from '../encoding.ts';

/** A delta of that many places takes 5 ms of Redis. */
const MAX_PLACES_PER_DELTA = 1_000;
const RETRY_INTERVAL_MS = 100;
/** Some 50 MB. Backpressure: beyond it the feed stops reading the slot. */
const MAX_BACKLOG_PLACES = 500_000;

/** Changes of one board that are written together. */
interface Batch {
  /** Latest change of each place. */
  changes: Map<number, PlaceChange>;
  /** LSN up to which the log was read before the first of them. */
  precedingLsn: bigint;
  enqueuedAt: number;
}

/** Write queue of one board. */
interface BoardQueue {
  inFlight: Batch | null;
  pending: Batch | null;
  writing: Promise<void> | null;
}

/**
 * Writes replicated changes to the boards. Each board has a queue that coalesces what arrives while a write is in flight, so
 * that an unavailable shard delays its own Events only.
 */
export class BoardWriter implements AsyncDisposable {
  readonly #boards: Boards;
  readonly #redis: Pick<RedisHelper, 'available' | 'prefix'>;
  readonly #queues = new Map<string, BoardQueue>();
  readonly #retryTimer: NodeJS.Timeout;
  #generation = '';
  #closed = false;
  #progressAt = performance.now();

  constructor(boards: Boards, redis: Pick<RedisHelper, 'available' | 'prefix'>) {
    this.#boards = boards;
    this.#redis = redis;
    this.#retryTimer = setInterval(() => this.#retry(), RETRY_INTERVAL_MS);
  }

  /** Write to the boards of this generation. Changes queued for another are dropped: these boards are filled after them. */
  startGeneration(generation: string): void {
    if (generation !== this.#generation) this.#queues.clear();
    this.#generation = generation;
  }

  /** Queue the ticket changes of a transaction; `precedingLsn` is where the log was read to before it. */
  enqueue(rows: readonly RowChange[], precedingLsn: bigint): void {
    const touched = new Set<string>();
    for (const { table, operation, row } of rows) {
      if (table !== 'tickets' || operation !== 'update') continue;
      const eventId = String(row['event_id']);
      touched.add(eventId);
      let queue = this.#queues.get(eventId);
      if (queue === undefined)
        this.#queues.set(eventId, (queue = { inFlight: null, pending: null, writing: null }));
      queue.pending ??= { changes: new Map(), precedingLsn, enqueuedAt: performance.now() };
      keepLatest(queue.pending.changes, changeOf(row));
    }
    for (const eventId of touched) this.#startDrain(eventId, this.#queues.get(eventId)!);
  }

  /** LSN before the oldest change that is not written yet: acknowledge the slot no further. Null: all are written. */
  get oldestUnwrittenLsn(): bigint | null {
    let oldest: bigint | null = null;
    for (const { precedingLsn } of this.#oldestBatches()) {
      if (oldest === null || precedingLsn < oldest) oldest = precedingLsn;
    }
    return oldest;
  }

  /** Events whose boards have lacked a change for longer than that. */
  eventsBehindBy(ms: number): Set<string> {
    const late = this.#queues.entries().filter(([, queue]) => ageOf(queue.inFlight ?? queue.pending) > ms);
    return new Set(late.map(([eventId]) => eventId));
  }

  /** Redis has accepted a write, of the boards or another. */
  recordProgress(): void {
    this.#progressAt = performance.now();
  }

  /** How long Redis has accepted no write although some were pending. */
  stalledForMs(): number {
    const oldest = Math.max(0, ...this.#oldestBatches().map(ageOf));
    return Math.min(oldest, performance.now() - this.#progressAt);
  }

  /** Whether the backlog is at its limit. */
  isFull(): boolean {
    let places = 0;
    for (const { inFlight, pending } of this.#queues.values())
      places += (inFlight?.changes.size ?? 0) + (pending?.changes.size ?? 0);
    return places > MAX_BACKLOG_PLACES;
  }

  *#oldestBatches(): Generator<Batch> {
    for (const { inFlight, pending } of this.#queues.values()) {
      const oldest = inFlight ?? pending;
      if (oldest !== null) yield oldest;
    }
  }

  #retry(): void {
    for (const [eventId, queue] of this.#queues) {
      if (this.#redis.available(seatMapChannel(this.#redis.prefix, eventId)))
        this.#startDrain(eventId, queue);
    }
  }

  #startDrain(eventId: string, queue: BoardQueue): void {
    queue.writing ??= this.#drain(eventId, queue).finally(() => (queue.writing = null));
  }

  async #drain(eventId: string, queue: BoardQueue): Promise<void> {
    while (queue.pending !== null && this.#queues.get(eventId) === queue && !this.#closed) {
      const batch: Batch = queue.pending;
      queue.inFlight = batch;
      queue.pending = null;
      const isWritten = await this.#apply(eventId, [...batch.changes.values()]);
      queue.inFlight = null;
      if (isWritten) continue;
      queue.pending = merge(batch, queue.pending);
      return;
    }
    if (queue.pending === null && this.#queues.get(eventId) === queue) this.#queues.delete(eventId);
  }

  /** Idempotent: a board ignores versions of a place that are not newer than its own. */
  async #apply(eventId: string, changes: readonly PlaceChange[]): Promise<boolean> {
    const generation = this.#generation;
    for (let from = 0; from < changes.length; from += MAX_PLACES_PER_DELTA) {
      const chunk = changes.slice(from, from + MAX_PLACES_PER_DELTA);
      if ((await this.#boards.apply(generation, eventId, chunk)) === null) return false;
      this.recordProgress();
    }
    return true;
  }

  async [Symbol.asyncDispose]() {
    this.#closed = true;
    clearInterval(this.#retryTimer);
    for (const { writing } of this.#queues.values()) await writing;
  }
}

const ageOf = (batch: Batch | null): number => (batch === null ? 0 : performance.now() - batch.enqueuedAt);

function merge(older: Batch, newer: Batch | null): Batch {
  for (const change of newer?.changes.values() ?? []) keepLatest(older.changes, change);
  return older;
}

function changeOf(row: Record<string, unknown>): PlaceChange {
  return {
    place: Number(row['place']),
    version: Number(row['version']),
    status: statusLetter(String(row['status'])),
  };
}
