import { sql, type SQL } from 'drizzle-orm';

import { BETWEEN_WORDS } from '../../platform/text/words.ts';
import type { Term } from '../engine.ts';
import type { Correction } from './misspellings.ts';

/** What may have been meant by each misspelt word; empty as long as the term is taken at its word. */
export type Alternatives = ReadonlyMap<string, readonly Correction[]>;

/** Whether an Event has every word of the term, as it stands, as a beginning, or as one of its alternatives. */
export function matches(term: Term, alternatives: Alternatives): SQL {
  if (term.words.length === 0) return sql`starts_with(e.folded, ${term.text})`; // a band may be called !!!
  const each = term.words.map((word) => {
    const meant = alternatives.get(word) ?? [];
    return `(${[beginning(word, term), ...meant.map(({ words }) => inARow(words))].join(' | ')})`;
  });
  return has(each.join(' & '));
}

/**
 * How well an Event that matches does so, as a whole number, so that cursors can carry it:
 * 4000 its name is the term; 3000 its name begins with it; 2500 its name has all the words, 2000 as beginnings;
 * 1500 the words are there, 1000 as beginnings; below that, how like its words are to those that were typed.
 */
export function rank(term: Term, alternatives: Alternatives): SQL {
  if (term.words.length === 0) return sql`case when e.folded = ${term.text} then 4000 else 3000 end`;
  const text = term.words.join(' ');
  const beginningsInName = has(term.words.map((word) => beginning(word, term, 'A')).join(' & '));
  // search_text begins with the words of the name; splitting that again is dear, and useless where it is much longer
  return sql`case
    when starts_with(e.search_text, ${text}) and ${beginningsInName} then
      case when length(e.folded) <= 2 * ${text.length}
        and trim(regexp_replace(e.folded, ${BETWEEN_WORDS}, ' ', 'g')) = ${text} then 4000 else 3000 end
    when ${has(term.words.map((word) => `${word}:A`).join(' & '))} then 2500
    when ${beginningsInName} then 2000
    when ${has(term.words.join(' & '))} then 1500
    when ${has(term.words.map((word) => beginning(word, term)).join(' & '))} then 1000
    else ${likeness(term, alternatives)} end`;
}

/** The mean likeness of the words, up to 900, and up to 99 for those that are in the name. */
function likeness(term: Term, alternatives: Alternatives): SQL {
  const each = term.words.map((word) => {
    const meant = (alternatives.get(word) ?? []).flatMap((other) => [
      sql`when ${has(inARow(other.words, ':A'))} then ${900 * other.likeness + 99}::float8`,
      sql`when ${has(inARow(other.words))} then ${900 * other.likeness}::float8`,
    ]);
    const asTyped = [
      sql`when ${has(beginning(word, term, 'A'))} then 999`,
      sql`when ${has(beginning(word, term))} then 900`,
    ];
    return sql`case ${sql.join([...asTyped, ...meant], sql` `)} else 0 end`;
  });
  return sql`((${sql.join(each, sql` + `)})::float8 / ${term.words.length})::int`;
}

const inARow = (words: readonly string[], weight = ''): string =>
  words.map((word) => `${word}${weight}`).join(' <-> ');

/** Whether an Event has what a tsquery asks for. No word means anything in a tsquery: wordsOf splits at all that does. */
const has = (query: string): SQL => sql`e.search_words @@ to_tsquery('simple', ${query})`;

/** One letter begins too many words to be worth anything; in scripts that are not alphabets it may be all there is. */
function beginning(word: string, { words }: Term, weight = ''): string {
  const isLetter = words.length > 1 && /^[a-z0-9]$/.test(word);
  return isLetter && weight === '' ? word : `${word}:${isLetter ? '' : '*'}${weight}`;
}
