import { sql, type SQL } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import { fold } from '../../platform/text/fold.ts';
import {
  documentOf,
  eventTexts,
  searchTextOf,
  type EventTexts,
  type EventTextSource,
} from '../event-texts.ts';
import { collectWords } from './vocabulary.ts';

/** Events by id, by Venue, by Performer, or all. */
export type EventScope = readonly string[] | { venueId: string } | { performerId: string } | 'all';

/** Amortises the cost of a statement; texts of as many Events are in memory at a time. */
const BATCH = 500;

/** The columns of an Event that are derived from it, its Venue and its lineup. */
interface DerivedColumns {
  id: string;
  city: string | null;
  country_code: string | null;
  latitude: number | null;
  longitude: number | null;
  folded_city: string | null;
  search_text: string;
  search_document: string;
}

/**
 * Refresh the columns that Events derive from their Venue and lineup: city, country, coordinates and what is searched.
 * Call it in the transaction that writes an Event, its lineup, or a Venue or Performer that has Events.
 *
 * Reads `folded` of Events (name), Performers (name) and Venues (name, aliases, city), which must be up to date.
 * Returns the number of changed Events.
 */
export async function refreshSearchText(tx: Tx, scope: EventScope): Promise<number> {
  if (Array.isArray(scope) && scope.length === 0) return 0;
  const inScope = scopeCondition(scope);
  await lockNames(tx, inScope);
  const ids = Array.isArray(scope) ? scope : await readIds(tx, inScope);
  let changed = 0;
  for (let from = 0; from < ids.length; from += BATCH) {
    changed += await refreshBatch(tx, ids.slice(from, from + BATCH));
  }
  return changed;
}

async function refreshBatch(tx: Tx, ids: readonly string[]): Promise<number> {
  const derived = (await readSources(tx, ids)).map((source) => {
    const texts = eventTexts(source);
    return { texts, columns: columnsOf(source, texts) };
  });
  const columns = derived.map((event) => event.columns);
  const changed = new Set(await updateDerived(tx, columns));
  const words = collectWords();
  for (const event of derived) if (changed.has(event.columns.id)) words.add(event.texts);
  await words.insert(tx);
  return changed.size;
}

interface SourceRow extends EventTextSource, Record<string, unknown> {
  id: string;
  latitude: number | null;
  longitude: number | null;
}

const columnsOf = (source: SourceRow, texts: EventTexts): DerivedColumns => ({
  id: source.id,
  city: source.city,
  country_code: source.countryCode,
  latitude: source.latitude,
  longitude: source.longitude,
  folded_city: source.city === null ? null : fold(source.city),
  search_text: searchTextOf(source),
  search_document: documentOf(texts),
});

/** The rows are locked: their texts do not change before what is made of them is written. */
async function readSources(tx: Tx, ids: readonly string[]): Promise<SourceRow[]> {
  const { rows } = await tx.execute<SourceRow>(sql`
    /* catalog.refreshSearchText.read */
    select e.id, e.folded, e.category, e.genre, e.series, e.description, v.folded as venue,
      case when v.id is null then e.city else v.city end as city,
      case when v.id is null then e.country_code else v.country_code end as "countryCode",
      case when v.id is null then e.latitude else v.latitude end as latitude,
      case when v.id is null then e.longitude else v.longitude end as longitude,
      array(
        select p.folded from event_performers ep join performers p on p.id = ep.performer_id
        where ep.event_id = e.id order by ep.position
      ) as performers
    from events e
    left join venues v on v.id = e.venue_id
    where e.id = any(${sql.param(ids)}::uuid[])
    order by e.id
    for no key update of e`);
  return rows;
}

/** Write the columns where they change; returns the ids of the changed Events. */
async function updateDerived(tx: Tx, rows: readonly DerivedColumns[]): Promise<string[]> {
  const { rows: changed } = await tx.execute<{ id: string }>(sql`
    /* catalog.refreshSearchText */
    update events set
      city = fresh.city, country_code = fresh.country_code, latitude = fresh.latitude, longitude = fresh.longitude,
      folded_city = fresh.folded_city, search_text = fresh.search_text, search_document = fresh.search_document::tsvector
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fresh(
      id uuid, city text, country_code text, latitude float8, longitude float8, folded_city text, search_text text,
      search_document text
    )
    where events.id = fresh.id
      and (events.city, events.country_code, events.latitude, events.longitude, events.folded_city, events.search_text,
          events.search_document)
        is distinct from
        (fresh.city, fresh.country_code, fresh.latitude, fresh.longitude, fresh.folded_city, fresh.search_text,
          fresh.search_document::tsvector)
    returning events.id`);
  return changed.map(({ id }) => id);
}

async function readIds(tx: Tx, inScope: SQL): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    /* catalog.refreshSearchText.ids */
    select e.id from events e where ${inScope} order by e.id`);
  return rows.map(({ id }) => id);
}

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
