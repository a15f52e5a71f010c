import { sql, type SQL } from 'drizzle-orm';

import { BETWEEN_WORDS } from '../../platform/text/words.ts';
import type { Term } from '../engine.ts';
import type { Correction } from './misspellings.ts';

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

/**
 * Score of a matching Event, an integer so that cursors can carry it: 4000 the name is the term; 3000 the name begins with
 * it; 2500 the name has all words, 2000 as prefixes; 1500 all words anywhere, 1000 as prefixes; below: similarity.
 */
export function rankOf(term: Term, alternatives: Alternatives): SQL {
  if (term.words.length === 0) return sql`case when e.folded = ${term.text} then 4000 else 3000 end`;
  const text = term.words.join(' ');
  const prefixesInName = matchesTsquery(term.words.map((word) => prefix(word, term, 'A')).join(' & '));
  // search_text begins with the words of the name: the costly split is left to names not much longer than the term
  return sql`case
    when starts_with(e.search_text, ${text}) and ${prefixesInName} then
      case when length(e.folded) <= 2 * ${text.length}
        and trim(regexp_replace(e.folded, ${BETWEEN_WORDS}, ' ', 'g')) = ${text} then 4000 else 3000 end
    when ${matchesTsquery(term.words.map((word) => `${word}:A`).join(' & '))} then 2500
    when ${prefixesInName} then 2000
    when ${matchesTsquery(term.words.join(' & '))} then 1500
    when ${matchesTsquery(term.words.map((word) => prefix(word, term)).join(' & '))} then 1000
    else ${similarityScore(term, alternatives)} end`;
}

/** Mean similarity of the words, up to 900, plus up to 99 for words in the name. */
function similarityScore(term: Term, alternatives: Alternatives): SQL {
  const each = term.words.map((word) => {
    const corrected = (alternatives.get(word) ?? []).flatMap((other) => [
      sql`when ${matchesTsquery(phrase(other.words, ':A'))} then ${900 * other.similarity + 99}::float8`,
      sql`when ${matchesTsquery(phrase(other.words))} then ${900 * other.similarity}::float8`,
    ]);
    const asTyped = [
      sql`when ${matchesTsquery(prefix(word, term, 'A'))} then 999`,
      sql`when ${matchesTsquery(prefix(word, term))} then 900`,
    ];
    return sql`case ${sql.join([...asTyped, ...corrected], sql` `)} else 0 end`;
  });
  return sql`((${sql.join(each, sql` + `)})::float8 / ${term.words.length})::int`;
}

const phrase = (words: readonly string[], weight = ''): string =>
  words.map((word) => `${word}${weight}`).join(' <-> ');

/** `wordsOf` splits at every character that is an operator in a tsquery, so words need no quoting. */
const matchesTsquery = (query: string): SQL => sql`e.search_words @@ to_tsquery('simple', ${query})`;

/** A single Latin letter is a prefix of too many words; in other scripts it may be a whole word. */
function prefix(word: string, { words }: Term, weight = ''): string {
  const isLetter = words.length > 1 && /^[a-z0-9]$/.test(word);
  return isLetter && weight === '' ? word : `${word}:${isLetter ? '' : '*'}${weight}`;
}
