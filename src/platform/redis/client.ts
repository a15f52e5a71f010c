import { openBreaker, type Breaker } from '../breaker.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { connectToCluster } from './cluster.ts';
import { connectToOne, type RedisConnection, type RedisUrl, type Shards } from './shards.ts';

/** Availability of Redis. `partly`: some shards of a cluster. `none`: none is configured. */
export type RedisState = 'up' | 'partly' | 'away' | 'none';

/**
 * Redis as an optional dependency, of which any shard may be unavailable.
 *
 * Nothing here throws because of Redis: each call names the fallback to continue with.
 */
export interface RedisHelper extends AsyncDisposable {
  /** The prefix of every key. */
  readonly prefix: string;
  /** Availability, by connections and breakers. */
  state(): RedisState;
  /** Whether the shard of `key` is available, or without a key any shard. */
  available(key?: string): boolean;
  /**
   * Run `work`, or return `fallback` when Redis is unavailable, too slow, or fails. `feature` labels the metric. On a
   * cluster all keys it touches are in the slot of `key`, and only the breaker of that shard counts.
   */
  attempt<T>(
    feature: string,
    key: string,
    fallback: T,
    work: (redis: RedisConnection) => Promise<T>,
  ): Promise<T>;
  /** The connection, for libraries with a fallback of their own. `null`: none is configured. */
  readonly connection: RedisConnection | null;
  /** The shards, for callers that need connections of their own. `null`: none is configured. */
  readonly shards: Shards | null;
}

/**
 * Open Redis. `url` null: run without it. `commandMs` is the timeout of a command; tests that are about the reply set a
 * longer one.
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
        // a misconfiguration that looks like a permanent outage
        if (reason.startsWith('MOVED ')) log.error({ feature }, 'redis is a cluster: set REDIS_CLUSTER=true');
        else if (isRefusal(error)) log.warn({ feature, reason }, 'redis refused a command, fallback used');
        else log.debug({ feature, reason }, 'redis unavailable, fallback used');
        return fallback;
      }
    },
    async [Symbol.asyncDispose]() {
      shards.close();
    },
  };
}

/** Replies of a server that starts, follows another one, or changes its part of a cluster. */
const PASSING_REPLIES = /^(?:LOADING|MASTERDOWN|CLUSTERDOWN|READONLY|TRYAGAIN|ASK) /;

/** Whether the server answered and would answer so again: out of memory, not permitted, a script that fails. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ReplyError' && !PASSING_REPLIES.test(error.message);

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
