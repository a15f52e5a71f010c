import { and, asc, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';

import type { Viewer } from '../../platform/auth/viewer.ts';
import { Cursors, type Page } from '../../platform/connections.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../../platform/instants.ts';
import { eventsOfDays, hasReadableStart, startsLateEnough } from '../store/event-period.ts';
import { eventColumns, type EventRow } from '../store/reads.ts';
import { eventPerformers, events } from '../tables.ts';
import { visibleTo } from '../visibility.ts';

/** Sort key of an Event in a list by start: milliseconds since the epoch, then the id for ties. */
export type EventPosition = z.infer<typeof EventPosition>;
const EventPosition = z.tuple([z.int().min(MIN_INSTANT.getTime()).max(MAX_INSTANT.getTime()), z.uuid()]);

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
  /** Events that end after this. Default, unless `startsFrom` is given: now, by the database clock. */
  from?: Date;
  /** Events that start before this. */
  before?: Date;
  startsFrom?: Date;
  startsBefore?: Date;
  statuses?: EventRow['status'][];
}

/** Read a page of Events visible to the viewer, soonest first; one more than the limit if there is a next page. */
export async function listEvents(
  db: DbOrTx,
  viewer: Viewer | null,
  filter: EventListFilter,
  page: Page<EventPosition>,
): Promise<EventRow[]> {
  const where = and(visibleTo(viewer), ...conditionsOf(filter), isAfter(page.after));
  const from = filter.from === undefined ? sql`now()` : sql`${filter.from.toISOString()}::timestamptz`;
  const isOfAnyTime = filter.from === undefined && filter.startsFrom !== undefined;
  const ids = isOfAnyTime
    ? soonest(sql`${events} where ${and(hasReadableStart(events), where)}`, page)
    : soonestThatEndAfter(from, (source) => sql`${source} where ${and(sql`true`, where)}`, page);
  return named(db, 'catalog.listEvents')
    .select(eventColumns)
    .from(events)
    .where(sql`${events.id} in (select id from ${ids} as listed)`)
    .orderBy(asc(events.startsAt), asc(events.id));
}

/** SQL: ids and starts of the first Events of a source. */
const soonest = (source: SQL, { limit }: Page<EventPosition>): SQL => sql`(
  select ${events.id}, ${events.startsAt} from ${source}
  order by ${events.startsAt}, ${events.id} limit ${limit + 1})`;

/** SQL: ids and starts of the first Events that end after `from`. `within` adds the conditions to a source named `events`. */
const soonestThatEndAfter = (from: SQL, within: (source: SQL) => SQL, page: Page<EventPosition>): SQL => sql`(
  ${soonest(sql`${within(sql`${events}`)} and ${startsLateEnough(events, from)}`, page)}
  union all
  ${soonest(within(sql`${eventsOfDays(from)} as ${events}`), page)}
  order by starts_at, id limit ${page.limit + 1})`;

function conditionsOf(filter: EventListFilter): (SQL | undefined)[] {
  return [
    filter.venueId === undefined ? undefined : eq(events.venueId, filter.venueId),
    filter.performerId === undefined ? undefined : performedBy(filter.performerId),
    filter.organiserId === undefined ? undefined : eq(events.organiserId, filter.organiserId),
    filter.category === undefined ? undefined : eq(events.category, filter.category),
    filter.genre === undefined ? undefined : eq(events.genre, filter.genre),
    filter.countryCode === undefined ? undefined : eq(events.countryCode, filter.countryCode),
    filter.foldedCity === undefined ? undefined : eq(events.foldedCity, filter.foldedCity),
    filter.before === undefined ? undefined : lt(events.startsAt, filter.before),
    filter.startsFrom === undefined ? undefined : gte(events.startsAt, filter.startsFrom),
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
 * Read the same page of Events that are not over for many Venues or Performers in one statement. Returns the ids by owner,
 * soonest first, one more than the limit.
 */
export async function listEventIdsByOwner(
  db: DbOrTx,
  viewer: Viewer | null,
  owner: EventListOwner,
  ownerIds: readonly string[],
  page: Page<EventPosition>,
): Promise<Map<string, string[]>> {
  const ownedBy = (source: SQL): SQL =>
    owner === 'Venue'
      ? sql`${source} where ${events.venueId} = owner.id`
      : sql`${source} join ${eventPerformers} on ${eventPerformers.eventId} = ${events.id}
          where ${eventPerformers.performerId} = owner.id`;
  const where = and(sql`true`, visibleTo(viewer), isAfter(page.after));
  const { rows } = await db.execute<{ ownerId: string; eventId: string }>(sql`
    /* catalog.listEventIdsOf */
    select owner.id as "ownerId", listed.id as "eventId"
    from unnest(${sql.param(ownerIds)}::uuid[]) as owner(id)
    cross join lateral ${soonestThatEndAfter(sql`now()`, (source) => sql`${ownedBy(source)} and ${where}`, page)} as listed
    order by listed.starts_at, listed.id`);
  const ids = new Map<string, string[]>(ownerIds.map((id) => [id, []]));
  for (const { ownerId, eventId } of rows) ids.get(ownerId)?.push(eventId);
  return ids;
}
