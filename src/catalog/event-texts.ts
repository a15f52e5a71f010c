import { fold } from '../platform/text/fold.ts';
import { splitWords, wordsOf } from '../platform/text/words.ts';
import { spellingsOfCity } from './city/city-spellings.ts';

/** Of a description; longer ones are found by their beginning. */
const MAX_DESCRIPTION_LENGTH = 4_000;

/** What the texts of an Event are made of. */
export interface EventTextSource {
  /** The folded name. */
  folded: string;
  /** Folded names of the Performers, in the order of the lineup. */
  performers: readonly string[];
  /** Of the Venue: its folded name, aliases and city; `null`: there is none. */
  venue: string | null;
  city: string | null;
  countryCode: string | null;
  category: string;
  genre: string | null;
  series: string | null;
  description: string;
}

/** Texts by which an Event is found, as folded words (decision 0043). */
export interface EventTexts {
  name: readonly string[];
  /** Performers, Venue with its aliases, city with its other spellings. */
  names: readonly string[];
  /** Category, genre, series. */
  kinds: readonly string[];
  description: readonly string[];
}

/** The texts by which an Event is found. */
export function eventTexts(source: EventTextSource): EventTexts {
  const { folded, performers, venue, city, countryCode, category, genre, series, description } = source;
  const cities = city === null ? [] : spellingsOfCity(countryCode, city);
  return {
    name: wordsOf(folded),
    names: wordsOf([...performers, venue ?? '', ...cities].join(' ')),
    kinds: wordsOf(fold([category, genre ?? '', series ?? ''].join(' '))),
    description: wordsOf(fold(description.slice(0, MAX_DESCRIPTION_LENGTH).toWellFormed())),
  };
}

const LABELS = { name: 'A', names: 'B', kinds: 'C', description: 'D' } as const satisfies Record<
  keyof EventTexts,
  string
>;
/** Of a tsvector: later words are all there. */
const MAX_POSITION = 16_383;

/** The texts as a tsvector. Between two texts one position is free: no phrase is in both. */
export function documentOf(texts: EventTexts): string {
  const positions = new Map<string, string[]>();
  let next = 1;
  for (const text of ['name', 'names', 'kinds', 'description'] as const) {
    for (const word of texts[text]) {
      const ofWord = positions.get(word) ?? [];
      positions.set(word, ofWord);
      ofWord.push(`${Math.min(next++, MAX_POSITION)}${LABELS[text]}`);
    }
    next++;
  }
  return [...positions].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}

/** The column `search_text`, which earlier versions search. */
export function searchTextOf(source: EventTextSource): string {
  const { folded, performers, venue, city, series, genre } = source;
  const texts = [folded, ...performers, venue ?? '', fold(city ?? ''), fold(series ?? ''), fold(genre ?? '')];
  return splitWords(texts.join(' ')).join(' ');
}
