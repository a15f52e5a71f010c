import { and, asc, desc, eq, isNull, lt, ne, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRoomAdmissions, waitingRooms } from '../tables.ts';
import type { ControllerClock } from './lease.ts';
import { isOfRoom, isRoom, type RoomKey, type RoomRow } from './rooms.ts';

/** An admission whose visit goes on. */
export interface OpenVisit {
  entry: string;
  place: number;
  visitEndsAt: Date;
}

/** Position in the visits of a room. `endsAt` is the text of Postgres: its microseconds tell the visits of two steps apart. */
export interface VisitPosition {
  endsAt: string;
  place: number;
}

type Db = Pick<Platform, 'db' | 'metrics'>;
const admissions = waitingRoomAdmissions;

/** SQL condition: admissions of a room. */
const isOf = (key: RoomKey) => isOfRoom(admissions, key);

/**
 * Admit entries and raise the head, if the controller's fence holds, the room is not paused, and none of the places was
 * served. Null: that is not so, and nothing was written.
 */
export async function commitAdmissions(
  platform: Db,
  { key, fence, visitSeconds }: { key: RoomKey; fence: number; visitSeconds: number },
  { head, places }: { head: number; places: readonly (readonly [entry: string, place: number])[] },
  clock: ControllerClock,
): Promise<OpenVisit[] | null> {
  return inTransaction(platform, 'waitingRoom.admit', async (tx) => {
    const [room] = await named(tx, 'waiting-room.raiseServed')
      .update(waitingRooms)
      .set({
        served: head,
        // a failover may have lost the reservation: places that were admitted are never given again
        placesReserved: sql`greatest(${waitingRooms.placesReserved}, ${head}::int)`,
        admitted: sql`${waitingRooms.admitted} + ${places.length}`,
        logged: sql`${waitingRooms.logged} + ${places.length}`,
      })
      .where(
        and(
          isRoom(key),
          eq(waitingRooms.fence, fence),
          eq(waitingRooms.phase, sql`'OPEN'`),
          places.length === 0 ? undefined : eq(waitingRooms.isPaused, false),
          lt(waitingRooms.served, places[0]?.[1] ?? head),
        ),
      )
      .returning({ logged: waitingRooms.logged });
    if (room === undefined) return null;
    if (places.length === 0) return [];
    const ids = sql.param(places.map(([entry]) => entry));
    const numbers = sql.param(places.map(([, place]) => place));
    return named(tx, 'waiting-room.insertAdmissions')
      .insert(admissions)
      .select(
        sql`select ${key.eventId}::uuid, ${key.generation}::int, given.place, given.entry, ${clock()}::timestamptz,
            ${clock()}::timestamptz + make_interval(secs => ${visitSeconds}::int), null::timestamptz, null::visit_end,
            ${room.logged - places.length}::int + given.number, null::int
          from unnest(${ids}::text[], ${numbers}::int[]) with ordinality as given (entry, place, number)`,
      )
      .returning({
        entry: admissions.entry,
        place: admissions.place,
        visitEndsAt: admissions.visitEndsAt,
      });
  });
}

/** Read visits that go on, in the order of their ends, after one of them. */
export async function readOpenVisits(
  db: DbOrTx,
  key: RoomKey,
  after: VisitPosition | null,
  limit: number,
): Promise<(OpenVisit & VisitPosition)[]> {
  return named(db, 'waiting-room.readOpenVisits')
    .select({
      entry: admissions.entry,
      place: admissions.place,
      visitEndsAt: admissions.visitEndsAt,
      endsAt: sql<string>`${admissions.visitEndsAt}::text`,
    })
    .from(admissions)
    .where(
      and(
        isOf(key),
        isNull(admissions.endedAt),
        after === null
          ? undefined
          : sql`(${admissions.visitEndsAt}, ${admissions.place}) > (${after.endsAt}::timestamptz, ${after.place}::int)`,
      ),
    )
    .orderBy(asc(admissions.visitEndsAt), asc(admissions.place))
    .limit(limit);
}

/** Instants of the last admissions, latest first. */
export async function readLastAdmissions(db: DbOrTx, key: RoomKey, limit: number): Promise<Date[]> {
  const rows = await named(db, 'waiting-room.readLastAdmissions')
    .select({ at: admissions.admittedAt })
    .from(admissions)
    .where(isOf(key))
    .orderBy(desc(admissions.place))
    .limit(limit);
  return rows.map(({ at }) => at);
}

/** Find the room of an Event that is not closed. */
export async function findCurrentRoom(db: DbOrTx, eventId: string): Promise<RoomRow | null> {
  const [room] = await named(db, 'waiting-room.findCurrentRoom')
    .select()
    .from(waitingRooms)
    .where(and(eq(waitingRooms.eventId, eventId), ne(waitingRooms.phase, sql`'CLOSED'`)));
  return room ?? null;
}
