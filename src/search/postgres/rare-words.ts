import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { EventQuery, Term } from '../search-engine.ts';
import { MAX_WEIGHT } from '../search-limits.ts';
import { sourcesOf } from './filters.ts';
import { wordOr, type Alternatives } from './match-term.ts';
import { matchesTsquery, shortPrefix } from './tsquery.ts';

/** A word that more current Events have is common. */
const MAX_RARE = 1_000;
/** Events that have a rare word, estimated: each is ranked by every word. */
const MAX_CANDIDATES = 4_000;

/** The term as Events that lack words are matched with it: a letter or two are no unfinished word. */
export const withoutShortPrefix = (term: Term): Term =>
  shortPrefix(term) === null ? term : { ...term, prefix: null };

/** 0 for a word that no current Event has, 1 for a common one, and one more for each time that it is half as frequent. */
export const weightOf = (events: number): number =>
  events === 0
    ? 0
    : events > MAX_RARE
      ? 1
      : Math.min(MAX_WEIGHT, 2 + Math.floor(Math.log2(MAX_RARE / events)));

/** Most current Events that have a word of this weight. */
const mostEvents = (weight: number): number => MAX_RARE / 2 ** (weight - 2);

/** Weigh the words of a term by the current Events that have them; counting stops where a word is common. */
export async function weighWords(
  db: Db,
  query: EventQuery,
  term: Term,
  alternatives: Alternatives,
): Promise<number[]> {
  const counts = term.words.map((word) => {
    const parts = sourcesOf(query).map(
      ({ from, where }) => sql`(
        select 1 from ${from} where ${matchesTsquery(wordOr(word, term, alternatives))} and ${where}
        limit ${MAX_RARE + 1})`,
    );
    return sql`(select count(*) from (${sql.join(parts, sql` union all `)}) counted)::int`;
  });
  const {
    rows: [row],
  } = await db.execute<{ counts: number[] }>(sql`
    /* search.countWords: plan anew */
    select array[${sql.join(counts, sql`, `)}] as counts`);
  return row!.counts.map(weightOf);
}

/**
 * tsquery of the Events that may lack words of the term: those with a rare word, and those with all of its common words, unless a
 * single one is all they have in common with it. `null`: no Event has a word of the term.
 */
export function candidatesOf(
  term: Term,
  alternatives: Alternatives,
  weights: readonly number[],
): string | null {
  const rarestFirst = term.words
    .map((word, at) => ({ query: wordOr(word, term, alternatives), weight: weights[at]! }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  let estimate = 0;
  const rare = rarestFirst.filter(
    ({ weight }) => weight > 1 && (estimate += mostEvents(weight)) <= MAX_CANDIDATES,
  );
  const common = rarestFirst.filter((word) => !rare.includes(word));
  const any = rare.map(({ query }) => query);
  if (common.length > 1 || (common.length === 1 && rare.length === 0)) {
    any.push(`(${common.map(({ query }) => query).join(' & ')})`);
  }
  return any.length === 0 ? null : any.join(' | ');
}
