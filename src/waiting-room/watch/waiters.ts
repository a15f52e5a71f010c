import type { QueueState } from '../../generated/graphql.ts';
import type { QueueStatus } from './queue-status.ts';
import type { QueueSubscriber } from './queue-watch.ts';
import type { WaitRange } from './wait-estimates.ts';

/** A range is sent by itself if a bound changed by so many seconds, and by this part of it. */
const MIN_CHANGE_SECONDS = 30;
const MIN_CHANGE = 0.2;
const RANGE_INTERVAL_MS = 10_000;

/** A subscription of an entry. One object, as 100,000 are kept. */
export class Waiter {
  readonly subscriber: QueueSubscriber;
  readonly viewerId: string;
  readonly entry: string;
  /** Number in the line; null: none is known. */
  place: number | null;
  /** Carries the place; null while the entry is not known to exist. */
  token: string | null;
  /** What was sent last. */
  sentState: QueueState | null = null;
  sentAhead: number | null = null;
  #sentOpening: number | null = null;
  /** The range that was sent last, and when something was. */
  #sentWait: WaitRange | null = null;
  #sentAt = -Infinity;
  /** The first range that was sent, and when. */
  #promised: (WaitRange & { at: number }) | null = null;
  isLookedUp = false;
  /** When it subscribed, by the monotonic clock. */
  readonly since = performance.now();
  /** Index in the list of waiters; -1: it left. */
  index = -1;

  constructor(subscriber: QueueSubscriber, viewerId: string, entry: string) {
    this.subscriber = subscriber;
    this.viewerId = viewerId;
    this.entry = entry;
    this.place = null;
    this.token = null;
  }

  /** Note what is sent. */
  note(status: QueueStatus, now: number): void {
    const { state, peopleAhead, minWaitSeconds: min, maxWaitSeconds: max } = status;
    this.sentState = state;
    this.sentAhead = peopleAhead;
    this.#sentOpening = openingOf(state, status.opensAt);
    this.#sentAt = now;
    this.#sentWait = min === null || max === null ? null : { min, max };
    if (this.#sentWait !== null) this.#promised ??= { ...this.#sentWait, at: now };
  }

  /** Whether it was sent that it stands there; before the opening, with the time that it counts down to. */
  knows(state: QueueState, ahead: number | null, opensAt: Date): boolean {
    return (
      state === this.sentState && ahead === this.sentAhead && openingOf(state, opensAt) === this.#sentOpening
    );
  }

  /** Whether it may be sent a range that alone has changed. */
  isRangeDue(now: number): boolean {
    return now - this.#sentAt >= RANGE_INTERVAL_MS;
  }

  /** Whether a range is another one than that which its client counts down. */
  expectsOtherwise(wait: WaitRange | null, now: number): boolean {
    const sent = this.#sentWait;
    if (wait === null || sent === null) return wait !== sent;
    const elapsed = (now - this.#sentAt) / 1_000;
    return (['min', 'max'] as const).some((bound) => {
      const counted = Math.max(0, sent[bound] - elapsed);
      const difference = Math.abs(wait[bound] - counted);
      return difference >= MIN_CHANGE_SECONDS && difference > MIN_CHANGE * counted;
    });
  }

  /** Compare the first range that was sent with the true wait; null: none was. */
  judgePromise(now: number): 'contained' | 'too_long' | 'too_short' | null {
    if (this.#promised === null) return null;
    const { min, max, at } = this.#promised;
    const seconds = (now - at) / 1_000;
    return seconds < min ? 'too_long' : seconds > max ? 'too_short' : 'contained';
  }
}

const openingOf = (state: QueueState, opensAt: Date | null): number | null =>
  state === 'BEFORE_OPENING' ? (opensAt?.getTime() ?? null) : null;

/** The waiters of a room, visited in turn and found by place. */
export class Waiters {
  readonly #all: Waiter[] = [];
  readonly #bySubscriber = new Map<QueueSubscriber, Waiter>();
  readonly #byPlace = new Map<number, Waiter | Waiter[]>();

  get count(): number {
    return this.#all.length;
  }

  add(waiter: Waiter): void {
    waiter.index = this.#all.push(waiter) - 1;
    this.#bySubscriber.set(waiter.subscriber, waiter);
  }

  of(subscriber: QueueSubscriber): Waiter | undefined {
    return this.#bySubscriber.get(subscriber);
  }

  delete(waiter: Waiter): void {
    if (waiter.index === -1) return;
    this.place(waiter, null);
    this.#bySubscriber.delete(waiter.subscriber);
    const last = this.#all.pop()!;
    if (last !== waiter) {
      this.#all[waiter.index] = last;
      last.index = waiter.index;
    }
    waiter.index = -1;
  }

  /** Set the place of a waiter. */
  place(waiter: Waiter, place: number | null): void {
    if (waiter.place === place) return;
    if (waiter.place !== null) {
      const others = [this.#byPlace.get(waiter.place)!].flat().filter((other) => other !== waiter);
      if (others.length === 0) this.#byPlace.delete(waiter.place);
      else this.#byPlace.set(waiter.place, others);
    }
    waiter.place = place;
    if (place === null) return;
    const known = this.#byPlace.get(place); // several devices of one viewer
    this.#byPlace.set(place, known === undefined ? waiter : [known, waiter].flat());
  }

  at(place: number): readonly Waiter[] {
    return [this.#byPlace.get(place) ?? []].flat();
  }

  /** Those with a place after `from` and up to `to`: by place, or by all places that are known if those are fewer. */
  between(from: number, to: number): Waiter[] {
    if (to - from > this.#byPlace.size)
      return this.#all.filter(({ place }) => place !== null && place > from && place <= to);
    const found: Waiter[] = [];
    for (let place = from + 1; place <= to; place++) found.push(...this.at(place));
    return found;
  }

  all(): readonly Waiter[] {
    return this.#all;
  }
}

/** Goes round a list, some items at a time. Removal moves the last item forward: one may be visited a round later. */
export class Round {
  #next = 0;
  #left = 0;

  /** From now on each item is to be visited once. */
  restart(count: number): void {
    this.#left = count;
  }

  /** Visit up to `count` items. */
  visit<T>(items: readonly T[], count: number, work: (item: T) => void): void {
    for (let visits = Math.min(count, this.#left); visits > 0 && items.length > 0; visits--) {
      if (this.#next >= items.length) this.#next = 0;
      const item = items[this.#next]!;
      this.#left--;
      work(item);
      if (items[this.#next] === item) this.#next++; // else it was removed, and another one is at its index
    }
  }
}
