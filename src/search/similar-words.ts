import { sql } from 'drizzle-orm';

import type { Db } from '../platform/db/pool.ts';
import type { Term } from './engine.ts';

/** A word that Events are found by and that is like one that was typed; `likeness` is above 0.3 and below 1. */
export interface SimilarWord {
  word: string;
  likeness: number;
}

/** More alternatives find more of what nobody meant. */
const MOST_ALTERNATIVES = 8;
/** Words that are this much less like the typed one than the likest are not meant. */
const NEARLY_AS_LIKE = 0.75;
/** So many words are a paste, not a slip; each is looked up by itself. */
const MOST_MISSPELT_WORDS = 10;

/**
 * Look up what may have been meant by words that no Event is found by. `null`: by none of them anything, or nothing is
 * misspelt, so that there is nothing to be gained by searching again.
 */
export async function findSimilarWords(db: Db, { words }: Term): Promise<Map<string, SimilarWord[]> | null> {
  const typed = words.filter((word) => !/^\d+$/.test(word)).slice(0, MOST_MISSPELT_WORDS); // 2026 is not 2025 misspelt
  if (typed.length === 0) return null;
  const rows = await db.execute<{ typed: string; word: string; likeness: number }>(sql`
    /* search.findSimilarWords */
    select typed.word as typed, known.word, known.likeness
    from unnest(${sql.param(typed)}::text[]) as typed(word)
    cross join lateral (
      select word, similarity(word, typed.word)::float8 as likeness
      from event_words
      where word % typed.word
      order by likeness desc, word
      limit ${MOST_ALTERNATIVES}
    ) known
    where not exists (select from event_words where word = typed.word)`);
  if (rows.length === 0) return null;
  const alternatives = Map.groupBy(rows, ({ typed: word }) => word);
  for (const [word, found] of alternatives) {
    const least = NEARLY_AS_LIKE * found[0]!.likeness;
    alternatives.set(
      word,
      found.filter(({ likeness }) => likeness >= least),
    );
  }
  return alternatives;
}
