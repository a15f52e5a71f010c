import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

import type { Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config/limits.ts';
import { CodedError } from '../errors.ts';
import type { Platform } from '../index.ts';
import type { RedisHelper } from '../redis/client.ts';
import { addressKey } from './address-key.ts';
import { WindowCounter } from './window-counter.ts';

/** The state of a limit after one more use. */
export interface Allowance {
  /** What is limited: `requests from one address`. */
  what: string;
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  resetSeconds: number;
}

/** Whom a request is counted against: the viewer of a valid token, else the address. */
export interface Requester {
  viewer: Pick<Viewer, 'id'> | null;
  address: string;
}

/** Rate limits. An ordinary request weighs 1. */
export interface RateLimits {
  /** Count whatever comes from this address, viewers included, in this process: before it is known who asks. */
  arrival(address: string, weight?: number): Allowance;
  /** Count a request in this process only, for requests that cost less than a call to Redis. */
  localRequest(requester: Requester): Allowance;
  /** Count a request, across all processes. */
  request(requester: Requester, weight?: number): Promise<Allowance>;
  /** Count a reservation attempt of this viewer; throws RATE_LIMITED beyond the limit. */
  reservation(viewerId: string): Promise<void>;
}

const WINDOW_SECONDS = 60;

/** Open the limits: counted in Redis across processes, or per process while Redis is unavailable. */
export function openRateLimits(
  { redis }: Pick<Platform, 'redis'>,
  limits: Pick<Limits, 'requestsPerMinute' | 'viewersPerAddress' | 'reservationsPerMinute'>,
): RateLimits {
  const { requestsPerMinute } = limits;
  const perAddress = 'requests from one address';
  const perViewer = 'requests of one viewer';
  const ceiling = requestsPerMinute * limits.viewersPerAddress;
  const arrivals = openLocalLimit('requests from one address, with and without tokens,', ceiling);
  const locally = {
    address: openLocalLimit(perAddress, requestsPerMinute),
    viewer: openLocalLimit(perViewer, requestsPerMinute),
  };
  const shared = {
    address: openLimit(redis, 'request', perAddress, requestsPerMinute),
    viewer: openLimit(redis, 'viewer', perViewer, requestsPerMinute),
  };
  const reservations = openLimit(redis, 'reservation', 'attempts to reserve', limits.reservationsPerMinute);
  return {
    arrival: (address, weight = 1) => arrivals(addressKey(address), weight),
    localRequest: ({ viewer, address }) =>
      viewer === null ? locally.address(addressKey(address), 1) : locally.viewer(viewer.id, 1),
    request: ({ viewer, address }, weight = 1) =>
      viewer === null ? shared.address(addressKey(address), weight) : shared.viewer(viewer.id, weight),
    async reservation(viewerId) {
      const allowance = await reservations(viewerId, 1);
      if (!allowance.allowed) throw rateLimited(allowance);
    },
  };
}

/**
 * Count what a request weighs beyond the 1 that it counted when it arrived, against its address and its requester, whatever
 * its transport. A request that weighs more than `arrived` leaves counts no further.
 */
export async function countWeight(
  rateLimits: Pick<RateLimits, 'arrival' | 'request'>,
  requester: Requester,
  weight: number,
  arrived: Allowance | null,
): Promise<Allowance> {
  const further = weight - 1;
  if (arrived !== null && further > arrived.remaining) return { ...arrived, allowed: false };
  const arrival = rateLimits.arrival(requester.address, further);
  if (!arrival.allowed) return arrival;
  const own = await rateLimits.request(requester, further);
  return !own.allowed || own.remaining <= arrival.remaining ? own : arrival;
}

/** The RATE_LIMITED error for an exhausted allowance, or for one that the weight of a request would exceed. */
export function rateLimited({ what, limit, resetSeconds }: Allowance, weight?: number): CodedError {
  return new CodedError('RATE_LIMITED', `At most ${limit} ${what} a minute.`, {
    limit,
    retryAfterSeconds: resetSeconds,
    ...(weight !== undefined && { weight }),
  });
}

/** Counted in this process only. */
function openLocalLimit(what: string, points: number): (key: string, weight: number) => Allowance {
  const counter = new WindowCounter(WINDOW_SECONDS);
  return (key, weight) => {
    const { used, msLeft } = counter.use(key, weight);
    return allowanceOf(what, points, used, msLeft);
  };
}

/** Counted across processes. */
function openLimit(
  redis: RedisHelper,
  name: string,
  what: string,
  points: number,
): (key: string, weight: number) => Promise<Allowance> {
  const here = openLocalLimit(what, points);
  const shared = openShared(redis, name, points);
  return async (key, weight) => {
    const use = await shared?.(key, weight);
    if (use == null) return here(key, weight);
    return allowanceOf(what, points, use.left.consumedPoints, use.left.msBeforeNext, use.allowed);
  };
}

function allowanceOf(
  what: string,
  limit: number,
  used: number,
  msLeft: number,
  allowed = used <= limit,
): Allowance {
  return {
    what,
    allowed,
    limit,
    remaining: allowed ? limit - used : 0,
    resetSeconds: Math.max(1, Math.ceil(msLeft / 1_000)),
  };
}

/** Returns null while Redis is unavailable. */
function openShared(redis: RedisHelper, name: string, points: number) {
  if (redis.connection === null) return null;
  const keyPrefix = `${redis.prefix}rate:${name}`;
  const limiter = new RateLimiterRedis({
    points,
    duration: WINDOW_SECONDS,
    storeClient: redis.connection,
    keyPrefix,
    inMemoryBlockOnConsumed: points, // no more calls to Redis once the limit is exceeded
  });
  return (key: string, weight: number) =>
    redis.attempt('rate-limit', `${keyPrefix}:${key}`, null, () => consume(limiter, key, weight));
}

async function consume(limiter: RateLimiterRedis, key: string, weight: number) {
  try {
    return { allowed: true, left: await limiter.consume(key, weight) };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { allowed: false, left: error };
    throw error; // a failure of the store
  }
}
