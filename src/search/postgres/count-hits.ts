import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { EventQuery } from '../search-engine.ts';
import { MAX_TOTAL_COUNT } from '../search-limits.ts';
import type { TextMatch } from '../text-match.ts';
import { filtersOf } from './filters.ts';
import { sourcesOf, type Period } from './sources.ts';
import { conditionOf } from './text-conditions.ts';

/** Events that meet the filters and this condition, up to `MAX_TOTAL_COUNT`. */
export async function countHits(db: Db, query: EventQuery, match: TextMatch | null): Promise<number> {
  const matches = match === null ? sql`true` : conditionOf(match);
  const parts = sourcesOf(query).map(
    ({ from, where }) =>
      sql`(select 1 from ${from} where ${filtersOf(query)} and ${matches} and ${where} limit ${MAX_TOTAL_COUNT})`,
  );
  const {
    rows: [row],
  } = await db.execute<{ count: number }>(sql`
    /* search.countEvents: plan anew */
    select least(count(*), ${MAX_TOTAL_COUNT})::int as count
    from (${sql.join(parts, sql` union all `)}) counted`);
  return row!.count;
}

/** For each condition the Events that meet it in the period of the query, whatever the other filters; counting stops behind `most`. */
export async function countEach(
  db: Db,
  query: Period,
  matches: readonly TextMatch[],
  most: number,
): Promise<number[]> {
  const counts = matches.map((match) => {
    const parts = sourcesOf(query).map(
      ({ from, where }) => sql`(
        select 1 from ${from} where ${conditionOf(match)} and ${where} limit ${most})`,
    );
    return sql`(select count(*) from (${sql.join(parts, sql` union all `)}) counted)::int`;
  });
  const {
    rows: [row],
  } = await db.execute<{ counts: number[] }>(sql`
    /* search.countWords: plan anew */
    select array[${sql.join(counts, sql`, `)}] as counts`);
  return row!.counts;
}
