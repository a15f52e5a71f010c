import type { OpeningResult } from '../draw/open-room.ts';
import type { RoomKey } from '../store/rooms.ts';
import type { AdmissionParts } from './admission-parts.ts';

/**
 * Why a step of the controller did not come to its end; the others are of the opening.
 *
 * redis-unavailable  Redis is away, or too slow
 * not-restored       Redis has lost the room, and was away again before it was restored
 */
export type Hindrance = 'redis-unavailable' | 'not-restored' | Exclude<OpeningResult, 'opened'>;

/** A pause of Redis or a change of the controller is over by then. */
const REPORTED_AFTER_STEPS = 5;

/** Another process may reach the Redis, or the shard, that this one does not. */
const YIELDS_AFTER_STEPS = 10;
const WITHOUT_REDIS: ReadonlySet<Hindrance | null> = new Set(['redis-unavailable', 'not-restored']);

/** Logs why a room does not advance, once for each reason that lasts, and once that it does again. */
export class Hindrances {
  readonly #log: AdmissionParts['platform']['log'];
  readonly #room: RoomKey;
  #reason: Hindrance | null = null;
  #steps = 0;
  #isReported = false;

  constructor(log: AdmissionParts['platform']['log'], room: RoomKey) {
    this.#log = log;
    this.#room = room;
  }

  /** Whether the lease is to be left to another process for once. */
  get shouldYield(): boolean {
    return WITHOUT_REDIS.has(this.#reason) && this.#steps % YIELDS_AFTER_STEPS === 0;
  }

  /** Note what came of a step; null: it came to its end. */
  note(reason: Hindrance | null): void {
    this.#steps = reason === this.#reason ? this.#steps + 1 : 1;
    this.#reason = reason;
    if (reason !== null && this.#steps === REPORTED_AFTER_STEPS) {
      this.#isReported = true;
      this.#log.warn({ ...this.#room, reason }, 'waiting room does not advance');
    } else if (reason === null && this.#isReported) {
      this.#isReported = false;
      this.#log.info({ ...this.#room }, 'waiting room advances again');
    }
  }
}
