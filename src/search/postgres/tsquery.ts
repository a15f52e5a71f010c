import { sql, type SQL } from 'drizzle-orm';

import type { Term } from '../search-engine.ts';

/** tsquery of words next to each other. */
export const phrase = (words: readonly string[], weight = ''): string =>
  words.map((word) => `${word}${weight}`).join(' <-> ');

/** `wordsOf` splits at every character that is an operator in a tsquery, so words need no quoting. */
export const matchesTsquery = (query: string): SQL => sql`e.search_words @@ to_tsquery('simple', ${query})`;

/** A single Latin letter is a prefix of too many words; in other scripts it may be a whole word. */
export function prefix(word: string, { words }: Term, weight = ''): string {
  const isLetter = words.length > 1 && /^[a-z0-9]$/.test(word);
  return isLetter && weight === '' ? word : `${word}:${isLetter ? '' : '*'}${weight}`;
}
