import type { Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config/limits.ts';
import { CodedError } from '../errors.ts';
import type { Platform } from '../index.ts';
import type { RedisHelper } from '../redis/client.ts';
import { addressKey, networkOf } from './address-key.ts';
import { SharedCounter } from './shared-counter.ts';
import { WindowCounter, type LocalUse, type WindowUse } from './window-counter.ts';

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

/** A request that is counted in this process only. */
export interface LocalRequest {
  allowance: Allowance;
  /** Count it across all processes. */
  share: () => Promise<Allowance>;
}

/** Rate limits. An ordinary request weighs 1. */
export interface RateLimits {
  /** Count whatever comes from this address and its IPv6 network, viewers included, in this process: before it is known who asks. */
  arrival(address: string, weight?: number): Allowance;
  /** Count a request in this process, and across processes only if it turns out to cost more than a call to Redis. */
  localRequest(requester: Requester): LocalRequest;
  /** Count a request, across all processes. */
  request(requester: Requester, weight?: number): Promise<Allowance>;
  /** Count a reservation attempt of this viewer; throws RATE_LIMITED beyond the limit. */
  reservation(viewerId: string): Promise<void>;
}

const WINDOW_SECONDS = 60;

/** Open the limits: counted in Redis across processes, or per process while Redis is unavailable. */
export function openRateLimits(
  { redis }: Pick<Platform, 'redis'>,
  limits: Pick<
    Limits,
    'requestsPerMinute' | 'viewersPerAddress' | 'addressesPerNetwork' | 'reservationsPerMinute'
  >,
): RateLimits {
  const { requestsPerMinute } = limits;
  const ceiling = requestsPerMinute * limits.viewersPerAddress;
  const arrivals = openLocalLimit('requests from one address, with and without tokens,', ceiling);
  const networks = openLocalLimit(
    'requests from one IPv6 network (/48)',
    ceiling * limits.addressesPerNetwork,
  );
  const addresses = new Limit(redis, 'request', 'requests from one address', requestsPerMinute);
  const viewers = new Limit(redis, 'viewer', 'requests of one viewer', requestsPerMinute);
  const reservations = new Limit(redis, 'reservation', 'attempts to reserve', limits.reservationsPerMinute);
  return {
    arrival(address, weight = 1) {
      const key = addressKey(address);
      const network = networkOf(key);
      if (network === null) return arrivals(key, weight);
      const ofAll = networks(network, weight);
      if (!ofAll.allowed) return ofAll; // before its addresses fill the counters
      const own = arrivals(key, weight);
      return own.allowed && ofAll.remaining < own.remaining ? ofAll : own;
    },
    localRequest: ({ viewer, address }) =>
      viewer === null ? addresses.countHere(addressKey(address), 1) : viewers.countHere(viewer.id, 1),
    request: ({ viewer, address }, weight = 1) =>
      viewer === null ? addresses.count(addressKey(address), weight) : viewers.count(viewer.id, weight),
    async reservation(viewerId) {
      const allowance = await reservations.count(viewerId, 1);
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
  return (key, weight) => allowanceOf(what, points, counter.use(key, weight));
}

/** Counted across processes. */
class Limit {
  readonly #what: string;
  readonly #points: number;
  readonly #counter: SharedCounter;

  constructor(redis: RedisHelper, name: string, what: string, points: number) {
    this.#what = what;
    this.#points = points;
    this.#counter = new SharedCounter(redis, name, WINDOW_SECONDS);
  }

  countHere(key: string, weight: number): LocalRequest {
    const local = this.#counter.useHere(key, weight);
    return { allowance: this.#allowanceOf(local), share: () => this.#share(key, weight, local) };
  }

  count(key: string, weight: number): Promise<Allowance> {
    return this.#share(key, weight, this.#counter.useHere(key, weight));
  }

  async #share(key: string, weight: number, local: LocalUse): Promise<Allowance> {
    const wasExceeded = local.used - weight > this.#points; // no more calls to Redis then
    return this.#allowanceOf(wasExceeded ? local : await this.#counter.share(key, weight, local));
  }

  #allowanceOf(use: WindowUse): Allowance {
    return allowanceOf(this.#what, this.#points, use);
  }
}

function allowanceOf(what: string, limit: number, { used, msLeft }: WindowUse): Allowance {
  const allowed = used <= limit;
  return {
    what,
    allowed,
    limit,
    remaining: allowed ? limit - used : 0,
    resetSeconds: Math.max(1, Math.ceil(msLeft / 1_000)),
  };
}
