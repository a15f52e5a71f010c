import type { Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config/limits.ts';
import { CodedError } from '../errors.ts';
import type { Platform } from '../index.ts';
import { addressKey, networkOf } from './address-key.ts';
import { Limit, openLocalLimit, type Allowance, type LocalRequest } from './limit.ts';

/** Whom a request is counted against: the viewer of a valid token, else the address. */
export interface Requester {
  viewer: Pick<Viewer, 'id'> | null;
  address: string;
  /** It came with a token that was not accepted, which had to be verified. */
  isTokenRefused?: boolean;
}

/** Rate limits. An ordinary request weighs 1. */
export interface RateLimits {
  /**
   * Count whatever comes from this address and its IPv6 network, viewers included, in this process: before it is known who
   * asks. A refusal counts nowhere.
   */
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
