import { and, desc, eq, sql } from 'drizzle-orm';

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

/** Read the log of a room after a number, at most `limit` rows in order. */
export async function readAdmissionLog(
  db: DbOrTx,
  { eventId, generation }: RoomKey,
  { after, limit }: { after: number; limit: number },
): Promise<AdmissionLogRow[]> {
  const isOf = sql`event_id = ${eventId} and generation = ${generation}`;
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    /* waiting-room.readAdmissionLog */
    (select number, 'ADMITTED' as kind, entry, place, extract(epoch from admitted_at)::float8 as seconds
      from waiting_room_admissions where ${isOf} and number > ${after} order by number limit ${limit})
    union all
    (select end_number, ended_by::text, entry, place, extract(epoch from ended_at)::float8
      from waiting_room_admissions where ${isOf} and end_number > ${after} order by end_number limit ${limit})
    order by number limit ${limit}`);
  return rows.map(({ seconds, ...row }) => ({
    ...(row as Omit<AdmissionLogRow, 'at'>),
    at: new Date(Math.round(Number(seconds) * 1_000)),
  }));
}

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
