import type { RowChange } from '../../platform/db/replication.ts';
import type { RedisHelper } from '../../platform/redis/client.ts';
import type { Boards } from '../board/boards.ts';
import { seatMapChannel } from '../board/keys.ts';
import { keepLatest, letterOf, type PlaceChange } from '../encoding.ts';

/** Places in one delta: five milliseconds of Redis. */
const PLACES_AT_ONCE = 1_000;
const TRY_AGAIN_MS = 100;
/** Some 50 MB. What comes then stays in the log. */
const PLACES_AT_MOST = 500_000;

/** Changes that are written together. */
interface Batch {
  /** The latest of each place. */
  changes: Map<number, PlaceChange>;
  /** How far the log had come before the first of them, and when that was. */
  after: bigint;
  since: number;
}

/** What is written on one board, in this order. */
interface Lane {
  underWay: Batch | null;
  next: Batch | null;
  writing: Promise<void> | null;
}

/**
 * What the log has shown and the boards have not taken yet. Each board has a lane of its own, on which it is written what
 * came while the last was under way. So a shard that is away holds up nobody but its own Events.
 */
export class Backlog implements AsyncDisposable {
  readonly #boards: Boards;
  readonly #redis: Pick<RedisHelper, 'available' | 'prefix'>;
  readonly #lanes = new Map<string, Lane>();
  readonly #clock: NodeJS.Timeout;
  #generation = '';
  #closed = false;
  #tookAt = performance.now();

  constructor(boards: Boards, redis: Pick<RedisHelper, 'available' | 'prefix'>) {
    this.#boards = boards;
    this.#redis = redis;
    this.#clock = setInterval(() => this.#tryAgain(), TRY_AGAIN_MS);
  }

  /** Write on the boards of this generation from here on. What was meant for those of another is on these when they are filled. */
  startOver(generation: string): void {
    if (generation !== this.#generation) this.#lanes.clear();
    this.#generation = generation;
  }

  /** Begin to write down what became of tickets; `after` is how far the log had come before. */
  add(rows: readonly RowChange[], after: bigint): void {
    const touched = new Set<string>();
    for (const { table, row } of rows) {
      if (table !== 'tickets') continue;
      const eventId = String(row['event_id']);
      touched.add(eventId);
      let lane = this.#lanes.get(eventId);
      if (lane === undefined)
        this.#lanes.set(eventId, (lane = { underWay: null, next: null, writing: null }));
      lane.next ??= { changes: new Map(), after, since: performance.now() };
      keepLatest(lane.next.changes, changeOf(row));
    }
    for (const eventId of touched) this.#write(eventId, this.#lanes.get(eventId)!);
  }

  /** How far the log had come before the first change that is not written yet. Null: all are. */
  get undone(): bigint | null {
    let least: bigint | null = null;
    for (const { after } of this.#oldest()) if (least === null || after < least) least = after;
    return least;
  }

  /** Name the Events whose boards have lacked something for so long. */
  behindFor(ms: number): Set<string> {
    const late = this.#lanes.entries().filter(([, lane]) => ageOf(lane.underWay ?? lane.next) > ms);
    return new Set(late.map(([eventId]) => eventId));
  }

  /** Redis has taken something else. */
  recordProgress(): void {
    this.#tookAt = performance.now();
  }

  /** How long Redis has taken nothing of what there was to take. */
  stuckForMs(): number {
    const oldest = Math.max(0, ...this.#oldest().map(ageOf));
    return Math.min(oldest, performance.now() - this.#tookAt);
  }

  /** Tell whether no more should come for now. */
  isFull(): boolean {
    let places = 0;
    for (const { underWay, next } of this.#lanes.values())
      places += (underWay?.changes.size ?? 0) + (next?.changes.size ?? 0);
    return places > PLACES_AT_MOST;
  }

  *#oldest(): Generator<Batch> {
    for (const { underWay, next } of this.#lanes.values()) {
      const oldest = underWay ?? next;
      if (oldest !== null) yield oldest;
    }
  }

  #tryAgain(): void {
    for (const [eventId, lane] of this.#lanes) {
      if (this.#redis.available(seatMapChannel(this.#redis.prefix, eventId))) this.#write(eventId, lane);
    }
  }

  #write(eventId: string, lane: Lane): void {
    lane.writing ??= this.#writeAll(eventId, lane).finally(() => (lane.writing = null));
  }

  async #writeAll(eventId: string, lane: Lane): Promise<void> {
    while (lane.next !== null && this.#lanes.get(eventId) === lane && !this.#closed) {
      const batch: Batch = lane.next;
      lane.underWay = batch;
      lane.next = null;
      const isTaken = await this.#apply(eventId, [...batch.changes.values()]);
      lane.underWay = null;
      if (isTaken) continue;
      lane.next = merge(batch, lane.next);
      return;
    }
    if (lane.next === null && this.#lanes.get(eventId) === lane) this.#lanes.delete(eventId);
  }

  /** Doing it twice is harmless: a board has each version of each place once. */
  async #apply(eventId: string, changes: readonly PlaceChange[]): Promise<boolean> {
    const generation = this.#generation;
    for (let from = 0; from < changes.length; from += PLACES_AT_ONCE) {
      const some = changes.slice(from, from + PLACES_AT_ONCE);
      if ((await this.#boards.apply(generation, eventId, some)) === null) return false;
      this.recordProgress();
    }
    return true;
  }

  async [Symbol.asyncDispose]() {
    this.#closed = true;
    clearInterval(this.#clock);
    for (const { writing } of this.#lanes.values()) await writing;
  }
}

const ageOf = (batch: Batch | null): number => (batch === null ? 0 : performance.now() - batch.since);

function merge(older: Batch, newer: Batch | null): Batch {
  for (const change of newer?.changes.values() ?? []) keepLatest(older.changes, change);
  return older;
}

function changeOf(row: Record<string, unknown>): PlaceChange {
  return {
    place: Number(row['place']),
    version: Number(row['version']),
    letter: letterOf(String(row['status'])),
  };
}
