import { sql, type SQL } from 'drizzle-orm';

import { BETWEEN_WORDS } from '../platform/words.ts';
import type { SearchPosition, Term } from './engine.ts';

/** Comparing more words than this one by one takes longer than anybody waits; so many are a paste, not a search. */
const MOST_MISSPELT_WORDS = 10;

/** Tell whether there is any use in looking for words that are only similar. */
export const mayBeMisspelt = ({ words }: Term): boolean =>
  words.length > 0 && words.length <= MOST_MISSPELT_WORDS;

/** Whether an Event matches a term: every word as it stands or as a beginning, or, if SIMILAR, something like it. */
export function matches(term: Term, stage: SearchPosition['stage']): SQL {
  if (term.words.length === 0) return sql`starts_with(e.folded, ${term.text})`;
  const exact = sql`e.search_words @@ to_tsquery('simple', ${prefixes(term)})`;
  if (stage === 'EXACT') return exact;
  const similar = term.words.map((word) => sql`${word} <% e.search_text`);
  return sql`(${exact} or (${sql.join(similar, sql` and `)}))`;
}

/**
 * How well an Event that matches does so, as a whole number, so that cursors can carry it:
 * 4000 its name is the term; 3000 its name begins with it; 2500 its name has all the words, 2000 as beginnings;
 * 1500 the words are there, 1000 as beginnings; below that, how similar they are.
 */
export function rank(term: Term, stage: SearchPosition['stage']): SQL {
  if (term.words.length === 0) return sql`case when e.folded = ${term.text} then 4000 else 3000 end`;
  const text = term.words.join(' ');
  const similarity = term.words.map((word) => sql`word_similarity(${word}, e.search_text)`);
  const otherwise =
    stage === 'EXACT'
      ? sql`1000`
      : sql`case when e.search_words @@ to_tsquery('simple', ${prefixes(term)}) then 1000
          else (999 * (${sql.join(similarity, sql` + `)}) / ${term.words.length}::float8)::int end`;
  // an Event's search_text begins with the words of its name
  return sql`case
    when starts_with(e.search_text, ${text}) and e.search_words @@ to_tsquery('simple', ${prefixes(term, 'A')}) then
      case when trim(regexp_replace(e.folded, ${BETWEEN_WORDS}, ' ', 'g')) = ${text} then 4000 else 3000 end
    when e.search_words @@ to_tsquery('simple', ${words(term, 'A')}) then 2500
    when e.search_words @@ to_tsquery('simple', ${prefixes(term, 'A')}) then 2000
    when e.search_words @@ to_tsquery('simple', ${words(term)}) then 1500
    else ${otherwise} end`;
}

/** Words have no character that means something in a tsquery: wordsOf splits at all of them. */
const words = (term: Term, weight = ''): string =>
  term.words.map((word) => (weight === '' ? word : `${word}:${weight}`)).join(' & ');

/** One letter begins too many words to be worth anything; in scripts that are not alphabets it may be all there is. */
const prefixes = (term: Term, weight = ''): string =>
  term.words
    .map((word) =>
      /^[a-z0-9]$/.test(word) && term.words.length > 1
        ? words({ ...term, words: [word] }, weight)
        : `${word}:*${weight}`,
    )
    .join(' & ');
