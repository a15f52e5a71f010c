import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import { noSeatMap, type SeatMapSubscriber, type SeatMapUpdate } from '../seat-maps.ts';

/** The subscribers of one map. An exception of one of them does not stop delivery to the others. */
export class Subscribers {
  readonly #log: Log;
  readonly #all = new Set<SeatMapSubscriber>();

  constructor(log: Log) {
    this.#log = log;
  }

  get count(): number {
    return this.#all.size;
  }

  add(subscriber: SeatMapSubscriber): void {
    this.#all.add(subscriber);
  }

  delete(subscriber: SeatMapSubscriber): void {
    this.#all.delete(subscriber);
  }

  /** Remove all without a message. */
  clear(): void {
    this.#all.clear();
  }

  /** Fan an update out to all. */
  broadcast(update: SeatMapUpdate): void {
    this.#each([...this.#all], (subscriber) => subscriber.onUpdate(update));
  }

  /** Remove the subscribers whose viewer may not see the Event any more, each with a refusal. */
  removeUnauthorized(maySee: (viewer: Viewer | null) => boolean): void {
    const removed = [...this.#all].filter(({ viewer }) => !maySee(viewer));
    for (const subscriber of removed) this.#all.delete(subscriber);
    this.#each(removed, (subscriber) => subscriber.end(noSeatMap()));
  }

  #each(subscribers: readonly SeatMapSubscriber[], notify: (subscriber: SeatMapSubscriber) => void): void {
    for (const subscriber of subscribers) {
      try {
        notify(subscriber);
      } catch (error) {
        this.#log.error({ err: error }, 'seat map subscriber failed');
      }
    }
  }
}
