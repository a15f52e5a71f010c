/** Texts of an Event by which it is found, in the order of their weight; see decision 0043. */
export const TEXT_FIELDS = ['name', 'names', 'kinds', 'description'] as const;

/** `names`: Performers, Venue, city; `kinds`: category, genre, series. */
export type TextField = (typeof TEXT_FIELDS)[number];

/**
 * Condition on the texts of an Event, which every engine translates.
 *
 * phrase       one of the fields has these words next to each other; `isPrefix`: the last one may be the beginning of a word
 * name-is      the name is the text, name-begins it begins with it, be it within a word. `as`: its words, separated by spaces; or
 *              the folded name as it is, for names and terms without words, such as `!!!`
 */
export type TextMatch =
  | { kind: 'phrase'; words: readonly string[]; isPrefix: boolean; fields: readonly TextField[] }
  | { kind: 'all' | 'any'; of: readonly TextMatch[] }
  | { kind: 'not'; of: TextMatch }
  | { kind: 'name-is' | 'name-begins'; text: string; as: 'words' | 'folded' };

/**
 * Score of an Event: the base, the points of the best matching case of each part of the sum (0 if none matches), and those for being
 * on sale now. Whole numbers of at most 2^23, which 32-bit floats hold, so that all engines give the same ones.
 */
export interface Score {
  base: number;
  sum: readonly { best: readonly ScoreCase[] }[];
  onSale: number;
}

export interface ScoreCase {
  match: TextMatch;
  points: number;
}

/** All of the conditions. */
export const allOf = (of: readonly TextMatch[]): TextMatch =>
  of.length === 1 ? of[0]! : { kind: 'all', of };

/** At least one of the conditions. */
export const anyOf = (of: readonly TextMatch[]): TextMatch =>
  of.length === 1 ? of[0]! : { kind: 'any', of };

/** The condition does not hold. */
export const not = (of: TextMatch): TextMatch => ({ kind: 'not', of });

/** One of the fields has the words next to each other. */
export const phraseIn = (
  fields: readonly TextField[],
  words: readonly string[],
  isPrefix = false,
): TextMatch => ({ kind: 'phrase', words, isPrefix, fields });
