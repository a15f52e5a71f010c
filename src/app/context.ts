import type { BookingLoaders } from '../booking/index.ts';
import type { CatalogLoaders } from '../catalog/index.ts';
import type { Checkouts } from '../payments/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
import type { RateLimits } from '../platform/rate-limit/rate-limits.ts';
import type { SeatMaps } from '../seat-map/index.ts';

/** What every resolver is given. */
export interface Context {
  platform: Platform;
  /** Paying, and what it takes: Stripe. */
  checkouts: Checkouts;
  /** Who has which place, and what changes about it. */
  seatMaps: SeatMaps;
  /** Whoever is asking; `null` without a token. */
  viewer: Viewer | null;
  /** The client's address. */
  address: string;
  /** What clients may do in a minute; requests themselves are counted before any resolver runs. */
  rateLimits: RateLimits;
  /** Names the request in logs and in masked errors. */
  requestId: string;
  loaders: CatalogLoaders & BookingLoaders;
}
