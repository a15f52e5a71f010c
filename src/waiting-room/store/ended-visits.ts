import { sql } from 'drizzle-orm';

import type { DbOrTx } from '../../platform/db/pool.ts';
import { waitingRoomAdmissions as admissions } from '../tables.ts';
import type { RoomKey } from './rooms.ts';

/** A visit that ended, and the end of its time in seconds since 1970. */
export interface EndedVisitRow extends RoomKey {
  place: number;
  visitEndsAt: number;
}

/** A visit in the order of ends. `endedAt` is the text of Postgres, which has microseconds. */
export interface VisitByEnd extends EndedVisitRow {
  endedAt: string;
}

/** A visit in the order of the log; `number` is `UNNUMBERED` until the controller gives one. */
export interface VisitByNumber extends EndedVisitRow {
  number: number;
}

/** A room whose log was read up to a number. */
export interface RoomRead extends RoomKey {
  readUpTo: number;
}

interface Page<Row> {
  after: Row | null;
  /** Passes are good for so long after the time of the visit: those of earlier visits have expired. */
  graceSeconds: number;
  limit: number;
}

const FIRST_EVENT = '00000000-0000-0000-0000-000000000000';
/** The end of the order, beyond every number. */
const UNNUMBERED = 2 ** 31 - 1;

const eventIdsOf = (rooms: readonly RoomKey[]) =>
  sql`${sql.param(rooms.map(({ eventId }) => eventId))}::uuid[]`;
const generationsOf = (rooms: readonly RoomKey[]) =>
  sql`${sql.param(rooms.map(({ generation }) => generation))}::int[]`;

/** Read visits of rooms that ended at an instant or later, oldest end first. */
export async function readVisitsByEnd(
  db: DbOrTx,
  rooms: readonly RoomKey[],
  { since, after, graceSeconds, limit }: Page<VisitByEnd> & { since: Date },
): Promise<VisitByEnd[]> {
  const eventIds = eventIdsOf(rooms);
  const from = after ?? { endedAt: since.toISOString(), eventId: FIRST_EVENT, place: -1 };
  const { rows } = await db.execute<VisitByEnd & Record<string, unknown>>(sql`
    /* waiting-room.readVisitsByEnd */
    select found."eventId", found.generation, found.place, found."endedAt"::text as "endedAt",
      extract(epoch from found."visitEndsAt")::float8 as "visitEndsAt"
    from unnest(${eventIds}, ${generationsOf(rooms)}) as wanted (event_id, generation)
    cross join lateral (
      select ${admissions.eventId} as "eventId", ${admissions.generation}, ${admissions.place},
        ${admissions.visitEndsAt} as "visitEndsAt", ${admissions.endedAt} as "endedAt"
      from ${admissions}
      where ${admissions.eventId} = wanted.event_id and ${admissions.eventId} = any(${eventIds})
        and ${admissions.generation} = wanted.generation
        and ${admissions.endedAt} >= ${from.endedAt}::timestamptz
        and ${admissions.visitEndsAt} > now() - make_interval(secs => ${graceSeconds})
      offset 0
    ) as found
    where (found."endedAt", found."eventId", found.place) >
      (${from.endedAt}::timestamptz, ${from.eventId}::uuid, ${from.place}::int)
    order by found."endedAt", found."eventId", found.place
    limit ${limit}`);
  return rows;
}

/**
 * Read visits of rooms whose end has a later number in the log than was read, or none yet, as a buyer ended them. Numbers are
 * committed in their order, so none is missed, however long its transaction took.
 */
export async function readVisitsByNumber(
  db: DbOrTx,
  rooms: readonly RoomRead[],
  { after, graceSeconds, limit }: Page<VisitByNumber>,
): Promise<VisitByNumber[]> {
  const eventIds = eventIdsOf(rooms);
  const readUpTo = sql`${sql.param(rooms.map((room) => room.readUpTo))}::int[]`;
  const from = after ?? { eventId: FIRST_EVENT, number: -1, place: -1 };
  const visits = sql`${admissions}
      where ${admissions.eventId} = wanted.event_id and ${admissions.eventId} = any(${eventIds})
        and ${admissions.generation} = wanted.generation
        and ${admissions.visitEndsAt} > now() - make_interval(secs => ${graceSeconds})`;
  const { rows } = await db.execute<VisitByNumber & Record<string, unknown>>(sql`
    /* waiting-room.readVisitsByNumber */
    select wanted.event_id as "eventId", wanted.generation, found.place, found.number,
      extract(epoch from found.visit_ends_at)::float8 as "visitEndsAt"
    from unnest(${eventIds}, ${generationsOf(rooms)}, ${readUpTo}) as wanted (event_id, generation, read_up_to)
    cross join lateral (
      select ${admissions.place}, ${admissions.endNumber} as number, ${admissions.visitEndsAt}
      from ${visits} and ${admissions.endNumber} > wanted.read_up_to
      union all
      select ${admissions.place}, ${sql.raw(String(UNNUMBERED))}, ${admissions.visitEndsAt}
      from ${visits} and ${admissions.endedAt} is not null and ${admissions.endNumber} is null
    ) as found
    where (wanted.event_id, found.number, found.place) > (${from.eventId}::uuid, ${from.number}::int, ${from.place}::int)
    order by wanted.event_id, found.number, found.place
    limit ${limit}`);
  return rows;
}
