import { and, asc, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';

import type { Viewer } from '../../platform/auth/viewer.ts';
import { Cursors, type Page } from '../../platform/connections.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { eventColumns, type EventRow } from '../store/reads.ts';
import { eventPerformers, events } from '../tables.ts';
import { visibleTo } from '../visibility.ts';

/** Sort key of an Event in a list by start: milliseconds since the epoch, then the id for ties. */
export type EventPosition = z.infer<typeof EventPosition>;
const EventPosition = z.tuple([
  z.int().min(Date.parse('0001-01-01')).max(Date.parse('9999-12-31')), // the range of RFC 3339, within that of Postgres
  z.uuid(),
]);

/** Cursors of lists of Events by start. */
export const eventCursors = new Cursors(EventPosition);

/** Encode the cursor of an Event in a list by start. */
export const eventCursor = ({ startsAt, id }: EventRow): string =>
  eventCursors.write([startsAt.getTime(), id]);

/** Filter of a list of Events; absent conditions match all. */
export interface EventListFilter {
  venueId?: string;
  performerId?: string;
  organiserId?: string;
  category?: string;
  genre?: string;
  countryCode?: string;
  foldedCity?: string;
  /** Default: now, by the database clock. */
  startsFrom?: Date;
  startsBefore?: Date;
  statuses?: EventRow['status'][];
}

/** Read a page of Events visible to the viewer, soonest first; one more than the limit if there is a next page. */
export const listEvents = (
  db: DbOrTx,
  viewer: Viewer | null,
  filter: EventListFilter,
  page: Page<EventPosition>,
): Promise<EventRow[]> =>
  named(db, 'catalog.listEvents')
    .select(eventColumns)
    .from(events)
    .where(and(visibleTo(viewer), ...conditionsOf(filter), isAfter(page.after)))
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(page.limit + 1);

function conditionsOf(filter: EventListFilter): (SQL | undefined)[] {
  return [
    filter.venueId === undefined ? undefined : eq(events.venueId, filter.venueId),
    filter.performerId === undefined ? undefined : performedBy(filter.performerId),
    filter.organiserId === undefined ? undefined : eq(events.organiserId, filter.organiserId),
    filter.category === undefined ? undefined : eq(events.category, filter.category),
    filter.genre === undefined ? undefined : eq(events.genre, filter.genre),
    filter.countryCode === undefined ? undefined : eq(events.countryCode, filter.countryCode),
    filter.foldedCity === undefined ? undefined : eq(events.foldedCity, filter.foldedCity),
    gte(events.startsAt, filter.startsFrom ?? sql`now()`),
    filter.startsBefore === undefined ? undefined : lt(events.startsAt, filter.startsBefore),
    filter.statuses === undefined ? undefined : inArray(events.status, filter.statuses),
  ];
}

const performedBy = (performerId: string): SQL => sql`exists (
  select 1 from ${eventPerformers}
  where ${eventPerformers.eventId} = ${events.id} and ${eventPerformers.performerId} = ${performerId}::uuid)`;

const isAfter = (position: EventPosition | null): SQL | undefined =>
  position === null
    ? undefined
    : sql`(${events.startsAt}, ${events.id}) > (${new Date(position[0]).toISOString()}::timestamptz, ${position[1]}::uuid)`;

export type EventListOwner = 'Venue' | 'Performer';

/**
 * Read the same page of upcoming Events for many Venues or Performers in one statement. Returns the ids by owner,
 * soonest first, one more than the limit.
 */
export async function listEventIdsByOwner(
  db: DbOrTx,
  viewer: Viewer | null,
  owner: EventListOwner,
  ownerIds: readonly string[],
  page: Page<EventPosition>,
): Promise<Map<string, string[]>> {
  const source =
    owner === 'Venue'
      ? sql`${events} where ${events.venueId} = owner.id`
      : sql`${events} join ${eventPerformers} on ${eventPerformers.eventId} = ${events.id}
          where ${eventPerformers.performerId} = owner.id`;
  const conditions = and(sql`true`, visibleTo(viewer), gte(events.startsAt, sql`now()`), isAfter(page.after));
  const { rows } = await db.execute<{ ownerId: string; eventId: string }>(sql`
    /* catalog.listEventIdsOf */
    select owner.id as "ownerId", listed.id as "eventId"
    from unnest(${sql.param(ownerIds)}::uuid[]) as owner(id)
    cross join lateral (
      select ${events.id}, ${events.startsAt} from ${source} and ${conditions}
      order by ${events.startsAt}, ${events.id}
      limit ${page.limit + 1}
    ) listed
    order by listed.starts_at, listed.id`);
  const ids = new Map<string, string[]>(ownerIds.map((id) => [id, []]));
  for (const { ownerId, eventId } of rows) ids.get(ownerId)?.push(eventId);
  return ids;
}
