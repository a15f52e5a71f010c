import { sql, type SQL } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { fold } from '../../platform/text/fold.ts';
import { BETWEEN_WORDS } from '../../platform/text/words.ts';

/** Events by id, by Venue, by Performer, or all. */
export type EventScope = readonly string[] | { venueId: string } | { performerId: string } | 'all';

/**
 * Refresh the columns that Events derive from their Venue and lineup: city, country, coordinates and search text.
 * Call it in the transaction that writes an Event, its lineup, or a Venue or Performer that has Events.
 *
 * Reads `folded` of Events (name), Performers (name) and Venues (name, aliases, city), which must be up to date.
 * Returns the number of changed Events.
 */
export async function refreshSearchText(tx: Tx, scope: EventScope): Promise<number> {
  if (Array.isArray(scope) && scope.length === 0) return 0;
  const inScope = scopeCondition(scope);
  await lockNames(tx, inScope);
  const folded = await foldEventTexts(tx, inScope);
  const {
    rows: [count],
  } = await tx.execute<{ changed: number }>(sql`
    /* catalog.refreshSearchText */
    with folded as materialized (
      select key as raw, value as folded from jsonb_each_text(${JSON.stringify(folded)}::jsonb)
    ),
    lineups as (
      select ep.event_id, string_agg(p.folded, ' ' order by ep.position) as names
      from event_performers ep
      join performers p on p.id = ep.performer_id
      join events e on e.id = ep.event_id
      where ${inScope}
      group by ep.event_id
    ),
    located as (
      select e.id, e.folded as name, e.series, e.genre, v.folded as venue,
        case when v.id is null then e.city else v.city end as city,
        case when v.id is null then e.country_code else v.country_code end as country_code,
        case when v.id is null then e.latitude else v.latitude end as latitude,
        case when v.id is null then e.longitude else v.longitude end as longitude
      from events e
      left join venues v on v.id = e.venue_id
      where ${inScope}
    ),
    fresh as (
      select located.*, city.folded as folded_city,
        trim(regexp_replace(
          concat_ws(' ', located.name, lineups.names, located.venue, city.folded, series.folded, genre.folded),
          ${BETWEEN_WORDS}, ' ', 'g'
        )) as search_text
      from located
      left join lineups on lineups.event_id = located.id
      left join folded city on city.raw = located.city
      left join folded series on series.raw = located.series
      left join folded genre on genre.raw = located.genre
    ),
    changed as (
      update events set
        city = fresh.city, country_code = fresh.country_code, latitude = fresh.latitude, longitude = fresh.longitude,
        folded_city = fresh.folded_city, search_text = fresh.search_text
      from fresh
      where fresh.id = events.id
        and (events.city, events.country_code, events.latitude, events.longitude, events.folded_city, events.search_text)
          is distinct from
          (fresh.city, fresh.country_code, fresh.latitude, fresh.longitude, fresh.folded_city, fresh.search_text)
      returning events.search_text
    ),
    vocabulary as (${insertWordsOf(sql`changed`)})
    select count(*)::int as changed from changed`);
  return count!.changed;
}

/** Add the words of every `search_text` to the vocabulary of spelling correction, after a bulk import. */
export async function rebuildVocabulary(tx: Tx): Promise<void> {
  await tx.execute(sql`/* catalog.rebuildVocabulary */ ${insertWordsOf(sql`events`)}`);
}

/** Sorted, so that transactions that insert the same words lock them in one order and cannot deadlock. */
const insertWordsOf = (source: SQL): SQL => sql`
  insert into event_words (word)
  select distinct word from ${source}, unnest(string_to_array(search_text, ' ')) as word
  where word <> '' and octet_length(word) <= 1000 order by word
  on conflict do nothing`;

function scopeCondition(scope: EventScope): SQL {
  if (scope === 'all') return sql`true`;
  if ('venueId' in scope) return sql`e.venue_id = ${scope.venueId}::uuid`;
  if ('performerId' in scope) {
    return sql`e.id in (select event_id from event_performers where performer_id = ${scope.performerId}::uuid)`;
  }
  return sql`e.id = any(${sql.param(scope)}::uuid[])`;
}

/**
 * Lock the names of Venues and Performers in scope until the transaction ends. A concurrent rename would not see the
 * Event that is written here, whose search text would keep the old name.
 */
async function lockNames(tx: Tx, inScope: SQL): Promise<void> {
  await tx.execute(sql`
    /* catalog.refreshSearchText.venues */
    select 1 from venues where id in (select e.venue_id from events e where ${inScope}) order by id for share`);
  await tx.execute(sql`
    /* catalog.refreshSearchText.performers */
    select 1 from performers
    where id in (select ep.performer_id from event_performers ep join events e on e.id = ep.event_id where ${inScope})
    order by id for share`);
}

/** Fold the cities, series and genres in scope; there are few distinct ones, even for all Events. */
async function foldEventTexts(tx: Tx, inScope: SQL): Promise<Record<string, string>> {
  const { rows: texts } = await tx.execute<{ text: string }>(sql`
    /* catalog.refreshSearchText.texts */
    select distinct own.text
    from events e
    left join venues v on v.id = e.venue_id
    cross join lateral unnest(array[e.series, e.genre, case when v.id is null then e.city else v.city end])
      as own(text)
    where ${inScope} and own.text is not null`);
  return Object.fromEntries(texts.map(({ text }) => [text, fold(text)]));
}
