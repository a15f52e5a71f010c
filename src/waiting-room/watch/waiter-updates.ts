import type { QueueState } from '../../generated/graphql.ts';
import type { Platform } from '../../platform/index.ts';
import type { LiveLine } from './live-line.ts';
import { closedStatus, isLast, stateInLine, type QueueStatus } from './queue-status.ts';
import type { WatchTimes } from './queue-watch.ts';
import { Round, type Waiter, type Waiters } from './waiters.ts';

/** Sends the waiters of a room where they stand: after a change of the line those in it in turn, each about once a second. */
export class WaiterUpdates {
  readonly #platform: Pick<Platform, 'log'>;
  readonly #live: LiveLine;
  readonly #waiters: Waiters;
  readonly #round = new Round();
  #isClosed = false;

  constructor(platform: Pick<Platform, 'log'>, live: LiveLine, waiters: Waiters) {
    this.#platform = platform;
    this.#live = live;
    this.#waiters = waiters;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The room is closed: all waiters are sent that, and it is their last update. */
  close(): void {
    this.#isClosed = true;
    this.restart();
  }

  /** All waiters may have news. */
  restart(): void {
    this.#round.restart(this.#waiters.count);
  }

  /** Update some of the waiters that may have news. */
  tick({ tickMs, updateMs, maxUpdatesPerSecond }: WatchTimes): void {
    const { count } = this.#waiters;
    const roundMs = Math.max(updateMs, (count / maxUpdatesPerSecond) * 1_000);
    this.#round.visit(this.#waiters.all(), Math.ceil((count * tickMs) / roundMs), (waiter) =>
      this.update(waiter),
    );
  }

  /** Send a waiter where it stands, if that changed. */
  update(waiter: Waiter): void {
    const status = this.#isClosed ? closedStatus() : this.next(waiter);
    if (status !== null) this.send(waiter, status);
  }

  /** The status of a waiter in the line; null: it was sent already, or Redis has to be asked. */
  next(waiter: Waiter): QueueStatus | null {
    const { room, view } = this.#live;
    const { entry, place, token, sentAhead } = waiter;
    if (token === null || (place !== null && !view.isWaiting(place))) return null;
    const state = stateInLine(room, view, place);
    const ahead = place === null ? null : this.#live.peopleAhead(place, sentAhead);
    const now = performance.now();
    if (waiter.knows(state, ahead, room.opensAt) && !this.#hasNewRange(waiter, state, now)) return null;
    const status = this.#live.status({ entry, place, token }, sentAhead);
    waiter.note(status, now);
    return status;
  }

  #hasNewRange(waiter: Waiter, state: QueueState, now: number): boolean {
    if (state !== 'WAITING' || waiter.sentAhead === null || !waiter.isRangeDue(now)) return false;
    return waiter.expectsOtherwise(this.#live.range(waiter.sentAhead), now);
  }

  send(waiter: Waiter, status: QueueStatus): void {
    const ends = isLast(status.state);
    if (ends) this.#waiters.delete(waiter);
    try {
      waiter.subscriber.onUpdate(status);
      if (ends) waiter.subscriber.complete();
    } catch (error) {
      this.#platform.log.error({ err: error }, 'queue subscriber failed');
    }
  }
}
