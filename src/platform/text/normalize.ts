/** Joins nothing and is not seen; no mark is moved across it. */
const COMBINING_GRAPHEME_JOINER = '\u034f';

/** What normalising can reorder: marks, and the halfwidth sound marks of Katakana, which NFKD makes marks of. */
const MARK = `[[\\p{M}\\uff9e\\uff9f]--${COMBINING_GRAPHEME_JOINER}]`;

/** One more than the marks of the longest character that `lengthProblem` permits. */
const MAX_MARKS = 32;

const LONG_RUN = new RegExp(`${MARK}{${MAX_MARKS}}(?=${MARK})`, 'gv');

/** Whether a text has more marks in a row than a character may have: `lengthProblem` refuses it. */
export const hasLongRun = (text: string): boolean => text.search(LONG_RUN) !== -1;

/** ASCII is in every normal form. */
const ASCII = /^\p{ASCII}*$/u;

/**
 * Normalise a text, in time proportional to its length. ICU orders a run of marks by insertion, O(n²): 48,000 take two seconds.
 * Longer runs are divided as in Unicode's stream-safe format (UAX 15). Lint forbids `String.prototype.normalize` elsewhere.
 */
export const normalize = (text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string =>
  ASCII.test(text) ? text : text.replace(LONG_RUN, `$&${COMBINING_GRAPHEME_JOINER}`).normalize(form);
