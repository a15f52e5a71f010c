import type { CodedError } from '../../platform/errors.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { SeatMapSubscriber, SeatMapUpdate } from '../seat-maps.ts';

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

  /** Remove the subscribers that may not see the map any more, each with its refusal. */
  removeRefused(refusalOf: (subscriber: SeatMapSubscriber) => CodedError | null): void {
    const refused = new Map<SeatMapSubscriber, CodedError>();
    for (const subscriber of this.#all) {
      const refusal = refusalOf(subscriber);
      if (refusal !== null) refused.set(subscriber, refusal);
    }
    for (const subscriber of refused.keys()) this.#all.delete(subscriber);
    this.#each([...refused.keys()], (subscriber) => subscriber.end(refused.get(subscriber)!));
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
