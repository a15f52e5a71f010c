import type { Db } from '../../platform/db/pool.ts';
import {
  COMPLETION_SIMILARITY,
  EDITED_WORD_LENGTH,
  isCorrectable,
  isEditable,
  isLong,
  MAX_ALTERNATIVES,
  MIN_TWO_SLIPS_LENGTH,
  mostSimilar,
  SPLIT_SIMILARITY,
  splitsOf,
} from '../matching/correctable.ts';
import type { Clause, Correction } from '../search-engine.ts';
import { editDistance } from './edit-distance.ts';
import { findBegun, findKnown, findNear, findSimilar, type KnownWord } from './known-words.ts';
import { singleEdits } from './single-edits.ts';

/** Trigram similarity; the default of pg_trgm, 0.3, corrects `not` to `nothing`. */
const MIN_SIMILARITY = 0.4;
/** At three plain edits, of which those at two with swaps are kept. */
const MAX_NEAR = 100;
/** People mistype names more often than words of descriptions, of which there are more. */
const DESCRIBED_FACTOR = 0.9;

type TypedCorrection = Correction & { typed: string; isDescribedOnly: boolean };

/**
 * Find corrections of the clauses that no Event has, by typed word. An unfinished word is corrected only if it begins no word, and a
 * letter or two always begin one. Clauses of several words are known ones. A word that only descriptions have may be a name with
 * a slip.
 */
export async function findCorrections(
  db: Db,
  clauses: readonly Clause[],
): Promise<Map<string, Correction[]>> {
  const doubtful = await findDoubtful(db, clauses.filter(isCorrectable));
  const absent = doubtful.filter(({ isDescribed }) => !isDescribed);
  const described = doubtful.filter(({ isDescribed, isUnfinished }) => isDescribed && !isUnfinished);
  const completions = await findCompletions(db, absent.map(({ typed }) => typed).filter(isLong));
  const begun = new Set(completions.map(({ typed }) => typed));
  const unknown = absent
    .filter(({ typed, isUnfinished }) => !isUnfinished || !begun.has(typed))
    .map(({ typed }) => typed);
  const slipped = [...unknown, ...described.map(({ typed }) => typed)];
  if (slipped.length === 0) return new Map();
  const found = await Promise.all([
    findSplits(db, unknown),
    findEdits(db, slipped),
    findTwoSlips(db, slipped),
    findAlike(db, unknown),
  ]);
  const ofUnknown = completions.filter(({ typed }) => unknown.includes(typed));
  const isName = ({ typed, isDescribedOnly }: TypedCorrection) => !isDescribedOnly || unknown.includes(typed);
  const byWord = Map.groupBy([...ofUnknown, ...found.flat().filter(isName)], ({ typed }) => typed);
  for (const [word, corrections] of byWord) byWord.set(word, mostSimilar(corrections));
  return byWord;
}

/** The clauses none of whose spellings is in a name, place or kind; `isDescribed`: one of them is in a description. */
async function findDoubtful(
  db: Db,
  clauses: readonly Clause[],
): Promise<(Clause & { isDescribed: boolean })[]> {
  const words = clauses.flatMap(({ spellings }) => spellings.flat());
  const known = await findKnown(db, words);
  return clauses
    .filter(({ spellings }) => spellings.flat().every((word) => known.get(word)?.isDescribedOnly !== false))
    .map((clause) => ({ ...clause, isDescribed: clause.spellings.flat().some((word) => known.has(word)) }));
}

const correctionTo = (
  typed: string,
  { word, isDescribedOnly }: KnownWord,
  similarity: number,
): TypedCorrection => ({
  typed,
  words: [word],
  isDescribedOnly,
  similarity: isDescribedOnly ? similarity * DESCRIBED_FACTOR : similarity,
});

/** Short words of descriptions are one edit away from anything. */
const isPlausible = (typed: string, { isDescribedOnly }: KnownWord): boolean =>
  !isDescribedOnly || typed.length >= MIN_TWO_SLIPS_LENGTH;

/** Words that a typed one begins. */
async function findCompletions(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const begun = await findBegun(db, typed, MAX_ALTERNATIVES);
  return begun.map((known) => correctionTo(known.typed, known, COMPLETION_SIMILARITY));
}

/** Two names typed as one. */
async function findSplits(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const candidates = splitsOf(typed);
  const halves = candidates.flatMap(({ words }) => words);
  const known = await findKnown(db, halves);
  return candidates
    .filter(({ words }) => words.every((word) => known.get(word)?.isDescribedOnly === false))
    .map((split) => ({ ...split, similarity: SPLIT_SIMILARITY, isDescribedOnly: false }));
}

/** Words one edit away; a wrong first letter is a rare typo, and weighs half as much again. */
async function findEdits(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const candidates = typed
    .filter(isEditable)
    .flatMap((word) => singleEdits(word).map((edited) => ({ typed: word, edited })));
  const edited = candidates.map((candidate) => candidate.edited);
  const known = await findKnown(db, edited);
  return candidates.flatMap(({ typed: word, edited: other }) => {
    const found = known.get(other);
    if (found === undefined || !isPlausible(word, found)) return [];
    const edits = other[0] === word[0] ? 1 : 1.5;
    return [correctionTo(word, found, 1 - edits / Math.max(other.length, word.length))];
  });
}

/** Longer words two edits away that begin alike. */
async function findTwoSlips(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const long = typed.filter(
    (word) => [...word].length >= MIN_TWO_SLIPS_LENGTH && word.length <= EDITED_WORD_LENGTH.max,
  );
  const near = await findNear(db, long, MAX_NEAR);
  return near
    .filter(({ typed: word, word: other }) => editDistance(word, other, 2) === 2)
    .map((known) => {
      const length = Math.max(known.typed.length, known.word.length);
      return correctionTo(known.typed, known, 1 - 2 / length);
    });
}

/** Words with most of their trigrams in common: more edits, and other alphabets. */
async function findAlike(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const similar = await findSimilar(db, typed, MIN_SIMILARITY, MAX_ALTERNATIVES);
  return similar
    .filter((known) => isPlausible(known.typed, known))
    .map((known) => correctionTo(known.typed, known, known.similarity));
}
