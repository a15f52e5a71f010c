import type { Score, TextMatch } from './text-match.ts';

/** Validated and folded query, the same for every engine. A null filter does not narrow; an Event meets all of the others. */
export interface EventQuery {
  term: Term | null;
  near: { latitude: number; longitude: number; radiusKm: number } | null;
  /** Folded spellings of one city. */
  cities: readonly string[] | null;
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
  /** What an exact hit has, each once, at most `MAX_TERM_WORDS`; empty if the term is punctuation alone. */
  clauses: readonly Clause[];
}

/** A word of a term, or several that mean one thing: `usa`, `new york city`. */
export interface Clause {
  typed: string;
  /** Each a phrase of whole words, first the typed one: `usa`, `united states`. An Event has the clause if it has one of them. */
  spellings: readonly (readonly string[])[];
  /** It ends with the last word as typed: the last word of its first spelling may be the beginning of a word. */
  isUnfinished: boolean;
}

/** Correction of a misspelt word: a word or a phrase that Events have; `similarity` is 0 to 1. */
export interface Correction {
  words: readonly string[];
  similarity: number;
}

/** Corrections of the clauses that no Event has, by `typed`, the most similar first. */
export type Alternatives = ReadonlyMap<string, readonly Correction[]>;

/**
 * What a search lists, in this order: Events that have every clause; those that have every clause once unknown words are corrected;
 * those that lack clauses. The stages share no Event.
 */
export type SearchStage = 'EXACT' | 'CORRECTED' | 'PARTIAL';

/** What an engine is asked for in a stage. */
export interface StagePlan {
  stage: SearchStage;
  /** Condition of the term, which Events of earlier stages do not meet; `null`: there is no term. */
  match: TextMatch | null;
  score: Score;
  /** First sort key, before start and id. RELEVANCE: the highest score first; DATE: none. */
  sort: EventQuery['sort'];
  /** Per clause: by what an Event may have it, the best first. Empty where hits need no description. */
  wordings: readonly (readonly Wording[])[];
  /** Of PARTIAL: the weight of each clause. */
  weights: readonly number[] | null;
}

/** Words by which an Event may have a clause. */
export interface Wording {
  text: string;
  isCorrected: boolean;
  match: TextMatch;
}

/** Sort position of a hit within its stage: by `key`, then start, then id. */
export interface SearchPosition {
  /** EXACT_ONLY: the first page was full of exact hits, so that the list has no others. */
  stage: SearchStage | 'EXACT_ONLY';
  key: number;
  startsAt: number;
  id: string;
  /** Of PARTIAL hits: the weight of each clause when the stage began, so that later pages rank alike. */
  weights: readonly number[] | null;
}

/** A hit as an engine finds it. */
export interface EngineHit {
  id: string;
  /** Sort key: the negative score, the distance in metres, the price, or 0 where hits are sorted by their start alone. */
  key: number;
  startsAt: number;
  score: number;
  /** `null` without `near`. */
  metres: number | null;
  /** Per clause with wordings: the index of the first one that the Event has, or `null`. */
  wordings: readonly (number | null)[];
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
  /** Counts of all hits by facets; `termDays` are those that the term says. */
  countFacets: (
    engine: BrowseEngine,
    asked: { facets: readonly FacetName[]; termDays: LocalDays | null },
  ) => Promise<FacetCount[]>;
}

/**
 * Finds Events that are not over and not drafts. Engines translate what `stages.ts` says; they differ in speed, never in what they
 * find or in its order.
 */
export interface SearchEngine {
  readonly name: string;
  /** The same engine without the cache in front of it, if there is one. */
  readonly uncached?: SearchEngine;
  /** The first hits of a stage behind a position in it. */
  findHits(
    query: EventQuery,
    plan: StagePlan,
    limit: number,
    after: SearchPosition | null,
  ): Promise<EngineHit[]>;
  /** Events that meet the filters and this condition, up to `MAX_TOTAL_COUNT`. */
  countHits(query: EventQuery, match: TextMatch | null): Promise<number>;
  /** For each condition the Events that meet it in the period of the query, whatever the other filters; counting stops behind `most`. */
  countEach(
    query: Pick<EventQuery, 'term' | 'from' | 'days'>,
    matches: readonly TextMatch[],
    most: number,
  ): Promise<number[]>;
  /** Corrections of the clauses that no Event has. An unfinished one that begins a word is not corrected. */
  findCorrections(clauses: readonly Clause[]): Promise<Alternatives>;
}

/** What the hits of a search are counted by. */
export type FacetName =
  'categories' | 'genres' | 'cities' | 'countries' | 'venues' | 'months' | 'prices' | 'availability';

/** A value of a facet, and how many hits have it. */
export interface FacetCount {
  facet: FacetName;
  /**
   * Category, genre, city, code of a country, month (`2026-12`); of `prices` the `min` of a band; of `availability` ON_SALE,
   * AVAILABLE or ACCESSIBLE. `null` for Venues, which have an id.
   */
  value: string | null;
  id: string | null;
  /** Of a city. */
  country: string | null;
  count: number;
}

/** Folded words as typed, not empty; the last one may be unfinished. */
export interface SuggestQuery {
  words: readonly string[];
  near: EventQuery['near'];
  limit: number;
}

/** Something with Events to come, by whose name the words may go on. */
export interface Suggestion {
  kind: 'EVENT' | 'PERFORMER' | 'VENUE' | 'CITY';
  /** Of Events of one name, the first to come; `null` for a city. */
  id: string | null;
  name: string;
  country: string | null;
  /** Number of its Events to come. */
  events: number;
  /** Whole words by which it was found, and beginnings of words. */
  words: readonly string[];
  prefixes: readonly string[];
}

/** The engine answers, but does not run this query: no sign that it is away. The message may quote the term, `type` does not. */
export class QueryRefused extends Error {
  readonly type: string;

  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }
}

/** Counts and suggestions from the database, whatever engine finds the hits. */
export interface BrowseEngine {
  /** As of `SearchEngine`. */
  readonly uncached?: BrowseEngine;
  /**
   * Counts of the Events that meet the filters and this condition, of each facet the `MAX_FACET_VALUES` most frequent values; of
   * more than `MAX_TOTAL_COUNT` Events the first by start are counted.
   */
  countFacets(
    query: EventQuery,
    match: TextMatch | null,
    facets: readonly FacetName[],
  ): Promise<FacetCount[]>;
  /** What the words may become while they are typed, best first. */
  suggest(query: SuggestQuery): Promise<Suggestion[]>;
}
