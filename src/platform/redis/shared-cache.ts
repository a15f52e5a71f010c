import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

import { memoryOf } from '../text/memory.ts';
import type { RedisHelper } from './client.ts';
import { readScript } from './script.ts';

const readOrClaim = readScript<string | 0 | 1>(new URL('scripts/read-or-claim.lua', import.meta.url));
const storeClaimed = readScript<0 | 1>(new URL('scripts/store-claimed.lua', import.meta.url));

/** Where a value came from: this process, another one by way of Redis, or a computation of its own. */
export type CacheResult = 'process' | 'shared' | 'computed';

export interface SharedCacheOptions {
  /** Label of the Redis calls, and part of the keys. */
  feature: string;
  /** Lifetime in Redis. */
  sharedMs: number;
  /** Lifetime in the process, on top of what it had in Redis. */
  processMs: number;
  /** Memory of the values in the process, keys included. */
  maxBytes: number;
  onResult?: (result: CacheResult) => void;
}

interface Computation {
  compute: () => Promise<string>;
  maxWaitMs: number;
}

type Keys = readonly [value: string, claim: string];

/** Longer JSON is kept by the process alone: a thousand of them would be 256 MB of Redis. */
const MAX_SHARED_LENGTH = 262_144;
/** A process that computes for longer, or has died, is not waited for: the next caller computes, too. */
const CLAIM_MS = 1_000;
const POLL_INTERVAL_MS = 20;

/**
 * Cache of JSON values for all processes of a cluster, in Redis, with a smaller one of each process in front. A missing value
 * is computed by one process at a time, once in it; others wait for it. Without Redis each process has its own cache.
 */
export class SharedCache {
  readonly #redis: Pick<RedisHelper, 'attempt' | 'prefix'>;
  readonly #options: SharedCacheOptions;
  readonly #values: LRUCache<string, { json: string }, Computation>;

  constructor(redis: Pick<RedisHelper, 'attempt' | 'prefix'>, options: SharedCacheOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#values = new LRUCache({
      maxSize: options.maxBytes,
      ttl: options.processMs,
      sizeCalculation: ({ json }, key) => memoryOf(json) + memoryOf(key),
      ignoreFetchAbort: true, // who waits for a value that is evicted meanwhile still gets it
      fetchMethod: async (key, _stale, { context }) => ({ json: await this.#load(key, context) }),
    });
  }

  /**
   * The value of this name, at most `sharedMs` and `processMs` old. `compute` returns what JSON can hold; its error is not cached.
   * A value that another process is computing is waited for `maxWaitMs` at most.
   */
  async read<T>(name: string, compute: () => Promise<T>, maxWaitMs = CLAIM_MS): Promise<T> {
    const key = createHash('sha256').update(name).digest('base64url').slice(0, 22); // names hold what strangers typed
    if (this.#values.has(key)) this.#options.onResult?.('process');
    const found = await this.#values.fetch(key, {
      context: { compute: async () => JSON.stringify(await compute()), maxWaitMs },
    });
    return JSON.parse(found!.json) as T;
  }

  async #load(key: string, { compute, maxWaitMs }: Computation): Promise<string> {
    const keys = this.#keysOf(key);
    const claim = randomBytes(9).toString('base64url');
    const deadline = performance.now() + Math.min(maxWaitMs, CLAIM_MS);
    for (;;) {
      const found = await this.#redis.attempt(this.#options.feature, keys[0], null, (redis) =>
        readOrClaim(redis, keys, [claim, CLAIM_MS]),
      );
      if (typeof found === 'string') {
        this.#options.onResult?.('shared');
        return found;
      }
      if (found === 1) return this.#computeClaimed(keys, claim, compute);
      if (found === null || performance.now() > deadline) return this.#compute(compute);
      await pause(POLL_INTERVAL_MS);
    }
  }

  async #computeClaimed(keys: Keys, claim: string, compute: () => Promise<string>): Promise<string> {
    let json = ''; // of a failure: the claim is given up
    try {
      return (json = await this.#compute(compute));
    } finally {
      const { feature, sharedMs } = this.#options;
      const stored = json.length > MAX_SHARED_LENGTH ? '' : json;
      await this.#redis.attempt(feature, keys[0], null, (redis) =>
        storeClaimed(redis, keys, [claim, sharedMs, stored]),
      );
    }
  }

  #compute(compute: () => Promise<string>): Promise<string> {
    this.#options.onResult?.('computed');
    return compute();
  }

  /** Strings in one slot. */
  #keysOf(key: string): Keys {
    const base = `${this.#redis.prefix}${this.#options.feature}:{${key}}`;
    return [base, `${base}:claim`];
  }
}
