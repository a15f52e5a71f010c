/** Validated and folded query, the same for every engine. A null filter does not narrow. */
export interface EventQuery {
  term: Term | null;
  near: { latitude: number; longitude: number; radiusKm: number } | null;
  category: string | null;
  genre: string | null;
  /** Events that end after this. Those that are over are never found, even if this is earlier than now. */
  from: Date | null;
  /** Events that start before this. */
  before: Date | null;
  price: { currency: string; min: number | null; max: number | null } | null;
  /** Only Events whose tickets are on sale now. */
  onSale: boolean;
  /** DISTANCE requires `near`. */
  sort: 'RELEVANCE' | 'DATE' | 'DISTANCE';
}

/** Folded search term. */
export interface Term {
  text: string;
  /** All of its words as typed, separated by spaces; empty if it is punctuation alone. */
  phrase: string;
  /** The first `MAX_TERM_WORDS` of them, each once. */
  words: readonly string[];
}

/**
 * Sort position of a hit: by `key`, then start, then id. `stage` is the matching of the first page, which the following
 * pages keep.
 */
export interface SearchPosition {
  stage: 'EXACT' | 'SIMILAR';
  key: number;
  startsAt: number;
  id: string;
}

export interface EventHit {
  eventId: string;
  /** Higher is better; comparable within one search only. */
  score: number;
  /** `null` without `near`. */
  distanceKm: number | null;
  position: SearchPosition;
}

/** One page of hits; holds one hit more than the limit if there is a next page. */
export interface EventHits {
  hits: EventHit[];
  /** Total count, up to `MAX_TOTAL_COUNT`; runs a statement of its own. */
  countAll: () => Promise<number>;
}

/** Finds Events that are not over and not drafts. Engines differ in speed and ranking, never in visibility. */
export interface SearchEngine {
  readonly name: string;
  searchEvents(query: EventQuery, limit: number, after: SearchPosition | null): Promise<EventHits>;
}
