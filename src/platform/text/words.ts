/**
 * Separators of words in folded text, as a character class with the same meaning in JavaScript and Postgres.
 *
 * Code ranges rather than `\p{P}`, which Postgres lacks, or `[:punct:]`, which depends on its locale.
 */
export const BETWEEN_WORDS =
  '[\\s!-/:-@\\[-`{-~\\u0080-\\u00bf\\u00d7\\u00f7\\u2000-\\u206f\\u2e00-\\u2e7f\\u3000-\\u303f]+';

const SEPARATOR = new RegExp(BETWEEN_WORDS, 'u');

/** Split folded text into its words: `ac/dc - live!` is `ac`, `dc`, `live`. */
export const wordsOf = (folded: string): string[] => folded.split(SEPARATOR).filter((word) => word !== '');
