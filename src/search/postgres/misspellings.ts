import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { Term } from '../search-engine.ts';
import { singleEdits } from './single-edits.ts';

/** Correction of a misspelt word: a word or a phrase of the vocabulary; `similarity` is 0 to 1. */
export interface Correction {
  words: readonly string[];
  similarity: number;
}

/** Per word: each alternative is another tsquery per ranked Event, and lowers precision. */
const MAX_ALTERNATIVES = 12;
/** Trigram similarity; the default of pg_trgm, 0.3, corrects `not` to `nothing`. */
const MIN_SIMILARITY = 0.4;
/** Shorter words are one edit away from too many others, longer ones from none by chance. */
const EDITED_WORD_LENGTH = { min: 3, max: 20 };
/** `oconnor`, `acdc`: two known words next to each other are hardly ever a coincidence. */
const SPLIT_SIMILARITY = 0.95;
/** `dvo`: less than a swap in a long word, more than one in a short word. */
const COMPLETION_SIMILARITY = 0.8;

/**
 * Find corrections of the words that no Event has, by typed word. The last word may be unfinished: it is corrected only if it begins
 * no word, and a letter or two always begin one.
 */
export async function findCorrections(db: Db, { words, prefix }: Term): Promise<Map<string, Correction[]>> {
  const absent = await findUnknown(
    db,
    words.filter((word) => !/^\d+$/.test(word) && (word !== prefix || isLong(word))), // 2026 is no typo of 2025
  );
  const completions = await findCompletions(db, absent.filter(isLong));
  const begun = new Set(completions.map(({ typed }) => typed));
  const unknown = absent.filter((word) => word !== prefix || !begun.has(word));
  if (unknown.length === 0) return new Map();
  const found = await Promise.all([
    findSplits(db, unknown),
    findEdits(db, unknown),
    findSimilar(db, unknown),
  ]);
  const ofUnknown = completions.filter(({ typed }) => unknown.includes(typed));
  const byWord = Map.groupBy([...ofUnknown, ...found.flat()], ({ typed }) => typed);
  for (const [word, corrections] of byWord) byWord.set(word, mostSimilar(corrections));
  return byWord;
}

const isLong = (word: string): boolean => [...word].length >= EDITED_WORD_LENGTH.min;

type TypedCorrection = Correction & { typed: string };

/** The most similar corrections, each once. */
function mostSimilar(corrections: readonly TypedCorrection[]): TypedCorrection[] {
  const sorted = corrections.toSorted((a, b) => b.similarity - a.similarity);
  const seen = new Map(sorted.toReversed().map((one) => [one.words.join(' '), one]));
  return sorted.filter((one) => seen.get(one.words.join(' ')) === one).slice(0, MAX_ALTERNATIVES);
}

async function findUnknown(db: Db, typed: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute<{ word: string }>(sql`
    /* search.keepUnknown */
    select word from unnest(${sql.param(typed)}::text[]) as typed(word)
    where not exists (select 1 from event_words where event_words.word = typed.word)`);
  return rows.map(({ word }) => word);
}

/** Words that a typed one begins; words have none of the characters that are special in a pattern. */
async function findCompletions(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  if (typed.length === 0) return [];
  const { rows } = await db.execute<{ typed: string; word: string }>(sql`
    /* search.findCompletions */
    select typed.word as typed, known.word
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word from event_words
      where word like typed.word || '%'
      order by length(word), word
      limit ${MAX_ALTERNATIVES}
    ) known`);
  return rows.map(({ typed: word, word: whole }) => ({
    typed: word,
    words: [whole],
    similarity: COMPLETION_SIMILARITY,
  }));
}

/** Two words typed as one. */
async function findSplits(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const candidates = typed
    .filter((word) => word.length <= EDITED_WORD_LENGTH.max)
    .flatMap(
      (word) =>
        Array.from({ length: word.length - 1 }, (_, at) => ({
          typed: word,
          words: [word.slice(0, at + 1), word.slice(at + 1)],
        })).filter(({ words: [start] }) => start!.isWellFormed()), // not within a surrogate pair
    );
  const known = await findKnown(
    db,
    candidates.flatMap(({ words }) => words),
  );
  return candidates
    .filter(({ words }) => words.every((word) => known.has(word)))
    .map((split) => ({ ...split, similarity: SPLIT_SIMILARITY }));
}

/** Words one edit away; a wrong first letter is a rare typo, and weighs half as much again. */
async function findEdits(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const candidates = typed
    .filter((word) => word.length >= EDITED_WORD_LENGTH.min && word.length <= EDITED_WORD_LENGTH.max)
    .flatMap((word) => singleEdits(word).map((edited) => ({ typed: word, edited })));
  const known = await findKnown(
    db,
    candidates.map(({ edited }) => edited),
  );
  return candidates
    .filter(({ edited }) => known.has(edited))
    .map(({ typed: word, edited }) => ({
      typed: word,
      words: [edited],
      similarity: 1 - (edited[0] === word[0] ? 1 : 1.5) / Math.max(edited.length, word.length),
    }));
}

async function findKnown(db: Db, words: readonly string[]): Promise<Set<string>> {
  if (words.length === 0) return new Set();
  const { rows } = await db.execute<{ word: string }>(sql`
    /* search.keepKnown */
    select word from event_words where word = any(${sql.param(words)}::text[])`);
  return new Set(rows.map(({ word }) => word));
}

/** Words with most of their trigrams in common: two edits and more, and other alphabets. */
async function findSimilar(db: Db, typed: readonly string[]): Promise<TypedCorrection[]> {
  const { rows } = await db.execute<{ typed: string; word: string; similarity: number }>(sql`
    /* search.findAlike */
    select typed.word as typed, known.word, known.similarity
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word, similarity(word, typed.word)::float8 as similarity
      from event_words
      where word % typed.word and similarity(word, typed.word) >= ${MIN_SIMILARITY}::float8
      order by similarity desc, word
      limit ${MAX_ALTERNATIVES}
    ) known`);
  return rows.map(({ typed: word, word: other, similarity }) => ({
    typed: word,
    words: [other],
    similarity,
  }));
}
