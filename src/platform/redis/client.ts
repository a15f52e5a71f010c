import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel';
import { Redis } from 'ioredis';

import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/**
 * Redis as a helper that may be away.
 *
 * Nothing here throws because of Redis: whoever asks says what to go on with when there is no answer.
 */
export interface RedisHelper extends AsyncDisposable {
  /** What stands before every key. */
  readonly prefix: string;
  /** Tell whether Redis is believed to answer right now. */
  available(): boolean;
  /** Run `work`, or answer `fallback` when Redis is away, too slow, or fails. `feature` names the metric. */
  attempt<T>(feature: string, fallback: T, work: (redis: Redis) => Promise<T>): Promise<T>;
  /** The connection itself, for libraries that bring a fallback of their own. `null`: none is configured. */
  readonly connection: Redis | null;
}

/** A seat lock that takes longer than this is worth less than asking Postgres directly. */
const COMMAND_TIMEOUT_MS = 250;
/** After five failures in a row nobody waits for Redis; one call a second finds out whether it is back. */
const FAILURES_BEFORE_OPEN = 5;
const RETRY_AFTER_MS = 1_000;

/** Open the helper. `url` null: run without Redis, by choice. */
export function openRedis(
  url: string | null,
  options: { prefix: string; log: Log; metrics: Metrics },
): RedisHelper {
  const { prefix, log, metrics } = options;
  if (url === null) return withoutRedis(prefix);

  const connection = new Redis(url, {
    enableOfflineQueue: false,
    enableReadyCheck: false, // its INFO falls under commandTimeout, too, and a start keeps the event loop busy for longer
    enableAutoPipelining: true,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  connection.on('ready', () => {
    metrics.redisUp.set(1);
    log.info('redis ready');
  });
  connection.on('close', () => metrics.redisUp.set(0));
  connection.on('error', (error) => log.warn({ reason: error.message }, 'redis away'));

  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(FAILURES_BEFORE_OPEN),
    halfOpenAfter: RETRY_AFTER_MS,
  });

  return {
    prefix,
    connection,
    available: () => connection.status === 'ready' && breaker.state !== CircuitState.Open,
    async attempt(feature, fallback, work) {
      try {
        if (connection.status !== 'ready') throw new Error(`redis is ${connection.status}`);
        return await breaker.execute(() => work(connection));
      } catch (error) {
        metrics.redisUnavailable.inc({ feature });
        log.debug(
          { feature, reason: error instanceof Error ? error.message : String(error) },
          'went on without redis',
        );
        return fallback;
      }
    },
    async [Symbol.asyncDispose]() {
      connection.disconnect();
    },
  };
}

function withoutRedis(prefix: string): RedisHelper {
  return {
    prefix,
    connection: null,
    available: () => false,
    attempt: (_feature, fallback) => Promise.resolve(fallback),
    async [Symbol.asyncDispose]() {},
  };
}
