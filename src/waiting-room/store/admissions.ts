import { and, asc, desc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRoomAdmissions, waitingRooms } from '../tables.ts';
import type { ControllerClock } from './lease.ts';
import { isRoom, type RoomKey, type RoomRow } from './rooms.ts';

/** An admission whose visit goes on. */
export interface OpenVisit {
  entry: string;
  place: number;
  visitEndsAt: Date;
}

type Db = Pick<Platform, 'db' | 'metrics'>;
const admissions = waitingRoomAdmissions;

/** SQL condition: admissions of a room. */
const isOf = ({ eventId, generation }: RoomKey) =>
  and(eq(admissions.eventId, eventId), eq(admissions.generation, generation));

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
    const served = await named(tx, 'waiting-room.raiseServed')
      .update(waitingRooms)
      .set({ served: sql`least(${head}::int, ${waitingRooms.placesReserved})` })
      .where(
        and(
          isRoom(key),
          eq(waitingRooms.fence, fence),
          eq(waitingRooms.phase, sql`'OPEN'`),
          places.length === 0 ? undefined : eq(waitingRooms.isPaused, false),
          lt(waitingRooms.served, places[0]?.[1] ?? head),
        ),
      )
      .returning({ served: waitingRooms.served });
    if (served.length === 0) return null;
    if (places.length === 0) return [];
    const ids = sql.param(places.map(([entry]) => entry));
    const numbers = sql.param(places.map(([, place]) => place));
    return named(tx, 'waiting-room.insertAdmissions')
      .insert(admissions)
      .select(
        sql`select ${key.eventId}::uuid, ${key.generation}::int, given.place, given.entry, ${clock()}::timestamptz,
            ${clock()}::timestamptz + make_interval(secs => ${visitSeconds}::int), null::timestamptz, null::visit_end
          from unnest(${ids}::text[], ${numbers}::int[]) as given (entry, place)`,
      )
      .returning({
        entry: admissions.entry,
        place: admissions.place,
        visitEndsAt: admissions.visitEndsAt,
      });
  });
}

/** End visits whose time is over, at most `limit`, and those of entries that left. */
export async function endVisits(
  platform: Db,
  { key, fence }: { key: RoomKey; fence: number },
  { left, limit }: { left: readonly string[]; limit: number },
  clock: ControllerClock,
): Promise<Pick<OpenVisit, 'entry' | 'place'>[]> {
  return inTransaction(platform, 'waitingRoom.endVisits', async (tx) => {
    const [held] = await named(tx, 'waiting-room.checkFence')
      .select({ fence: waitingRooms.fence })
      .from(waitingRooms)
      .where(and(isRoom(key), eq(waitingRooms.fence, fence)))
      .for('update');
    if (held === undefined) return [];
    const over = sql`array(
      select place from waiting_room_admissions
      where event_id = ${key.eventId} and generation = ${key.generation}
        and ended_at is null and visit_ends_at <= ${clock()}
      order by visit_ends_at, place limit ${limit})`;
    const expired = await named(tx, 'waiting-room.endExpiredVisits')
      .update(admissions)
      .set({ endedAt: clock(), endedBy: 'EXPIRED' })
      .where(and(isOf(key), isNull(admissions.endedAt), sql`${admissions.place} = any (${over})`))
      .returning({ entry: admissions.entry, place: admissions.place });
    if (left.length === 0) return expired;
    const gone = await named(tx, 'waiting-room.endLeftVisits')
      .update(admissions)
      .set({ endedAt: clock(), endedBy: 'LEFT' })
      .where(
        and(
          isOf(key),
          isNull(admissions.endedAt),
          sql`${admissions.entry} = any (${sql.param([...left])}::text[])`,
        ),
      )
      .returning({ entry: admissions.entry, place: admissions.place });
    return [...expired, ...gone];
  });
}

/** End the visit of an entry because its viewer bought. Returns its visits that have ended, also those of earlier calls. */
export async function endVisitByPurchase(
  platform: Db,
  key: RoomKey,
  entry: string,
): Promise<Pick<OpenVisit, 'entry' | 'place'>[]> {
  return inTransaction(platform, 'waitingRoom.endVisitByPurchase', async (tx) => {
    await named(tx, 'waiting-room.endBoughtVisit')
      .update(admissions)
      .set({ endedAt: sql`now()`, endedBy: 'BOUGHT' })
      .where(and(isOf(key), eq(admissions.entry, entry), isNull(admissions.endedAt)));
    return named(tx, 'waiting-room.readVisitsOfEntry')
      .select({ entry: admissions.entry, place: admissions.place })
      .from(admissions)
      .where(and(isOf(key), eq(admissions.entry, entry)))
      .orderBy(desc(admissions.place))
      .limit(10);
  });
}

/** Read visits that go on, in the order of their ends, after one of them. */
export async function readOpenVisits(
  db: DbOrTx,
  key: RoomKey,
  after: OpenVisit | null,
  limit: number,
): Promise<OpenVisit[]> {
  return named(db, 'waiting-room.readOpenVisits')
    .select({ entry: admissions.entry, place: admissions.place, visitEndsAt: admissions.visitEndsAt })
    .from(admissions)
    .where(
      and(
        isOf(key),
        isNull(admissions.endedAt),
        after === null
          ? undefined
          : or(
              gt(admissions.visitEndsAt, after.visitEndsAt),
              and(eq(admissions.visitEndsAt, after.visitEndsAt), gt(admissions.place, after.place)),
            ),
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
