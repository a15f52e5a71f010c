import { sql, type SQL } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { EventHit, EventQuery, SearchPosition } from '../search-engine.ts';
import { MAX_TOTAL_COUNT } from '../search-limits.ts';
import { describeMatch } from './describe-match.ts';
import { filtersOf, lowestPrice, sourcesOf } from './filters.ts';
import { metresFrom } from './geo.ts';
import { isAfter, orderOf } from './sort.ts';
import type { StagePlan } from './stages.ts';

interface HitRow extends Record<string, unknown> {
  id: string;
  key: number;
  startsAt: number;
  score: number;
  metres: number | null;
  text: string | null;
}

/** The first hits of a stage behind a position in it. */
export async function findHits(
  db: Db,
  query: EventQuery,
  plan: StagePlan,
  limit: number,
  after: SearchPosition | null,
): Promise<EventHit[]> {
  const { stage, matches, key, score } = plan;
  const metres = query.near === null ? sql`null::int` : metresFrom(query.near);
  const price = query.sort === 'PRICE' ? lowestPrice : sql`null::float8`;
  const text = stage === 'EXACT' ? sql`null::text` : sql`e.search_text`;
  // without a key each part is limited; with one, score and distance are computed once, behind an optimisation fence
  const end =
    key === null ? sql`and ${isAfter(after, null)} order by e.starts_at, e.id limit ${limit}` : sql`offset 0`;
  const parts = sourcesOf(query).map(
    ({ from, where }) => sql`(
      select e.id, e.starts_at, ${score} as score, ${metres} as metres, ${price} as price,
        ${text} as text
      from ${from}
      where ${filtersOf(query)} and ${matches} and ${where} ${end})`,
  );
  const { rows } = await db.execute<HitRow>(sql`
    /* search.findEvents: plan anew */
    select id, ${key ?? sql`0`} as key, (extract(epoch from starts_at) * 1000)::float8 as "startsAt", score, metres, text
    from (${sql.join(parts, sql` union all `)}) found
    where ${isAfter(after, key)}
    order by ${orderOf(key)}
    limit ${limit}`);
  return rows.map((row) => ({
    eventId: row.id,
    score: row.score / 1_000,
    distanceKm: row.metres === null ? null : row.metres / 1_000,
    ...describeMatch(query.term, plan, row.text),
    position: { stage, key: row.key, startsAt: row.startsAt, id: row.id, weights: plan.weights },
  }));
}

/** Events that meet the filters and this condition of the term, up to `MAX_TOTAL_COUNT`. */
export async function countHits(db: Db, query: EventQuery, matches: SQL): Promise<number> {
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
