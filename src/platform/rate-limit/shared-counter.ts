import { RateLimiterRedis } from 'rate-limiter-flexible';

import type { RedisHelper } from '../redis/client.ts';
import { WindowCounter, type LocalUse, type WindowUse } from './window-counter.ts';

/**
 * Counts per key in fixed windows, across processes: in Redis, and in each process what that one has seen. While Redis is slow
 * or away a process goes on from the last count it knows, and afterwards the larger count holds: nothing is forgotten, and
 * what Redis counts late is not counted twice.
 */
export class SharedCounter {
  readonly #redis: RedisHelper;
  readonly #keyPrefix: string;
  readonly #shared: RateLimiterRedis | null;
  readonly #here: WindowCounter;

  constructor(redis: RedisHelper, name: string, windowSeconds: number) {
    this.#redis = redis;
    this.#keyPrefix = `${redis.prefix}rate:${name}`;
    this.#here = new WindowCounter(windowSeconds);
    this.#shared =
      redis.connection &&
      new RateLimiterRedis({
        storeClient: redis.connection,
        keyPrefix: this.#keyPrefix,
        duration: windowSeconds,
        points: 1, // not used: it counts without refusing
      });
  }

  /** Count in this process alone. */
  useHere(key: string, points: number): LocalUse {
    return this.#here.use(key, points);
  }

  /** Count across processes what `useHere` has counted in this one. */
  async share(key: string, points: number, local: LocalUse): Promise<WindowUse> {
    const shared = await this.#add(key, points);
    if (shared === null) return local;
    this.#here.learn(key, shared);
    return local.here > shared.used ? { used: local.here, msLeft: local.msLeft } : shared;
  }

  /** Add points, or give some back. */
  async use(key: string, points: number): Promise<WindowUse> {
    return this.share(key, points, this.useHere(key, points));
  }

  /** Null while Redis is unavailable. */
  async #add(key: string, points: number): Promise<WindowUse | null> {
    const limiter = this.#shared;
    if (limiter === null) return null;
    const sentAt = Date.now();
    return this.#redis.attempt<WindowUse | null>(
      'rate-limit',
      `${this.#keyPrefix}:${key}`,
      null,
      async () => {
        const { consumedPoints, msBeforeNext } = await (points > 0
          ? limiter.penalty(key, points) // counts without refusing
          : limiter.reward(key, -points));
        return { used: consumedPoints, msLeft: msBeforeNext - Math.max(0, Date.now() - sentAt) };
      },
    );
  }
}
