import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import type { FanOut } from './indexing-queue.ts';

/** A page of Events; `next` is where the next one begins, null at the end. */
export interface EventIds<Key> {
  ids: string[];
  next: Key | null;
}

/** Position among the Events of a Venue: start, as Postgres writes it, and id. */
type VenuePosition = [startsAt: string, id: string];
/** Position in a fan-out. */
export type FanOutPosition = string | VenuePosition;

/** Page through the Events that are no drafts, in order of id. */
export async function listEventIds(
  db: DbOrTx,
  after: string | null,
  limit: number,
): Promise<EventIds<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    /* search.listEventIds */
    select id from events
    where id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid and status <> 'DRAFT'
    order by id
    limit ${limit}`);
  return pageOf(
    rows.map(({ id }) => id),
    limit,
    (id) => id,
  );
}

/** Page through the Events of a Venue or Performer. */
export async function listFanOut(
  db: DbOrTx,
  fanOut: FanOut,
  after: FanOutPosition | null,
  limit: number,
): Promise<EventIds<FanOutPosition>> {
  return fanOut.kind === 'venue'
    ? listEventsOfVenue(db, fanOut.id, after as VenuePosition | null, limit)
    : listEventsOfPerformer(db, fanOut.id, after as string | null, limit);
}

/** In the order of the index; an Event that is moved meanwhile is a change of its own. */
async function listEventsOfVenue(
  db: DbOrTx,
  venueId: string,
  after: VenuePosition | null,
  limit: number,
): Promise<EventIds<VenuePosition>> {
  const [startsAt, id] = after ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const { rows } = await db.execute<{ id: string; startsAt: string }>(sql`
    /* search.listEventsOfVenue */
    select id, starts_at::text as "startsAt" from events
    where venue_id = ${venueId}::uuid and (starts_at, id) > (${startsAt}::timestamptz, ${id}::uuid)
    order by starts_at, id
    limit ${limit}`);
  const { next, ...page } = pageOf(rows, limit, (row): VenuePosition => [row.startsAt, row.id]);
  return { ids: page.ids.map((row) => row.id), next };
}

/** Behind a planner fence: by statistics, Postgres may look for the Performer in the order of Events. */
async function listEventsOfPerformer(
  db: DbOrTx,
  performerId: string,
  after: string | null,
  limit: number,
): Promise<EventIds<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    /* search.listEventsOfPerformer */
    select event_id as id
    from (select event_id from event_performers where performer_id = ${performerId}::uuid offset 0) as lineups
    where event_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by event_id
    limit ${limit}`);
  return pageOf(
    rows.map(({ id }) => id),
    limit,
    (id) => id,
  );
}

function pageOf<Row, Key>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => Key,
): { ids: Row[]; next: Key | null } {
  return { ids: rows, next: rows.length < limit ? null : keyOf(rows.at(-1)!) };
}
