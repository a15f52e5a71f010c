import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { EventHit, EventHits, EventQuery, SearchEngine, SearchPosition } from '../search-engine.ts';
import { MAX_TOTAL_COUNT } from '../search-limits.ts';
import { conditions, sourcesOf } from './filters.ts';
import { metresFrom } from './geo.ts';
import type { Alternatives } from './match-term.ts';
import { findCorrections } from './misspellings.ts';
import { rankOf } from './rank.ts';
import { isAfter, orderOf, sortKey } from './sort.ts';

/** With fewer exact hits the term may be misspelt, and corrections are searched for as well. */
const MIN_EXACT_HITS = 3;

const NO_ALTERNATIVES: Alternatives = new Map();

/** Search engine on Postgres: full text, plus corrections of misspelt words. Needs no other service. */
export function openPostgresSearch(db: Db): SearchEngine {
  return {
    name: 'postgres',
    async searchEvents(query, limit, after) {
      const isSimilarStage = after?.stage === 'SIMILAR';
      const minHits = after === null ? Math.max(limit + 1, MIN_EXACT_HITS) : limit + 1;
      const found = isSimilarStage ? null : await search(db, query, NO_ALTERNATIVES, minHits, after);
      if (found !== null && (after !== null || found.hits.length >= MIN_EXACT_HITS)) {
        return { ...found, hits: found.hits.slice(0, limit + 1) };
      }
      const alternatives = query.term && (await findCorrections(db, query.term));
      if (found !== null && alternatives === null) return found;
      return search(db, query, alternatives ?? NO_ALTERNATIVES, limit + 1, after);
    },
  };
}

async function search(
  db: Db,
  query: EventQuery,
  alternatives: Alternatives,
  limit: number,
  after: SearchPosition | null,
): Promise<EventHits> {
  return {
    hits: await findEvents(db, query, alternatives, limit, after),
    countAll: () => countEvents(db, query, alternatives),
  };
}

async function findEvents(
  db: Db,
  query: EventQuery,
  alternatives: Alternatives,
  limit: number,
  after: SearchPosition | null,
): Promise<EventHit[]> {
  const score = query.term === null ? sql`1000` : rankOf(query.term, alternatives);
  const metres = query.near === null ? sql`null::int` : metresFrom(query.near);
  const key = sortKey(query);
  const order = orderOf(key);
  // without a key each part is limited; with one, score and distance are computed once, behind an optimisation fence
  const end =
    key === null ? sql`and ${isAfter(after, null)} order by e.starts_at, e.id limit ${limit}` : sql`offset 0`;
  const parts = sourcesOf(query).map(
    ({ from, where }) => sql`(
      select e.id, e.starts_at, ${score} as score, ${metres} as metres
      from ${from}
      where ${conditions(query, alternatives)} and ${where} ${end})`,
  );
  const { rows } = await db.execute<HitRow>(sql`
    /* search.findEvents: plan anew */
    select id, ${key ?? sql`0`} as key, (extract(epoch from starts_at) * 1000)::float8 as "startsAt", score, metres
    from (${sql.join(parts, sql` union all `)}) found
    where ${isAfter(after, key)}
    order by ${order}
    limit ${limit}`);
  const stage = alternatives.size > 0 ? 'SIMILAR' : 'EXACT';
  return rows.map((row) => ({
    eventId: row.id,
    score: row.score / 1_000,
    distanceKm: row.metres === null ? null : row.metres / 1_000,
    position: { stage, key: row.key, startsAt: row.startsAt, id: row.id },
  }));
}

interface HitRow extends Record<string, unknown> {
  id: string;
  key: number;
  startsAt: number;
  score: number;
  metres: number | null;
}

async function countEvents(db: Db, query: EventQuery, alternatives: Alternatives): Promise<number> {
  const parts = sourcesOf(query).map(
    ({ from, where }) =>
      sql`(select 1 from ${from} where ${conditions(query, alternatives)} and ${where} limit ${MAX_TOTAL_COUNT})`,
  );
  const {
    rows: [row],
  } = await db.execute<{ count: number }>(sql`
    /* search.countEvents: plan anew */
    select least(count(*), ${MAX_TOTAL_COUNT})::int as count
    from (${sql.join(parts, sql` union all `)}) counted`);
  return row!.count;
}
