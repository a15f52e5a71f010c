import type { LocalDays, PriceRange } from '../search-engine.ts';
import type { Span } from './term-line.ts';

/** What a part of a term means. */
export type Meaning = DatesMeaning | PriceMeaning | PlaceMeaning;

interface DatesMeaning {
  kind: 'DATES';
  days: LocalDays;
}

interface PriceMeaning {
  kind: 'PRICE';
  price: PriceRange;
}

interface PlaceMeaning {
  kind: 'PLACE';
  place: Place;
}

/** A city (folded) or a country (ISO 3166 code); or the point of the search, `near me`. */
export type Place = { city: string } | { country: string } | 'HERE';

/**
 * How a part of a term reads, and how certain that is by its form alone.
 *
 * sure     `on friday`, `12 march`, `under 20 €`, `in munich`
 * unsure   `friday`, `christmas`, `free`: a filter only where the words as typed find nothing
 */
interface PartReading<M> {
  meaning: M;
  isSure: boolean;
}

/** A part of a term, as chunks, that can be taken as a filter. */
export type SpanPart = Span & PartReading<Meaning>;

/** A part of a term, as a stretch of the text as typed. */
export interface Part<M = Meaning> extends PartReading<M> {
  words: string;
  /** In UTF-16 units; `end` is exclusive. */
  start: number;
  end: number;
}

export type DatesPart = Part<DatesMeaning>;
export type PricePart = Part<PriceMeaning>;
export type PlacePart = Part<PlaceMeaning>;
