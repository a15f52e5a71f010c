/** What can be had of an Event on sale: nothing, at most a tenth of its tickets, at most half of them, more. */
export type AvailabilityBand = 'NONE' | 'FEW' | 'SOME' | 'MANY';

/**
 * What Elasticsearch holds of an Event, under its id. A pure function of rows: neither the clock nor the order of changes is in
 * it, so that index and database can be compared field by field. Texts are folded words, separated by spaces.
 */
export interface SearchDocument {
  id: string;
  /** Text of weight A: the name. */
  name: string;
  /** Text of weight B: performers, venue with its aliases, city with its other spellings. */
  names: string;
  /** Text of weight C: category, genres, series. */
  kinds: string;
  /** Text of weight D, of the beginning of the description. */
  description: string;
  /** The folded name as a whole, with its punctuation. */
  foldedName: string;
  /** Instants as ISO 8601 in UTC; the end is the assumed one if the Event has none. */
  startsAt: string;
  endsAt: string;
  /** The same on the clocks of the Event's time zone: `2026-12-31T19:30:00`, and the days. */
  startsAtLocal: string;
  endsAtLocal: string;
  startsOn: string;
  endsOn: string;
  timezone: string;
  location: { lat: number; lon: number } | null;
  /** Folded. */
  city: string | null;
  /** ISO 3166 code. */
  country: string | null;
  venueId: string | null;
  performerIds: readonly string[];
  category: string;
  /** As they are stored; empty or one. */
  genres: readonly string[];
  status: 'ANNOUNCED' | 'ON_SALE' | 'CANCELLED';
  currency: string | null;
  /** In the smallest unit of the currency; of all tiers, whether available or not. */
  lowestPrice: number | null;
  highestPrice: number | null;
  prices: readonly number[];
  /** The lowest in the main unit of the currency. */
  lowestMajorPrice: number | null;
  /** Null: there is no limit. Set only if the status is ON_SALE. */
  saleStartsAt: string | null;
  /** Set only if the status is ON_SALE, and the sale is not paused: without it the Event is not on sale. */
  saleEndsAt: string | null;
  /** Of an Event whose status is ON_SALE and that is not archived; else null. */
  availability: AvailabilityBand | null;
  /** Of tiers with tickets that can be had. */
  lowestAvailablePrice: number | null;
  /** Whether a wheelchair-accessible place can be had. */
  accessible: boolean;
  /** Binary logarithm of the number of sold tickets, rounded: 0 to 17. */
  popularity: number;
}

/**
 * Written in place of the document of an Event that is deleted or a draft again. A deletion would lose its version after
 * `index.gc_deletes`, and a late write of an older document would bring it back. Without an end, no search finds it.
 */
export interface HiddenDocument {
  id: string;
}

/** A document with its version: a position of the write-ahead log before everything that was read for it. */
export interface VersionedDocument {
  version: number;
  document: SearchDocument | HiddenDocument;
}

/** Whether Events are found by it. */
export const isVisible = (document: SearchDocument | HiddenDocument): document is SearchDocument =>
  'endsAt' in document;
