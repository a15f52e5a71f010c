import { sql, type SQL } from 'drizzle-orm';

import type { Term } from '../search-engine.ts';
import type { Correction } from './misspellings.ts';
import { asTyped, filtersTsquery, matchesTsquery, phrase, shortPrefix } from './tsquery.ts';

/** Corrections by unknown word; empty in the strict pass. */
export type Alternatives = ReadonlyMap<string, readonly Correction[]>;

export const NO_ALTERNATIVES: Alternatives = new Map();

/** tsquery of a word of a term: as typed, or as one of its corrections. */
export const wordOr = (word: string, term: Term, alternatives: Alternatives): string =>
  `(${[asTyped(word, term), ...(alternatives.get(word) ?? []).map(({ words }) => phrase(words))].join(' | ')})`;

/** Condition: the Event has every word of the term, as typed or as one of its corrections. */
export function matchesTerm(term: Term, alternatives: Alternatives): SQL {
  if (term.words.length === 0) return sql`starts_with(e.folded, ${term.text})`; // a band may be called !!!
  const short = shortPrefix(term);
  const indexed = term.words.filter((word) => word !== short).map((word) => wordOr(word, term, alternatives));
  const found = matchesTsquery(indexed.join(' & '));
  return short === null ? found : sql`(${found} and ${filtersTsquery(asTyped(short, term))})`;
}
