import { sql, type SQL } from 'drizzle-orm';

import { BETWEEN_WORDS } from '../../platform/text/words.ts';
import type { Term } from '../search-engine.ts';
import type { Alternatives } from './match-term.ts';
import { matchesTsquery, phrase, prefix } from './tsquery.ts';

/**
 * Score of a matching Event, an integer so that cursors can carry it: 4000 the name is the term; 3000 the name begins with
 * it; 2500 the name has all words, 2000 as prefixes; 1500 all words anywhere, 1000 as prefixes; below: similarity.
 */
export function rankOf(term: Term, alternatives: Alternatives): SQL {
  if (term.words.length === 0) return sql`case when e.folded = ${term.text} then 4000 else 3000 end`;
  const prefixesInName = matchesTsquery(term.words.map((word) => prefix(word, term, 'A')).join(' & '));
  // search_text begins with the words of the name: the costly split is left to names not much longer than the term
  return sql`case
    when starts_with(e.search_text, ${term.phrase}) and ${prefixesInName} then
      case when length(e.folded) <= 2 * ${term.phrase.length}
        and trim(regexp_replace(e.folded, ${BETWEEN_WORDS}, ' ', 'g')) = ${term.phrase} then 4000 else 3000 end
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
