import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

import type { Limits } from '../config.ts';
import { CodedError } from '../errors.ts';
import type { Platform } from '../index.ts';
import type { RedisHelper } from '../redis/client.ts';
import { addressKey } from './address-key.ts';

/** What is left of a limit after one more use of it. */
export interface Allowance {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the limit is whole again. */
  resetSeconds: number;
}

/** Counts what clients do, so that none of them takes what is there for all. */
export interface RateLimits {
  /** Count a request from this address. */
  request(address: string): Promise<Allowance>;
  /** Count an attempt of this viewer to reserve tickets; throws RATE_LIMITED if it is one too many. */
  reservation(viewerId: string): Promise<void>;
}

const WINDOW_SECONDS = 60;

/** Open the limits: counted in Redis for all processes together, or in each process alone while Redis is away. */
export function openRateLimits(
  { redis }: Pick<Platform, 'redis'>,
  limits: Pick<Limits, 'requestsPerMinute' | 'reservationsPerMinute'>,
): RateLimits {
  const requests = openLimit(redis, 'request', limits.requestsPerMinute);
  const reservations = openLimit(redis, 'reservation', limits.reservationsPerMinute);
  return {
    request: (address) => requests(addressKey(address)),
    async reservation(viewerId) {
      const allowance = await reservations(viewerId);
      if (!allowance.allowed) throw rateLimited(allowance, 'attempts to reserve');
    },
  };
}

/** Make the RATE_LIMITED error for an allowance that is used up. */
export function rateLimited({ limit, resetSeconds }: Allowance, what: string): CodedError {
  return new CodedError('RATE_LIMITED', `At most ${limit} ${what} a minute.`, {
    limit,
    retryAfterSeconds: resetSeconds,
  });
}

function openLimit(redis: RedisHelper, name: string, points: number): (key: string) => Promise<Allowance> {
  const rule = { points, duration: WINDOW_SECONDS };
  const here = new RateLimiterMemory(rule);
  const shared =
    redis.connection &&
    new RateLimiterRedis({
      ...rule,
      storeClient: redis.connection,
      keyPrefix: `${redis.prefix}rate:${name}`,
      inMemoryBlockOnConsumed: points, // whoever is over the limit costs Redis nothing more
    });

  return async (key) => {
    const answer = shared && (await redis.attempt('rate-limit', null, () => use(shared, key)));
    const { allowed, left } = answer ?? (await use(here, key));
    return {
      allowed,
      limit: points,
      remaining: allowed ? left.remainingPoints : 0,
      resetSeconds: Math.max(1, Math.ceil(left.msBeforeNext / 1_000)),
    };
  };
}

async function use(limiter: RateLimiterMemory | RateLimiterRedis, key: string) {
  try {
    return { allowed: true, left: await limiter.consume(key) };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { allowed: false, left: error };
    throw error; // the store's, not a verdict
  }
}
