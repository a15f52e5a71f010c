/**
 * Separators of words in folded text, as a character class with the same meaning in JavaScript and Postgres.
 *
 * Code ranges rather than `\p{P}`, which Postgres lacks, or `[:punct:]`, which depends on its locale.
 */
export const BETWEEN_WORDS =
  '[\\s!-/:-@\\[-`{-~\\u0080-\\u00bf\\u00d7\\u00f7\\u2000-\\u206f\\u2e00-\\u2e7f\\u3000-\\u303f]+';

const SEPARATOR = new RegExp(BETWEEN_WORDS, 'u');

/** Folding can make ten characters of one; Postgres refuses words of more than 2,046 bytes. */
const MAX_WORD_LENGTH = 100;

/** Scripts that are written without spaces: Han, Hiragana and Katakana, with their mark of a long vowel. */
const SPACELESS = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc]+';
const IN_SPACELESS = new RegExp(SPACELESS, 'u');
const RUNS = new RegExp(`${SPACELESS}|.+?(?=${SPACELESS}|$)`, 'gu');

/** Split folded text at what is between its words: `ac/dc - live!` is `ac`, `dc`, `live`. */
export const splitWords = (folded: string): string[] => folded.split(SEPARATOR).filter((word) => word !== '');

/**
 * The words by which folded text is found. Of scripts without spaces these are all pairs of characters, `東京`, `京都` of `東京都`:
 * where a word ends there, only a dictionary knows. A longer word than any is cut.
 */
export const wordsOf = (folded: string): string[] =>
  splitWords(folded).flatMap((word) => (IN_SPACELESS.test(word) ? pairsIn(word) : [cut(word)]));

const pairsIn = (word: string): string[] =>
  (word.match(RUNS) ?? []).flatMap((run) => (IN_SPACELESS.test(run) ? pairsOf([...run]) : [cut(run)]));

const pairsOf = (characters: readonly string[]): string[] =>
  characters.length === 1
    ? [...characters]
    : characters.slice(1).map((character, at) => `${characters[at]}${character}`);

const cut = (word: string): string =>
  word.length <= MAX_WORD_LENGTH ? word : [...word].slice(0, MAX_WORD_LENGTH).join('');
