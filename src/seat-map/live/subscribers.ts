import type { Viewer } from '../../platform/auth/viewer.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import { noSeatMap, type SeatMapSubscriber, type SeatMapUpdate } from '../seat-maps.ts';

/** Those who follow one map. That one of them fails is no reason not to tell the others. */
export class Followers {
  readonly #log: Log;
  readonly #all = new Set<SeatMapSubscriber>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** How many there are. */
  get count(): number {
    return this.#all.size;
  }

  /** Take somebody in. */
  add(follower: SeatMapSubscriber): void {
    this.#all.add(follower);
  }

  /** Let go of somebody. */
  delete(follower: SeatMapSubscriber): void {
    this.#all.delete(follower);
  }

  /** Let go of all, without a word. */
  clear(): void {
    this.#all.clear();
  }

  /** Tell everybody. */
  broadcast(update: SeatMapUpdate): void {
    this.#each([...this.#all], (follower) => follower.onUpdate(update));
  }

  /** Let go of all who may not follow any more, and tell them. */
  dismiss(mayFollow: (viewer: Viewer | null) => boolean): void {
    const dismissed = [...this.#all].filter(({ viewer }) => !mayFollow(viewer));
    for (const follower of dismissed) this.#all.delete(follower);
    this.#each(dismissed, (follower) => follower.end(noSeatMap()));
  }

  #each(followers: readonly SeatMapSubscriber[], tell: (follower: SeatMapSubscriber) => void): void {
    for (const follower of followers) {
      try {
        tell(follower);
      } catch (error) {
        this.#log.error({ err: error }, 'a follower failed');
      }
    }
  }
}
