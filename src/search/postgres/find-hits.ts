import { sql, type SQL } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { EngineHit, EventQuery, SearchPosition, StagePlan, Wording } from '../search-engine.ts';
import { MAX_RANKED } from '../search-limits.ts';
import { filtersOf, lowestPrice } from './filters.ts';
import { metresFrom } from './geo.ts';
import { scoreOf } from './score.ts';
import { isAfter, orderOf, sortKey } from './sort.ts';
import { sourcesOf } from './sources.ts';
import { conditionOf } from './text-conditions.ts';

interface HitRow extends Record<string, unknown>, EngineHit {}

/** Columns of `e` that score, distance, price and wordings read. */
const RANKED = sql`e.id, e.starts_at, e.ends_at, e.status, e.sale_paused_at, e.sale_starts_at, e.sale_ends_at, e.latitude, e.longitude,
  e.currency, e.lowest_price, e.lowest_price_minor, e.folded, e.search_text, e.document`;

/** The first hits of a stage behind a position in it. */
export async function findHits(
  db: Db,
  query: EventQuery,
  plan: StagePlan,
  limit: number,
  after: SearchPosition | null,
): Promise<EngineHit[]> {
  const key = sortKey(plan);
  const metres = query.near === null ? sql`null::int` : metresFrom(query.near);
  const price = plan.sort === 'PRICE' ? lowestPrice : sql`null::float8`;
  const matches = plan.match === null ? sql`true` : conditionOf(plan.match);
  // by score, the earliest are ranked; by start, each part is limited
  const earliest = (most: number) => sql`order by e.starts_at, e.id limit ${most}`;
  const byScore = plan.match !== null && plan.sort === 'RELEVANCE' ? earliest(MAX_RANKED) : sql``;
  const end = key === null ? sql`and ${isAfter(after, null)} ${earliest(limit)}` : byScore;
  const parts = sourcesOf(query).map(
    ({ from, where }) =>
      sql`(select ${RANKED} from ${from} where ${filtersOf(query)} and ${matches} and ${where} ${end})`,
  );
  const { rows } = await db.execute<HitRow>(sql`
    /* search.findEvents: plan anew */
    select e.id, e.key, (extract(epoch from e.starts_at) * 1000)::float8 as "startsAt", e.score, e.metres,
      ${indexesOf(plan.wordings)} as wordings
    from (
      select *, ${key ?? sql`0`} as key
      from (
        select e.*, ${scoreOf(plan.score)} as score, ${metres} as metres, ${price} as price
        from (${sql.join(parts, sql` union all `)}) e
        offset 0 /* score and distance are computed once */
      ) found
      where ${isAfter(after, key)}
      order by ${orderOf(key)}
      limit ${limit}
    ) e
    order by key, starts_at, id`);
  return rows;
}

/** For each clause the index of the first wording that the hit `e` has. */
function indexesOf(wordings: readonly (readonly Wording[])[]): SQL {
  const indexes = wordings.map((ofClause) => {
    const whens = ofClause.map(({ match }, index) => sql`when ${conditionOf(match)} then ${index}::int`);
    return sql`case ${sql.join(whens, sql` `)} end`;
  });
  return sql`array[${sql.join(indexes, sql`, `)}]::int[]`;
}
