import type { BookingLoaders } from '../booking/index.ts';
import type { CatalogLoaders } from '../catalog/index.ts';
import type { Checkouts, SalesReader } from '../payments/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Tx } from '../platform/db/pool.ts';
import type { Platform } from '../platform/index.ts';
import type { RateLimits } from '../platform/rate-limit/rate-limits.ts';
import type { SalesFeed } from '../realtime/index.ts';
import type { SearchEngines } from '../search/index.ts';
import type { SeatMaps } from '../seat-map/index.ts';
import type { LiveRooms, QueueParts, QueueWatch } from '../waiting-room/index.ts';

/** Context of one GraphQL request, given to every resolver. */
export interface Context {
  platform: Platform;
  checkouts: Checkouts;
  sales: SalesReader;
  salesFeed: SalesFeed;
  seatMaps: SeatMaps;
  waitingRooms: LiveRooms;
  /** Of waiting rooms, as the client presents them: not checked yet. */
  passes: readonly string[];
  queue: QueueParts;
  queueWatch: QueueWatch;
  /** Why an Event may not end at an instant, which `catalog` does not know; null if it may. The caller has locked the Event. */
  endProblem: (tx: Tx, eventId: string, end: Date) => Promise<string | null>;
  /** Chosen at start. */
  searchEngines: SearchEngines;
  /** `null` without a token. */
  viewer: Viewer | null;
  /** Client address, as a trusted proxy reports it. */
  address: string;
  /** Names and values of the request's headers by turns, as they arrived; none of a subscription's update. */
  rawHeaders: readonly string[];
  /** Requests are counted before any resolver runs; resolvers count attempts. */
  rateLimits: RateLimits;
  /** Aborts when the client hangs up before the answer; never for a subscription's update. */
  signal: AbortSignal;
  /** Count what the operation weighs beyond 1; rejects with RATE_LIMITED. */
  countWeight: (weight: number) => Promise<void>;
  /** Identifies the request in logs and masked errors. */
  requestId: string;
  loaders: CatalogLoaders & BookingLoaders;
  cacheability: Cacheability;
  /** Apollo copies the context, but this object is shared. */
  responseSize: ResponseSize;
}

/** Bounds the fields of a response while it is resolved. */
export interface ResponseSize {
  readonly isTooLarge: boolean;
  error(): Error;
  admit<List extends readonly unknown[]>(list: List, fieldsOf: () => number): List | [];
}

/** What the response cache has to know of a response. Apollo copies the context, but this object is shared. */
export interface Cacheability {
  /** Entities that the response was built from; a change of one evicts it. */
  readonly tags: Set<string>;
  /** Cache lifetime for all viewers; null for a private response and until it is known. */
  publicMaxAgeSeconds: number | null;
  /** Holds data whose changes do not reach this process, so that no eviction can follow. */
  isUntracked: boolean;
  /** A dependency was away: the response is an error that a stale entry may replace. */
  isUnavailable: boolean;
}
