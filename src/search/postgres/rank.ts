import { sql, type SQL } from 'drizzle-orm';

import { BETWEEN_WORDS } from '../../platform/text/words.ts';
import type { Term } from '../search-engine.ts';
import { MAX_TERM_WORDS } from '../search-limits.ts';
import type { Alternatives } from './match-term.ts';
import { asTyped, matchesTsquery, phrase, whole } from './tsquery.ts';

/**
 * Score of an exact hit, an integer so that cursors can carry it: 4000 the name is the term; 3000 the name begins with it, 2750 has
 * it as a phrase, 2500 has its words; 2250 and 2000 the same with the last word unfinished; 1750 the phrase anywhere, 1500 the
 * words anywhere, 1000 the last one unfinished.
 */
export function rankOf(term: Term): SQL {
  if (term.words.length === 0) return sql`case when e.folded = ${term.text} then 4000 else 3000 end`;
  const begins = sql`starts_with(e.search_text, ${term.phrase})`; // search_text begins with the words of the name
  const named = matchesTsquery(term.words.map((word) => whole(word, 'A')).join(' & '));
  const unfinished = term.words.map((word) => asTyped(word, term, 'A')).join(' & ');
  // the costly split is left to names not much longer than the term
  return sql`case
    when ${begins} and ${named} then
      case when length(e.folded) <= 2 * ${term.phrase.length}
        and trim(regexp_replace(e.folded, ${BETWEEN_WORDS}, ' ', 'g')) = ${term.phrase} then 4000 else 3000 end
    ${ifPhrase(term, 'A', 2750)}
    when ${named} then 2500
    ${term.prefix === null ? sql`` : sql`when ${matchesTsquery(unfinished)} then case when ${begins} then 2250 else 2000 end`}
    ${ifPhrase(term, '', 1750)}
    when ${matchesTsquery(term.words.join(' & '))} then 1500
    else 1000 end`;
}

/** A phrase has at least two words; long ones are told by the start of the name alone. */
const ifPhrase = ({ typed }: Term, weight: string, score: number): SQL =>
  typed.length < 2 || typed.length > MAX_TERM_WORDS
    ? sql``
    : sql`when ${matchesTsquery(phrase(typed, weight))} then ${score}::int`;

/** Score of a hit with corrected words, 500 to 999: the mean similarity of its words. */
export function rankCorrected(term: Term, alternatives: Alternatives): SQL {
  const each = term.words.map((word) => similarity(word, term, alternatives));
  return sql`(500 + 0.499 * (${sql.join(each, sql` + `)})::float8 / ${term.words.length})::int`;
}

/** Score of a hit that lacks words, up to 499: the share of the weights of the words that it has. */
export function rankPartial(term: Term, alternatives: Alternatives, weights: readonly number[]): SQL {
  const each = term.words.flatMap((word, at) =>
    weights[at] ? [sql`${weights[at]}::int * ${similarity(word, term, alternatives)}`] : [],
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return sql`(0.499 * (${sql.join(each, sql` + `)})::float8 / ${total}::int)::int`;
}

/** Up to 900 for the most similar word that the Event has, plus up to 99 if it is in the name; 0 if it has none. */
function similarity(word: string, term: Term, alternatives: Alternatives): SQL {
  const corrected = (alternatives.get(word) ?? []).flatMap((other) => [
    sql`when ${matchesTsquery(phrase(other.words, 'A'))} then ${900 * other.similarity + 99}::float8`,
    sql`when ${matchesTsquery(phrase(other.words))} then ${900 * other.similarity}::float8`,
  ]);
  return sql`case when ${matchesTsquery(asTyped(word, term, 'A'))} then 999
    when ${matchesTsquery(asTyped(word, term))} then 900
    ${sql.join(corrected, sql` `)} else 0 end`;
}
