/** What to find, checked and folded: the same for every engine. What is null does not narrow. */
export interface EventQuery {
  term: Term | null;
  near: { latitude: number; longitude: number; radiusKm: number } | null;
  category: string | null;
  genre: string | null;
  /** Not before now, whatever it says. */
  from: Date | null;
  before: Date | null;
  price: { currency: string; min: number | null; max: number | null } | null;
  /** Whether tickets have to be for sale right now. */
  onSale: boolean;
  /** DISTANCE only with `near`. */
  sort: 'RELEVANCE' | 'DATE' | 'DISTANCE';
}

/** What somebody typed, folded. */
export interface Term {
  text: string;
  /** Empty if it is punctuation alone. */
  words: readonly string[];
}

/**
 * Where a hit stands: hits come by `key`, then start, then id. `stage` says how generously the first page matched,
 * so that those after it match alike.
 */
export interface SearchPosition {
  stage: 'EXACT' | 'SIMILAR';
  key: number;
  startsAt: number;
  id: string;
}

/** An Event that was found. */
export interface EventHit {
  eventId: string;
  /** Higher is better; of one search alone. */
  score: number;
  /** `null` without `near`. */
  distanceKm: number | null;
  position: SearchPosition;
}

/** A page of what was found: one more than the limit, if there is more. */
export interface EventHits {
  hits: EventHit[];
  /** Count everything that was found, up to `MOST_COUNTED`; only done when somebody asks. */
  countAll: () => Promise<number>;
}

/** Nobody pages through more, and counting on takes as long as finding. */
export const MOST_COUNTED = 10_000;

/** Finds Events that have not begun and are no drafts. Engines differ in speed and cleverness, not in what may be found. */
export interface SearchEngine {
  readonly name: string;
  searchEvents(query: EventQuery, limit: number, after: SearchPosition | null): Promise<EventHits>;
}
