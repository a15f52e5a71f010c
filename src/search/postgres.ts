import { sql, type SQL } from 'drizzle-orm';

import type { Db, DbOrTx } from '../platform/db/pool.ts';
import { isWithin, metresFrom } from './circle.ts';
import {
  MOST_COUNTED,
  type EventHit,
  type EventQuery,
  type SearchEngine,
  type SearchPosition,
} from './engine.ts';
import { matches, mayBeMisspelt, rank } from './postgres-term.ts';

/** With fewer hits than this, the term may be misspelt, and similar words are looked for as well. */
const TOO_FEW = 3;

/** How much of a word's trigrams have to be there: `metalica` and `dvorka` pass; Postgres' own 0.6 is too strict for short names. */
const SIMILAR_ENOUGH = 0.5;

type Stage = SearchPosition['stage'];

/** Search in Postgres: full text and trigrams over `events.search_text`. The engine of the embedded default, and the one to fall back on. */
export function openPostgresSearch(db: Db): SearchEngine {
  return {
    name: 'postgres',
    async searchEvents(query, limit, after) {
      const inStage = async (stage: Stage) => ({
        hits: await atStage(db, stage, (tx) =>
          findEvents(tx, query, stage, Math.max(limit + 1, TOO_FEW), after),
        ),
        countAll: () => atStage(db, stage, (tx) => countEvents(tx, query, stage)),
      });
      const found = await inStage(after?.stage ?? 'EXACT');
      const enough = after !== null || found.hits.length >= TOO_FEW;
      const { hits, countAll } =
        enough || query.term === null || !mayBeMisspelt(query.term) ? found : await inStage('SIMILAR');
      return { hits: hits.slice(0, limit + 1), countAll };
    },
  };
}

/** How similar is similar enough is a setting of the session, so that the trigram index can use it. */
async function atStage<T>(db: Db, stage: Stage, work: (db: DbOrTx) => Promise<T>): Promise<T> {
  if (stage === 'EXACT') return work(db);
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`
        /* search.similarEnough */
        select set_config('pg_trgm.word_similarity_threshold', ${String(SIMILAR_ENOUGH)}, true)`);
      return work(tx);
    },
    { accessMode: 'read only' },
  );
}

async function findEvents(
  db: DbOrTx,
  query: EventQuery,
  stage: Stage,
  limit: number,
  after: SearchPosition | null,
): Promise<EventHit[]> {
  const score = query.term === null ? sql`1000` : rank(query.term, stage);
  const metres = query.near === null ? sql`null::int` : metresFrom(query.near);
  const key = sortKey(query);
  const place = key === null ? sql`starts_at, id` : sql`${key}, starts_at, id`;
  const position = after && [
    ...(key === null ? [] : [sql`${after.key}::float8`]),
    sql`${new Date(after.startsAt).toISOString()}::timestamptz`,
    sql`${after.id}::uuid`,
  ];
  const rows = await db.execute<{
    id: string;
    key: number;
    startsAt: number;
    score: number;
    metres: number | null;
  }>(sql`
    /* search.findEvents */
    select id, ${key ?? sql`0`} as key, (extract(epoch from starts_at) * 1000)::float8 as "startsAt", score, metres
    from (select e.id, e.starts_at, ${score} as score, ${metres} as metres from events e where ${conditions(query, stage)}) found
    where ${position === null ? sql`true` : sql`(${place}) > (${sql.join(position, sql`, `)})`}
    order by ${place}
    limit ${limit}`);
  return rows.map(({ id, key: at, startsAt, score: points, metres: away }) => ({
    eventId: id,
    score: points / 1_000,
    distanceKm: away === null ? null : away / 1_000,
    position: { stage, key: at, startsAt, id },
  }));
}

async function countEvents(db: DbOrTx, query: EventQuery, stage: Stage): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    /* search.countEvents */
    select count(*)::int as count
    from (select from events e where ${conditions(query, stage)} limit ${MOST_COUNTED}) counted`);
  return row!.count;
}

/** What hits are sorted by before their start. `null`: by their start. */
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

function conditions(query: EventQuery, stage: Stage): SQL {
  const { term, near, category, genre, from, before, price, onSale } = query;
  const all = [sql`e.status <> 'DRAFT'`, sql`e.starts_at >= now()`];
  if (term !== null) all.push(matches(term, stage));
  if (near !== null) all.push(isWithin(near));
  if (category !== null) all.push(sql`e.category = ${category}`);
  if (genre !== null) all.push(sql`e.genre = ${genre}`);
  if (from !== null) all.push(sql`e.starts_at >= ${from.toISOString()}::timestamptz`);
  if (before !== null) all.push(sql`e.starts_at < ${before.toISOString()}::timestamptz`);
  if (price !== null) all.push(hasTicketsAt(price));
  if (onSale) {
    all.push(sql`e.status = 'ON_SALE' and coalesce(e.sale_starts_at, '-infinity') <= now()
      and coalesce(e.sale_ends_at, e.starts_at) > now()`);
  }
  return sql.join(all, sql` and `);
}

/** Some tier has to lie in the span: the cheapest may be below it and the dearest above, with nothing between. */
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
