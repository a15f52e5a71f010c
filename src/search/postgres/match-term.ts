import { sql, type SQL } from 'drizzle-orm';

import type { Term } from '../search-engine.ts';
import type { Correction } from './misspellings.ts';
import { matchesTsquery, phrase, prefix } from './tsquery.ts';

/** Corrections by misspelt word; empty while only exact matches are wanted. */
export type Alternatives = ReadonlyMap<string, readonly Correction[]>;

/** Condition: the Event has every word of the term, as a whole word, as a prefix, or as one of its alternatives. */
export function matchesTerm(term: Term, alternatives: Alternatives): SQL {
  if (term.words.length === 0) return sql`starts_with(e.folded, ${term.text})`; // a band may be called !!!
  const each = term.words.map((word) => {
    const corrections = alternatives.get(word) ?? [];
    return `(${[prefix(word, term), ...corrections.map(({ words }) => phrase(words))].join(' | ')})`;
  });
  return matchesTsquery(each.join(' & '));
}
