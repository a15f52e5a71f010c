/** Validated and folded query, the same for every engine. A null filter does not narrow; an Event meets all of the others. */
export interface EventQuery {
  term: Term | null;
  near: { latitude: number; longitude: number; radiusKm: number } | null;
  /** Folded. */
  city: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  venueId: string | null;
  performerId: string | null;
  /** Any of them; none is met by no Event. */
  categories: readonly string[] | null;
  genres: readonly string[] | null;
  /** Events that end after this. Those that are over are never found, even if this is earlier than now. */
  from: Date | null;
  /** Events that start before this. */
  before: Date | null;
  days: LocalDays | null;
  price: PriceRange | null;
  /** Only Events whose tickets are on sale now. */
  onSale: boolean;
  /** Only Events on sale now of which a ticket can be had. */
  available: boolean;
  /** Only Events on sale now of which a wheelchair-accessible place can be had. */
  accessible: boolean;
  /** DISTANCE requires `near`. */
  sort: 'RELEVANCE' | 'DATE' | 'DISTANCE' | 'PRICE';
}

/**
 * Days of the calendar in the time zone of each Event, `2026-12-31`, both inclusive. An Event meets them if it starts before the
 * end of `to` and ends after the beginning of `from`; so `from` may be later than `to` where two ranges have to be met.
 */
export interface LocalDays {
  from: string;
  to: string;
  /** Hour of `from` at which the range begins; default 0. */
  fromHour?: number;
}

/** Inclusive, in minor units of `currency`; without one, in major units of any. */
export interface PriceRange {
  currency: string | null;
  min: number | null;
  max: number | null;
}

/** Folded search term. */
export interface Term {
  text: string;
  /** All of its words, separated by spaces; empty if it is punctuation alone. */
  phrase: string;
  /** Its words in order, with little words and repeats. */
  typed: readonly string[];
  /** The words that decide, each once, at most `MAX_TERM_WORDS`. */
  words: readonly string[];
  /** The last word as typed, which may be unfinished; `null` if it is not among `words`. */
  prefix: string | null;
}

/**
 * What a search lists, in this order: Events that have every word; those that have every word once unknown words are corrected;
 * those that lack words. The stages share no Event.
 */
export type SearchStage = 'EXACT' | 'CORRECTED' | 'PARTIAL';

/** Sort position of a hit within its stage: by `key`, then start, then id. */
export interface SearchPosition {
  /** EXACT_ONLY: the first page was full of exact hits, so that the list has no others. */
  stage: SearchStage | 'EXACT_ONLY';
  key: number;
  startsAt: number;
  id: string;
  /** Of PARTIAL hits: the weight of each of `Term.words` when the stage began, so that later pages rank alike. */
  weights: readonly number[] | null;
}

export interface EventHit {
  eventId: string;
  /** Higher is better; comparable within one search only. */
  score: number;
  /** `null` without `near`. */
  distanceKm: number | null;
  matched: SearchStage;
  /** The words that the Event was found by, if one of them is corrected. */
  correctedTo: string | null;
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
  /** Begin or continue a search; `after` is the position that the page continues behind. Runs no statement. */
  openSearch(query: EventQuery, after: SearchPosition | null): EngineSearch;
}

/** One search in one engine. Corrections and weights are looked up once, when a stage first needs them. */
export interface EngineSearch {
  /** The first hits of a stage behind a position in it. */
  findHits(stage: SearchStage, limit: number, after: SearchPosition | null): Promise<EventHit[]>;
  /** Hits of the stage EXACT, or of all stages, up to `MAX_TOTAL_COUNT`. */
  countHits(stages: 'EXACT' | 'ALL'): Promise<number>;
}
