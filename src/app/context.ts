import type { BookingLoaders } from '../booking/index.ts';
import type { CatalogLoaders } from '../catalog/index.ts';
import type { Checkouts } from '../payments/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';
import type { RateLimits } from '../platform/rate-limit/rate-limits.ts';
import type { SearchEngine } from '../search/index.ts';
import type { SeatMaps } from '../seat-map/index.ts';

/** What every resolver is given. */
export interface Context {
  platform: Platform;
  /** Paying, and what it takes: Stripe. */
  checkouts: Checkouts;
  seatMaps: SeatMaps;
  /** Chosen at start. */
  searchEngine: SearchEngine;
  /** Whoever is asking; `null` without a token. */
  viewer: Viewer | null;
  /** The client's address. */
  address: string;
  /** What clients may do in a minute; requests themselves are counted before any resolver runs. */
  rateLimits: RateLimits;
  /** Names the request in logs and in masked errors. */
  requestId: string;
  loaders: CatalogLoaders & BookingLoaders;
  answer: AnswerNotes;
}

/** What is noted about an answer while it is made, for whoever keeps it. The engine copies the context, but not this. */
export interface AnswerNotes {
  /** What it is made of, as far as that can change; written down by the types themselves. */
  readonly dependsOn: Set<string>;
  /** How long everybody may have it; null while that is not known, and when it is for this viewer alone. */
  shareableForSeconds: number | null;
  /** Something in it can change without this process hearing of that. */
  changesUnheard: boolean;
  /** It is none: what it would be made of is away. */
  isUnavailable: boolean;
}
