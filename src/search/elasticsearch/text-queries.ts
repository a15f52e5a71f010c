import type { estypes } from '@elastic/elasticsearch';

import { wordsOf } from '../../platform/text/words.ts';
import type { Score, ScoreCase, TextField, TextMatch } from '../text-match.ts';

type Query = estypes.QueryDslQueryContainer;

/** Unfinished words longer than the indexed beginnings: at most so many whole words are tried behind a phrase. */
const MAX_EXPANSIONS = 1_000;

/** The condition as a query without a score. */
export function queryOf(match: TextMatch): Query {
  switch (match.kind) {
    case 'phrase':
      return anyOf(match.fields.map((field) => phraseIn(field, match.words, match.isPrefix)));
    case 'all':
      return { bool: { filter: match.of.map(queryOf) } };
    case 'any':
      return anyOf(match.of.map(queryOf));
    case 'not':
      return { bool: { must_not: [queryOf(match.of)] } };
    case 'name-is':
      return { term: ofName(match) };
    case 'name-begins':
      return isTooLong(match.text) ? { match_none: {} } : { prefix: ofName(match) };
  }
}

/** Lucene refuses beginnings of more than 1,000 bytes; no name is as long, but a term of ligatures folds to four times its length. */
const MAX_PREFIX_BYTES = 1_000;
const isTooLong = (text: string): boolean =>
  Buffer.byteLength(wordsOf(text).join(' ')) > MAX_PREFIX_BYTES || Buffer.byteLength(text) > MAX_PREFIX_BYTES;

/** Any of the queries. */
export const anyOf = (queries: readonly Query[]): Query =>
  queries.length === 1 ? queries[0]! : { bool: { should: [...queries], minimum_should_match: 1 } };

/** Text and field of a name; its words are split as in the document. */
const ofName = ({ text, as }: Extract<TextMatch, { as: unknown }>): Record<string, string> =>
  as === 'words' ? { 'name.whole': wordsOf(text).join(' ') } : { foldedName: text };

function phraseIn(field: TextField, words: readonly string[], isPrefix: boolean): Query {
  const [word] = words;
  if (words.length === 1) return isPrefix ? { prefix: { [field]: word! } } : { term: { [field]: word! } };
  const query = words.join(' ');
  return isPrefix
    ? { match_phrase_prefix: { [field]: { query, max_expansions: MAX_EXPANSIONS } } }
    : { match_phrase: { [field]: query } };
}

/**
 * The score as clauses whose scores add up: constants, of which each `best` gives its greatest. Lucene adds them as doubles, and
 * rounds the sum to a float, which holds whole numbers of up to 2^24.
 */
export function scoreClausesOf({ base, sum, onSale }: Score, isOnSale: Query): Query[] {
  return [
    constant({ match_all: {} }, base),
    ...sum.map(({ best }) => ({ dis_max: { queries: best.map(caseOf) } })),
    constant(isOnSale, onSale),
  ];
}

const caseOf = ({ match, points }: ScoreCase): Query => constant(queryOf(match), points);

const constant = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } });
