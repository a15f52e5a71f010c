import { normalize } from '../../src/platform/text/normalize.ts';

/** An Event as rules see it. */
export interface CatalogueEvent {
  id: string;
  name: string;
  performers: string[];
  venue: string | null;
  aliases: string[];
  city: string | null;
  country: string | null;
  description: string | null;
  category: string;
  genre: string | null;
  series: string | null;
  /** Local days, `YYYY-MM-DD`. */
  firstDay: string;
  lastDay: string;
}

/** Texts of an Event as words in lower case without accents, each text with a space before and behind. */
export interface EventTexts {
  name: string[];
  performers: string[];
  /** Its name and aliases. */
  venue: string[];
  city: string[];
  description: string[];
  series: string[];
  genre: string[];
}

/** Words of a text. The bench has its own, so that no judgement depends on the folding that it judges. */
export const wordsIn = (text: string): string[] =>
  normalize(text, 'NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/[łøđıßæœ]/g, (letter) => LETTERS[letter]!)
    .match(/[\p{L}\p{Mc}\p{N}]+/gu) ?? [];

/** Letters that have no decomposition. */
const LETTERS: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** The texts of an Event that rules compare. */
export const textsOf = (event: CatalogueEvent): EventTexts => ({
  name: spaced(event.name),
  performers: spaced(...event.performers),
  venue: spaced(event.venue, ...event.aliases),
  city: spaced(event.city),
  description: spaced(event.description),
  series: spaced(event.series),
  genre: spaced(event.genre),
});

const spaced = (...texts: (string | null)[]): string[] =>
  texts.flatMap((text) => (text === null ? [] : [` ${wordsIn(text).join(' ')} `]));
