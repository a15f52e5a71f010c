import { sql, type SQL } from 'drizzle-orm';

import type { Term } from '../search-engine.ts';

/** Shorter prefixes begin too many words to be looked up in an index of millions of past Events. */
const MIN_INDEXED_PREFIX = 3;

/** tsquery of words next to each other. */
export const phrase = (words: readonly string[], weight = ''): string =>
  words.map((word) => whole(word, weight)).join(' <-> ');

/** tsquery of a whole word. `wordsOf` splits at every character that is an operator in a tsquery, so words need no quoting. */
export const whole = (word: string, weight = ''): string => (weight === '' ? word : `${word}:${weight}`);

/** tsquery of a word of a term: a whole word, the last one also as a prefix. */
export const asTyped = (word: string, { prefix }: Term, weight = ''): string =>
  word === prefix ? `${word}:*${weight}` : whole(word, weight);

/** Condition that the index of words serves. */
export const matchesTsquery = (query: string): SQL => sql`e.search_words @@ to_tsquery('simple', ${query})`;

/** The same condition, checked on each row that others have found: no index serves a function. */
export const filtersTsquery = (query: string): SQL =>
  sql`ts_match_vq(e.search_words, to_tsquery('simple', ${query}))`;

/** The unfinished word of a term with others, if it is too short for the index; else `null`. */
export const shortPrefix = ({ words, prefix }: Term): string | null =>
  prefix !== null && words.length > 1 && [...prefix].length < MIN_INDEXED_PREFIX ? prefix : null;
