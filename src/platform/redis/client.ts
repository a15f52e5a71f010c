import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { openBreaker, type Breaker } from './breaker.ts';
import { connectToCluster } from './cluster.ts';
import { connectToOne, type RedisConnection, type RedisUrl, type Shards } from './shards.ts';

/** How much of Redis answers: of a cluster perhaps some shards and not others. `none`: there is none, by choice. */
export type RedisState = 'up' | 'partly' | 'away' | 'none';

/**
 * Redis as a helper that may be away, in whole or in part.
 *
 * Nothing here throws because of Redis: whoever asks says what to go on with when there is no answer.
 */
export interface RedisHelper extends AsyncDisposable {
  /** What stands before every key. */
  readonly prefix: string;
  /** How much of it is believed to answer right now. */
  state(): RedisState;
  /** Tell whether Redis is believed to answer right now: the shard of `key`, or without one any shard. */
  available(key?: string): boolean;
  /**
   * Run `work`, or answer `fallback` when Redis is away, too slow, or fails. `feature` names the metric. On a cluster all
   * keys it touches lie in the slot of `key`, and a shard that is away is no concern of those who want another.
   */
  attempt<T>(
    feature: string,
    key: string,
    fallback: T,
    work: (redis: RedisConnection) => Promise<T>,
  ): Promise<T>;
  /** The connection itself, for libraries that bring a fallback of their own. `null`: none is configured. */
  readonly connection: RedisConnection | null;
  /** What it consists of, for whoever needs connections of their own. `null`: none is configured. */
  readonly shards: Shards | null;
}

/**
 * Open the helper. `url` null: run without Redis, by choice. `commandMs`: how long to wait for an answer; tests of what
 * the answer is have more patience than a buyer has.
 */
export function openRedis(
  url: RedisUrl | null,
  options: { prefix: string; log: Log; metrics: Metrics; commandMs?: number },
): RedisHelper {
  const { prefix, log, metrics } = options;
  if (url === null) return withoutRedis(prefix);

  const shards =
    typeof url === 'string'
      ? connectToOne(url, log, options.commandMs)
      : connectToCluster(url, log, options.commandMs);
  const { connection } = shards;
  const breakers = new Map<string, Breaker>();
  const breakerOf = (shard: string): Breaker => {
    let breaker = breakers.get(shard);
    if (breaker === undefined) breakers.set(shard, (breaker = openBreaker()));
    return breaker;
  };
  const isAvailable = (shard: string) => shards.isReady(shard) && breakerOf(shard).mayTry();
  const state = (): RedisState => {
    const all = shards.all();
    const answering = all.filter(isAvailable).length;
    return answering === 0 ? 'away' : answering < all.length ? 'partly' : 'up';
  };
  shards.onChange(() => metrics.redisUp.set(state() === 'up' ? 1 : 0));

  return {
    prefix,
    connection,
    shards,
    state,
    available(key) {
      if (key === undefined) return state() !== 'away';
      const shard = shards.of(key);
      return shard !== null && isAvailable(shard);
    },
    async attempt(feature, key, fallback, work) {
      try {
        const shard = shards.of(key);
        if (shard === null || !shards.isReady(shard)) throw new Error('redis is not connected');
        return await breakerOf(shard).run(() => work(connection));
      } catch (error) {
        metrics.redisUnavailable.inc({ feature });
        const reason = error instanceof Error ? error.message : String(error);
        // the one mistake that looks like an outage for ever
        if (reason.startsWith('MOVED ')) log.error({ feature }, 'redis is a cluster: set REDIS_CLUSTER=true');
        else log.debug({ feature, reason }, 'went on without redis');
        return fallback;
      }
    },
    async [Symbol.asyncDispose]() {
      shards.close();
    },
  };
}

function withoutRedis(prefix: string): RedisHelper {
  return {
    prefix,
    connection: null,
    shards: null,
    state: () => 'none',
    available: () => false,
    attempt: (_feature, _key, fallback) => Promise.resolve(fallback),
    async [Symbol.asyncDispose]() {},
  };
}
