import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { isOnSale } from '../../booking/index.ts';
import { events } from '../../catalog/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import {
  MAX_TOTAL_COUNT,
  type EventHit,
  type EventHits,
  type EventQuery,
  type SearchEngine,
  type SearchPosition,
} from '../search-engine.ts';
import { isInCircle, metresFrom } from './geo.ts';
import { matchesTerm, type Alternatives } from './match-term.ts';
import { findCorrections } from './misspellings.ts';
import { rankOf } from './rank.ts';

/** With fewer exact hits the term may be misspelt, and corrections are searched for as well. */
const MIN_EXACT_HITS = 3;

const NO_ALTERNATIVES: Alternatives = new Map();

/** `events` under the alias of the statements below. */
const e = alias(events, 'e');

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
  const place = key === null ? sql`starts_at, id` : sql`${key}, starts_at, id`;
  const { rows } = await db.execute<HitRow>(sql`
    /* search.findEvents: plan anew */
    select id, ${key ?? sql`0`} as key, (extract(epoch from starts_at) * 1000)::float8 as "startsAt", score, metres
    from (
      select e.id, e.starts_at, ${score} as score, ${metres} as metres
      from events e
      where ${conditions(query, alternatives)}
      ${key === null ? sql`` : sql`offset 0` /* optimisation fence: score and distance are computed once */}
    ) found
    where ${isAfter(after, place, key !== null)}
    order by ${place}
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

function isAfter(after: SearchPosition | null, place: SQL, hasKey: boolean): SQL {
  if (after === null) return sql`true`;
  const start = sql`${new Date(after.startsAt).toISOString()}::timestamptz, ${after.id}::uuid`;
  return sql`(${place}) > (${hasKey ? sql`${after.key}::float8, ${start}` : start})`;
}

async function countEvents(db: Db, query: EventQuery, alternatives: Alternatives): Promise<number> {
  const {
    rows: [row],
  } = await db.execute<{ count: number }>(sql`
    /* search.countEvents: plan anew */
    select count(*)::int as count
    from (select from events e where ${conditions(query, alternatives)} limit ${MAX_TOTAL_COUNT}) counted`);
  return row!.count;
}

/** First sort key. `null`: hits are sorted by their start alone. */
function sortKey({ sort, term }: EventQuery): SQL | null {
  switch (sort) {
    case 'RELEVANCE':
      return term === null ? null : sql`-score`;
    case 'DATE':
      return null;
    case 'DISTANCE':
      return sql`metres`;
  }
}

function conditions(query: EventQuery, alternatives: Alternatives): SQL {
  const { term, near, category, genre, from, before, price, onSale } = query;
  const all = [sql`e.status <> 'DRAFT'`, sql`e.starts_at >= now()`];
  if (term !== null) all.push(matchesTerm(term, alternatives));
  if (near !== null) all.push(isInCircle(near));
  if (category !== null) all.push(sql`e.category = ${category}`);
  if (genre !== null) all.push(sql`e.genre = ${genre}`);
  if (from !== null) all.push(sql`e.starts_at >= ${from.toISOString()}::timestamptz`);
  if (before !== null) all.push(sql`e.starts_at < ${before.toISOString()}::timestamptz`);
  if (price !== null) all.push(hasTicketsAt(price));
  if (onSale) all.push(isOnSale(e));
  return sql.join(all, sql` and `);
}

/** One tier has to be in range: the cheapest may be below it and the dearest above, with none between. */
function hasTicketsAt({ currency, min, max }: NonNullable<EventQuery['price']>): SQL {
  const inCurrency = sql`e.currency = ${currency}`;
  if (min === null && max === null) return inCurrency;
  const bounds = [
    ...(min === null ? [] : [sql`price_tiers.amount >= ${min}`]),
    ...(max === null ? [] : [sql`price_tiers.amount <= ${max}`]),
  ];
  return sql`${inCurrency} and exists (
    select from price_tiers where price_tiers.event_id = e.id and ${sql.join(bounds, sql` and `)})`;
}
