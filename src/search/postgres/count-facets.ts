import { sql, type SQL } from 'drizzle-orm';

import { hasAccessibleTickets, hasTickets, isOnSale } from '../../booking/index.ts';
import { priceOfTier } from '../../catalog/index.ts';
import { unitsOf } from '../../platform/db/amount-columns.ts';
import type { Db } from '../../platform/db/pool.ts';
import { PRICE_BANDS } from '../facets/count-facets.ts';
import type { EventQuery, FacetCount, FacetName } from '../search-engine.ts';
import { MAX_FACET_VALUES, MAX_TOTAL_COUNT } from '../search-limits.ts';
import type { TextMatch } from '../text-match.ts';
import { filtersOf } from './filters.ts';
import { e, sourcesOf } from './sources.ts';
import { conditionOf } from './text-conditions.ts';

/** Columns of hits that facets are counted by, each computed only for the facets that need it. */
const COLUMNS: Readonly<Record<FacetName, SQL>> = {
  categories: sql`e.category`,
  genres: sql`e.genre`,
  cities: sql`e.city, e.folded_city, e.country_code as city_country`,
  countries: sql`e.country_code`,
  venues: sql`e.venue_id`,
  months: sql`to_char(local_time_of(greatest(e.starts_at, now()), e.timezone), 'YYYY-MM') as month`,
  prices: sql`e.currency, ${unitsOf(sql`e.currency`)} as units`,
  availability: sql`${isOnSale(e)} as is_on_sale, ${hasTickets(e)} as is_available, ${hasAccessibleTickets(e)} as is_accessible`,
};

const NOTHING = sql`null::text`;

/** SQL select: a facet, its values, and of each the id of a Venue, the country of a city, and the number of hits. */
const counted = (facet: FacetName, value: SQL, id: SQL, country: SQL, from: SQL): SQL => sql`
  select ${facet}::text as facet, ${value} as value, ${id} as id, ${country} as country, count(*)::int as count ${from}`;

const byColumn = (facet: FacetName, column: SQL): SQL =>
  counted(facet, column, NOTHING, NOTHING, sql`from hits where ${column} is not null group by ${column}`);

const byToggle = (value: string, column: SQL): SQL =>
  counted('availability', sql`${value}::text`, NOTHING, NOTHING, sql`from hits where ${column}`);

/** SQL: the bands that a price is in, by their `min`. */
const bandsOf = (price: SQL, units: SQL): SQL => {
  const bands = PRICE_BANDS.map(({ min, max }) => {
    const isBelow = max === null ? sql`true` : sql`${price} <= ${max}::int * ${units}`;
    return sql`case when ${price} >= ${min}::int * ${units} and ${isBelow} then ${min}::int end`;
  });
  return sql`array[${sql.join(bands, sql`, `)}]`;
};

const COUNTS: Readonly<Record<FacetName, SQL>> = {
  categories: byColumn('categories', sql`category`),
  genres: byColumn('genres', sql`genre`),
  cities: counted(
    'cities',
    sql`min(city)`,
    NOTHING,
    sql`city_country`,
    sql`from hits where folded_city is not null group by folded_city, city_country`,
  ),
  countries: byColumn('countries', sql`country_code`),
  venues: counted(
    'venues',
    NOTHING,
    sql`venue_id::text`,
    NOTHING,
    sql`from hits where venue_id is not null group by venue_id`,
  ),
  months: byColumn('months', sql`month`),
  prices: counted(
    'prices',
    sql`band.min::text`,
    NOTHING,
    NOTHING,
    sql`from hits cross join lateral (
      select distinct band.min from price_tiers
      cross join lateral unnest(${bandsOf(priceOfTier, sql`hits.units`)}) as band (min)
      where price_tiers.event_id = hits.id and band.min is not null
      offset 0
    ) as band where hits.currency is not null group by band.min`,
  ),
  availability: sql`${byToggle('ON_SALE', sql`is_on_sale`)} union all ${byToggle('AVAILABLE', sql`is_available`)}
    union all ${byToggle('ACCESSIBLE', sql`is_accessible`)}`,
};

/** The most frequent values of each facet among the hits that meet a condition; of too many, the first by start are counted. */
export async function countFacets(
  db: Db,
  query: EventQuery,
  match: TextMatch | null,
  facets: readonly FacetName[],
): Promise<FacetCount[]> {
  const matches = match === null ? sql`true` : conditionOf(match);
  const columns = sql.join([sql`e.id, e.starts_at`, ...facets.map((facet) => COLUMNS[facet])], sql`, `);
  const parts = sourcesOf(query).map(
    ({ from, where }) => sql`(
      select ${columns} from ${from} where ${filtersOf(query)} and ${matches} and ${where}
      order by e.starts_at, e.id limit ${MAX_TOTAL_COUNT})`,
  );
  const counts = facets.map(
    (facet) => sql`(select * from (${COUNTS[facet]}) ${sql.identifier(facet)}
      where count > 0 order by count desc, value, id limit ${MAX_FACET_VALUES})`,
  );
  const { rows } = await db.execute<FacetCount & Record<string, unknown>>(sql`
    /* search.countFacets: plan anew */
    with hits as materialized (
      select * from (${sql.join(parts, sql` union all `)}) found order by starts_at, id limit ${MAX_TOTAL_COUNT}
    )
    ${sql.join(counts, sql` union all `)}`);
  return rows;
}
