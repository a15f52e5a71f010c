import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { Term } from '../engine.ts';
import { slipsOf } from './edits.ts';

/** What may have been meant by a typed word: a word, or several in a row; 0 is nothing like it, 1 the same. */
export interface Correction {
  words: readonly string[];
  likeness: number;
}

/** Each costs time for every Event that is ranked, and finds more of what nobody meant. */
const MOST_ALTERNATIVES = 12;
/** As trigrams have it; Postgres' own 0.3 takes `nothing` for `not`. */
const LEAST_LIKENESS = 0.4;
/** Shorter words are one slip away from too many others, longer ones from none by accident. */
const SLIP_LETTERS = { least: 3, most: 20 };
/** So many words are a paste, not a slip; each is looked up by itself. */
const MOST_MISSPELT_WORDS = 10;
/** Whoever writes `oconnor` or `acdc` knows what they mean; next to each other, the two words are hardly an accident. */
const SPLIT_LIKENESS = 0.95;

/**
 * Look up what may have been meant by the words that no Event is found by. `null`: nobody knows, or none is misspelt, so
 * that there is nothing to be gained by searching again.
 */
export async function findMeant(db: Db, { words }: Term): Promise<Map<string, Correction[]> | null> {
  const unknown = await keepUnknown(
    db,
    words.filter((word) => !/^\d+$/.test(word)).slice(0, MOST_MISSPELT_WORDS), // 2026 is not 2025 misspelt
  );
  if (unknown.length === 0) return null;
  const found = await Promise.all([findSplits(db, unknown), findSlips(db, unknown), findAlike(db, unknown)]);
  const byWord = Map.groupBy(found.flat(), ({ typed }) => typed);
  if (byWord.size === 0) return null;
  for (const [word, meant] of byWord) byWord.set(word, likeliest(meant));
  return byWord;
}

type MeantByTyped = Correction & { typed: string };

/** Keep the likeliest; what was found in two ways is kept once. */
function likeliest(meant: readonly MeantByTyped[]): MeantByTyped[] {
  const sorted = meant.toSorted((a, b) => b.likeness - a.likeness);
  const seen = new Map(sorted.toReversed().map((one) => [one.words.join(' '), one]));
  return sorted.filter((one) => seen.get(one.words.join(' ')) === one).slice(0, MOST_ALTERNATIVES);
}

async function keepUnknown(db: Db, typed: readonly string[]): Promise<string[]> {
  const rows = await db.execute<{ word: string }>(sql`
    /* search.keepUnknown */
    select word from unnest(${sql.param(typed)}::text[]) as typed(word)
    where not exists (select from event_words where event_words.word = typed.word)`);
  return [...new Set(rows.map(({ word }) => word))];
}

/** Two words that were typed as one. */
async function findSplits(db: Db, typed: readonly string[]): Promise<MeantByTyped[]> {
  const candidates = typed
    .filter((word) => word.length <= SLIP_LETTERS.most)
    .flatMap((word) =>
      Array.from({ length: word.length - 1 }, (_, at) => ({
        typed: word,
        words: [word.slice(0, at + 1), word.slice(at + 1)],
      })),
    );
  const known = await keepKnown(
    db,
    candidates.flatMap(({ words }) => words),
  );
  return candidates
    .filter(({ words }) => words.every((word) => known.has(word)))
    .map((split) => ({ ...split, likeness: SPLIT_LIKENESS }));
}

/** Words one slip away; those that begin alike are likelier, for few people miss the first letter. */
async function findSlips(db: Db, typed: readonly string[]): Promise<MeantByTyped[]> {
  const candidates = typed
    .filter((word) => word.length >= SLIP_LETTERS.least && word.length <= SLIP_LETTERS.most)
    .flatMap((word) => slipsOf(word).map((slip) => ({ typed: word, slip })));
  const known = await keepKnown(
    db,
    candidates.map(({ slip }) => slip),
  );
  return candidates
    .filter(({ slip }) => known.has(slip))
    .map(({ typed: word, slip }) => ({
      typed: word,
      words: [slip],
      likeness: 1 - (slip[0] === word[0] ? 1 : 1.5) / Math.max(slip.length, word.length),
    }));
}

async function keepKnown(db: Db, words: readonly string[]): Promise<Set<string>> {
  if (words.length === 0) return new Set();
  const rows = await db.execute<{ word: string }>(sql`
    /* search.keepKnown */
    select word from event_words where word = any(${sql.param(words)}::text[])`);
  return new Set(rows.map(({ word }) => word));
}

/** Words that have most of their trigrams in common: where there is more than one slip, or another alphabet. */
async function findAlike(db: Db, typed: readonly string[]): Promise<MeantByTyped[]> {
  const rows = await db.execute<{ typed: string; word: string; likeness: number }>(sql`
    /* search.findAlike */
    select typed.word as typed, known.word, known.likeness
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word, similarity(word, typed.word)::float8 as likeness
      from event_words
      where word % typed.word and similarity(word, typed.word) >= ${LEAST_LIKENESS}::float8
      order by likeness desc, word
      limit ${MOST_ALTERNATIVES}
    ) known`);
  return rows.map(({ typed: word, word: other, likeness }) => ({ typed: word, words: [other], likeness }));
}
