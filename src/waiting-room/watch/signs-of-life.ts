import { inParts } from '../line/in-parts.ts';
import type { Line } from '../line/line.ts';
import type { RoomRow } from '../store/rooms.ts';
import type { WatchTimes } from './queue-watch.ts';
import { Round, type Waiters } from './waiters.ts';

/** A sign of life of a subscription comes at least so often within the grace. */
const SIGNS_PER_GRACE = 3;

/** A poll stands for so long. */
const POLL_STANDS_SECONDS = 30;
/** An entry that polls is passed on once in this time. */
const POLL_WINDOW_MS = 10_000;
/** Entries of one window, further ones are passed on at each poll; and signs that were not passed on yet. */
const MAX_POLLERS = 500_000;
const MAX_RESTORES_AT_ONCE = 50;
/** Redis is away, or busy for longer than a call may take. */
const RETRY_MS = 500;

type LineParts = Pick<Line, 'touch' | 'restore'>;

/** Passes signs of life of entries on to Redis, in batches, and restores those that it has lost by the places that they had. */
export class SignsOfLife {
  readonly #line: LineParts;
  readonly #room: () => RoomRow;
  readonly #round = new Round();
  #roundStartedAt = -Infinity;
  readonly #polls = new Map<string, number | null>();
  #polled = new Set<string>();
  #windowEndsAt = -Infinity;
  #flushing: Promise<void> | null = null;
  #flushAfter = -Infinity;

  constructor(line: LineParts, room: () => RoomRow) {
    this.#line = line;
    this.#room = room;
  }

  /** Pass on the signs of life of some subscriptions. */
  visit(waiters: Waiters, { tickMs, maxSignMs }: WatchTimes, now: number): void {
    const signMs = Math.min(maxSignMs, (this.#room().graceSeconds * 1_000) / SIGNS_PER_GRACE);
    if (now - this.#roundStartedAt >= signMs) {
      this.#roundStartedAt = now;
      this.#round.restart(waiters.count);
    }
    const signs = new Map<string, number | null>();
    const visits = Math.ceil((waiters.count * tickMs) / signMs);
    this.#round.visit(waiters.all(), visits, ({ entry, place, token }) => {
      if (token !== null) signs.set(entry, place);
    });
    if (signs.size > 0) void this.#passOn(signs);
  }

  /** A poll of an entry: at most one in ten seconds is passed on. */
  onPoll(entry: string, place: number | null, now: number): void {
    if (now >= this.#windowEndsAt) {
      this.#polled = new Set();
      this.#windowEndsAt = now + POLL_WINDOW_MS;
    }
    if (this.#polled.has(entry)) return;
    if (this.#polled.size < MAX_POLLERS) this.#polled.add(entry);
    this.#note(entry, place);
  }

  /** Pass polls on, unless the last batch is still under way. */
  flushPolls(): void {
    const now = performance.now();
    if (this.#polls.size === 0 || this.#flushing !== null || now < this.#flushAfter) return;
    const entries = new Map(this.#polls);
    this.#polls.clear();
    this.#flushing = this.#passOn(entries, POLL_STANDS_SECONDS).finally(() => (this.#flushing = null));
  }

  /** Signs that have not arrived, as Redis is busy or away, are passed on later as if they were of polls. */
  async #passOn(signs: ReadonlyMap<string, number | null>, standsSeconds = 0): Promise<void> {
    for (const part of inParts([...signs])) {
      if (await this.touch(new Map(part), standsSeconds)) continue;
      this.#flushAfter = performance.now() + RETRY_MS;
      for (const [entry, place] of part) {
        if (!this.#polls.has(entry)) this.#note(entry, place);
      }
    }
  }

  /** Keep a sign until it is passed on. Of more than 500,000 the later ones are dropped: their polls repeat them. */
  #note(entry: string, place: number | null): void {
    if (this.#polls.size < MAX_POLLERS || this.#polls.has(entry)) this.#polls.set(entry, place);
  }

  /** Pass signs of life on now: entries with the places that they are restored to. `false`: some have not arrived. */
  async touch(entries: ReadonlyMap<string, number | null>, standsSeconds = 0): Promise<boolean> {
    const room = this.#room();
    const lost = await this.#line.touch(room, [...entries.keys()], standsSeconds).catch(() => null);
    if (lost === null) return false;
    const restores = lost.values();
    const worker = async () => {
      for (const entry of restores)
        await this.#line.restore(room, entry, entries.get(entry) ?? null).catch(() => null);
    };
    await Promise.all(Array.from({ length: Math.min(lost.length, MAX_RESTORES_AT_ONCE) }, worker));
    return true;
  }
}
