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
  /** It came with a token that was not accepted, which had to be verified. */
  isTokenRefused?: boolean;
}

/** A request that is counted in this process only. */
export interface LocalRequest {
  allowance: Allowance;
  /** Count it across all processes. */
  share: () => Promise<Allowance>;
}

/** Rate limits. An ordinary request weighs 1. */
export interface RateLimits {
  /** Count whatever comes from this address and its IPv6 network, viewers included, in this process: before it is known who asks. A refusal counts nowhere. */
  arrival(address: string, weight?: number): Allowance;
  /** Take back an arrival whose request was refused by another limit. */
  withdraw(address: string, weight: number): void;
  /** Count a request in this process, and across processes only if it turns out to cost more than a call to Redis. */
  localRequest(requester: Requester): LocalRequest;
  /** Count a request, across all processes. The refusal of one without a token takes back its arrival. */
  request(requester: Requester): Promise<Allowance>;
  /** Count what a request weighs further, across all processes. A refusal counts nowhere. */
  weigh(requester: Requester, weight: number): Promise<Allowance>;
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
  const limitOf = ({ viewer, address }: Requester): [Limit, string] =>
    viewer === null ? [addresses, addressKey(address)] : [viewers, viewer.id];

  function withdraw(address: string, weight: number): void {
    const key = addressKey(address);
    const network = networkOf(key);
    arrivals.giveBack(key, weight);
    if (network !== null) networks.giveBack(network, weight);
  }

  /** Without a token nothing was verified, and the ceiling is shared with viewers who have one. */
  function settle(own: Allowance, { viewer, address, isTokenRefused }: Requester): Allowance {
    if (!own.allowed && viewer === null && !isTokenRefused) withdraw(address, 1);
    return own;
  }

  return {
    arrival(address, weight = 1) {
      const key = addressKey(address);
      const network = networkOf(key);
      if (network === null) return arrivals.use(key, weight);
      const ofAll = networks.use(network, weight);
      if (!ofAll.allowed) return ofAll; // before its addresses fill the counters
      const own = arrivals.use(key, weight);
      if (!own.allowed) networks.giveBack(network, weight); // or one address could use up its network
      return own.allowed && ofAll.remaining < own.remaining ? ofAll : own;
    },
    withdraw,
    localRequest(requester) {
      const [limit, key] = limitOf(requester);
      const { allowance, share } = limit.countHere(key);
      return { allowance: settle(allowance, requester), share: async () => settle(await share(), requester) };
    },
    async request(requester) {
      const [limit, key] = limitOf(requester);
      return settle(await limit.count(key), requester);
    },
    weigh(requester, weight) {
      const [limit, key] = limitOf(requester);
      return limit.weigh(key, weight);
    },
    async reservation(viewerId) {
      const allowance = await reservations.count(viewerId);
      if (!allowance.allowed) throw rateLimited(allowance);
    },
  };
}

/**
 * Count what a request weighs beyond the 1 that it counted when it arrived, against its address and its requester, whatever
 * its transport. A request that weighs more than is left counts no further.
 */
export async function countWeight(
  rateLimits: Pick<RateLimits, 'arrival' | 'weigh' | 'withdraw'>,
  requester: Requester,
  weight: number,
  arrived: Allowance | null,
): Promise<Allowance> {
  const further = weight - 1;
  if (arrived !== null && further > arrived.remaining) return { ...arrived, allowed: false };
  const arrival = rateLimits.arrival(requester.address, further);
  if (!arrival.allowed) return arrival;
  const own = await rateLimits.weigh(requester, further);
  if (!own.allowed) rateLimits.withdraw(requester.address, further);
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

/** Counted in this process only; a refused use counts nothing. */
function openLocalLimit(what: string, points: number) {
  const counter = new WindowCounter(WINDOW_SECONDS);
  const giveBack = (key: string, weight: number) => void counter.use(key, -weight);
  return {
    giveBack,
    use(key: string, weight: number): Allowance {
      const use = counter.use(key, weight);
      if (use.used > points) giveBack(key, weight);
      return allowanceOf(what, points, use, weight);
    },
  };
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

  countHere(key: string): LocalRequest {
    const local = this.#counter.useHere(key, 1);
    return { allowance: this.#allowanceOf(local, 1), share: () => this.#share(key, local) };
  }

  /** A refused request stays counted: further ones are refused without a call to Redis. */
  count(key: string): Promise<Allowance> {
    return this.#share(key, this.#counter.useHere(key, 1));
  }

  async weigh(key: string, weight: number): Promise<Allowance> {
    const use = await this.#counter.use(key, weight);
    if (use.used > this.#points) await this.#counter.use(key, -weight);
    return this.#allowanceOf(use, weight);
  }

  async #share(key: string, local: LocalUse): Promise<Allowance> {
    const wasExceeded = local.used - 1 > this.#points; // no more calls to Redis then
    return this.#allowanceOf(wasExceeded ? local : await this.#counter.share(key, 1, local), 1);
  }

  #allowanceOf(use: WindowUse, weight: number): Allowance {
    return allowanceOf(this.#what, this.#points, use, weight);
  }
}

function allowanceOf(what: string, limit: number, { used, msLeft }: WindowUse, weight: number): Allowance {
  const allowed = used <= limit;
  return {
    what,
    allowed,
    limit,
    remaining: Math.max(0, limit - (allowed ? used : used - weight)), // what is refused does not count
    resetSeconds: Math.max(1, Math.ceil(msLeft / 1_000)),
  };
}
