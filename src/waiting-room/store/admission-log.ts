import { and, desc, eq, sql, type SQL } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { waitingRooms } from '../tables.ts';
import { isRoom, type RoomKey, type RoomRow } from './rooms.ts';
import type { VisitEnd } from './visit-ends.ts';

/** An admission, or the end of a visit, in the log of a room. */
export interface AdmissionLogRow {
  /** Counts from 1 in a room; only a number that no row has yet follows. */
  number: number;
  kind: 'ADMITTED' | VisitEnd;
  entry: string;
  place: number;
  at: Date;
}

/** Of the log of a room: up to `limit` rows after a number. */
interface LogPage {
  after: number;
  limit: number;
}

/**
 * Read a page of the log of a room, in order. Numbers have no gaps: where some of a settled room are missing, its Event is
 * being archived, or was.
 */
export async function readAdmissionLog(
  db: DbOrTx,
  room: Pick<RoomRow, 'eventId' | 'generation' | 'isSettled' | 'logged'>,
  page: LogPage,
): Promise<AdmissionLogRow[]> {
  const { after, limit } = page;
  const live = await db.execute<LogLine>(sql`
    /* waiting-room.readAdmissionLog */
    ${linesOf(sql`waiting_room_admissions`, room, page)}
    order by number limit ${limit}`);
  const expected = Math.min(limit, room.logged - after);
  const isWhole = live.rows.length >= expected && live.rows.at(-1)?.number === after + live.rows.length;
  if (!room.isSettled || expected <= 0 || isWhole) return live.rows.map(rowOf);
  const all = await db.execute<LogLine>(sql`
    /* waiting-room.readArchivedAdmissionLog: plan anew */
    ${linesOf(sql`waiting_room_admissions`, room, page)}
    union all
    ${linesOf(sql`archived_waiting_room_admissions`, room, page)}
    order by number limit ${limit}`);
  return all.rows.map(rowOf);
}

type LogLine = Omit<AdmissionLogRow, 'at'> & { seconds: number } & Record<string, unknown>;

const rowOf = ({ seconds, ...row }: LogLine): AdmissionLogRow => ({
  ...row,
  at: new Date(Math.round(seconds * 1_000)),
});

/** Admissions and ends of visits of a room in a table, as two of the selects of a union. */
const linesOf = (table: SQL, { eventId, generation }: RoomKey, { after, limit }: LogPage) => {
  const isOf = sql`event_id = ${eventId} and generation = ${generation}`;
  return sql`
    (select number, 'ADMITTED' as kind, entry, place, extract(epoch from admitted_at)::float8 as seconds
      from ${table} where ${isOf} and number > ${after} order by number limit ${limit})
    union all
    (select end_number, ended_by::text, entry, place, extract(epoch from ended_at)::float8
      from ${table} where ${isOf} and end_number > ${after} order by end_number limit ${limit})`;
};

/** Read a room of an Event, closed or not; the last one without a generation. */
export async function findRoom(
  db: DbOrTx,
  eventId: string,
  generation: number | null,
): Promise<RoomRow | null> {
  const [room] = await named(db, 'waiting-room.findRoomOfEvent')
    .select()
    .from(waitingRooms)
    .where(generation === null ? eq(waitingRooms.eventId, eventId) : and(isRoom({ eventId, generation })))
    .orderBy(desc(waitingRooms.generation))
    .limit(1);
  return room ?? null;
}
