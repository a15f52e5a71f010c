import type { Clause, Correction } from '../search-engine.ts';

// What every engine corrects, and how it orders what it finds.

/** Per word: each is another condition on every ranked Event, and lowers precision. */
export const MAX_ALTERNATIVES = 12;
/** Two slips in a shorter word make another word. */
export const MIN_TWO_SLIPS_LENGTH = 6;
/** `oconnor`, `acdc`: two known words next to each other are hardly ever a coincidence. */
export const SPLIT_SIMILARITY = 0.95;
/** `dvo`: less than a swap in a long word, more than one in a short word. */
export const COMPLETION_SIMILARITY = 0.8;
/** Shorter words are one edit away from too many others, longer ones from none by chance. */
export const EDITED_WORD_LENGTH = { min: 3, max: 20 };

/** 2026 is no typo of 2025. */
export const isCorrectable = ({ typed, spellings, isUnfinished }: Clause): boolean =>
  spellings.every((words) => words.length === 1) && !/^\d+$/.test(typed) && (!isUnfinished || isLong(typed));

/** Whether a word has letters enough to be corrected; unfinished, a letter or two always begin one. */
export const isLong = (word: string): boolean => [...word].length >= EDITED_WORD_LENGTH.min;

/** Whether a word is looked up by its edits. */
export const isEditable = (word: string): boolean =>
  word.length >= EDITED_WORD_LENGTH.min && word.length <= EDITED_WORD_LENGTH.max;

/** The ways in which a word may be two that were typed as one. */
export const splitsOf = (typed: readonly string[]): { typed: string; words: [string, string] }[] =>
  typed
    .filter((word) => word.length <= EDITED_WORD_LENGTH.max)
    .flatMap(
      (word) =>
        Array.from({ length: word.length - 1 }, (_, at): { typed: string; words: [string, string] } => ({
          typed: word,
          words: [word.slice(0, at + 1), word.slice(at + 1)],
        })).filter(({ words: [start] }) => start.isWellFormed()), // not within a surrogate pair
    );

/** The most similar corrections, each once; among equals the first. */
export function mostSimilar<T extends Correction>(corrections: readonly T[]): T[] {
  const sorted = corrections.toSorted((a, b) => b.similarity - a.similarity);
  const first = new Map(sorted.toReversed().map((one) => [one.words.join(' '), one]));
  return sorted.filter((one) => first.get(one.words.join(' ')) === one).slice(0, MAX_ALTERNATIVES);
}
