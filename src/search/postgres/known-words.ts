import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';

/** A word of the vocabulary. */
export interface KnownWord {
  word: string;
  /** Only descriptions have it. */
  isDescribedOnly: boolean;
}

/** The words that are in the vocabulary. */
export async function findKnown(db: Db, words: readonly string[]): Promise<Map<string, KnownWord>> {
  if (words.length === 0) return new Map();
  const { rows } = await db.execute<KnownWord & Record<string, unknown>>(sql`
    /* search.keepKnown */
    select word, described_only as "isDescribedOnly" from event_words where word = any(${sql.param(words)}::text[])`);
  return new Map(rows.map((known) => [known.word, known]));
}

type Neighbour = KnownWord & { typed: string };

/** For each typed word those that it begins, at most `limit`; words have none of the characters that are special in a pattern. */
export async function findBegun(db: Db, typed: readonly string[], limit: number): Promise<Neighbour[]> {
  if (typed.length === 0) return [];
  const { rows } = await db.execute<Neighbour & Record<string, unknown>>(sql`
    /* search.findCompletions */
    select typed.word as typed, known.word, known.described_only as "isDescribedOnly"
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word, described_only from event_words
      where word like typed.word || '%'
      order by described_only, length(word), word
      limit ${limit}
    ) known`);
  return rows;
}

/** For each typed word those that have most of its trigrams, the most similar first, at most `limit`. */
export async function findSimilar(
  db: Db,
  typed: readonly string[],
  minSimilarity: number,
  limit: number,
): Promise<(Neighbour & { similarity: number })[]> {
  const { rows } = await db.execute<Neighbour & { similarity: number } & Record<string, unknown>>(sql`
    /* search.findAlike */
    select typed.word as typed, known.word, known.described_only as "isDescribedOnly", known.similarity
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word, described_only, similarity(word, typed.word)::float8 as similarity
      from event_words
      where word % typed.word and similarity(word, typed.word) >= ${minSimilarity}::float8
      order by similarity desc, word
      limit ${limit}
    ) known`);
  return rows;
}

/**
 * For each typed word those with its first letter at three plain edits at most, the nearest first, at most `limit`. A swap of
 * neighbours counts as two.
 */
export async function findNear(db: Db, typed: readonly string[], limit: number): Promise<Neighbour[]> {
  if (typed.length === 0) return [];
  const { rows } = await db.execute<Neighbour & Record<string, unknown>>(sql`
    /* search.findNear */
    select typed.word as typed, known.word, known.described_only as "isDescribedOnly"
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word, described_only, levenshtein_less_equal(word, typed.word, 3) as edits
      from event_words
      where word like left(typed.word, 1) || '%'
        and length(word) between length(typed.word) - 2 and length(typed.word) + 2
        and levenshtein_less_equal(word, typed.word, 3) <= 3
      order by edits, word
      limit ${limit}
    ) known`);
  return rows;
}
