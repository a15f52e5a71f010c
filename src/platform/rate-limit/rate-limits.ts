import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

import type { Limits } from '../config/limits.ts';
import { CodedError } from '../errors.ts';
import type { Platform } from '../index.ts';
import type { RedisHelper } from '../redis/client.ts';
import { addressKey } from './address-key.ts';

/** The state of a limit after one more use. */
export interface Allowance {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  resetSeconds: number;
}

/** Rate limits per address and per viewer. */
export interface RateLimits {
  /** Count a request from this address, across all processes. */
  request(address: string): Promise<Allowance>;
  /** Count a request from this address in this process only, for requests that cost less than a call to Redis. */
  arrival(address: string): Promise<Allowance>;
  /** Count a reservation attempt of this viewer; throws RATE_LIMITED beyond the limit. */
  reservation(viewerId: string): Promise<void>;
}

const WINDOW_SECONDS = 60;

/** Open the limits: counted in Redis across processes, or per process while Redis is unavailable. */
export function openRateLimits(
  { redis }: Pick<Platform, 'redis'>,
  limits: Pick<Limits, 'requestsPerMinute' | 'reservationsPerMinute'>,
): RateLimits {
  const requests = openLimit(redis, 'request', limits.requestsPerMinute);
  const arrivals = openLimit(null, 'arrival', limits.requestsPerMinute);
  const reservations = openLimit(redis, 'reservation', limits.reservationsPerMinute);
  return {
    request: (address) => requests(addressKey(address)),
    arrival: (address) => arrivals(addressKey(address)),
    async reservation(viewerId) {
      const allowance = await reservations(viewerId);
      if (!allowance.allowed) throw rateLimited(allowance, 'attempts to reserve');
    },
  };
}

/** The RATE_LIMITED error for an exhausted allowance. */
export function rateLimited({ limit, resetSeconds }: Allowance, what: string): CodedError {
  return new CodedError('RATE_LIMITED', `At most ${limit} ${what} a minute.`, {
    limit,
    retryAfterSeconds: resetSeconds,
  });
}

/** `redis` null: counted in this process only. */
function openLimit(
  redis: RedisHelper | null,
  name: string,
  points: number,
): (key: string) => Promise<Allowance> {
  const rule = { points, duration: WINDOW_SECONDS };
  const here = new RateLimiterMemory(rule);
  const shared = redis && openShared(redis, name, rule);
  return async (key) => {
    const { allowed, left } = (await shared?.(key)) ?? (await use(here, key));
    return {
      allowed,
      limit: points,
      remaining: allowed ? left.remainingPoints : 0,
      resetSeconds: Math.max(1, Math.ceil(left.msBeforeNext / 1_000)),
    };
  };
}

/** Returns null while Redis is unavailable. */
function openShared(redis: RedisHelper, name: string, rule: { points: number; duration: number }) {
  if (redis.connection === null) return null;
  const keyPrefix = `${redis.prefix}rate:${name}`;
  const limiter = new RateLimiterRedis({
    ...rule,
    storeClient: redis.connection,
    keyPrefix,
    inMemoryBlockOnConsumed: rule.points, // no more calls to Redis once the limit is exceeded
  });
  return (key: string) => redis.attempt('rate-limit', `${keyPrefix}:${key}`, null, () => use(limiter, key));
}

async function use(limiter: RateLimiterMemory | RateLimiterRedis, key: string) {
  try {
    return { allowed: true, left: await limiter.consume(key) };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { allowed: false, left: error };
    throw error; // a failure of the store
  }
}
