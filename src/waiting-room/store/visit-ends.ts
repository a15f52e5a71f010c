import { and, asc, desc, eq, gt, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRoomAdmissions as admissions, waitingRooms } from '../tables.ts';
import type { ControllerClock } from './lease.ts';
import { isOfRoom, isRoom, type RoomKey, type RoomRow } from './rooms.ts';

type Db = Pick<Platform, 'db' | 'metrics'>;

/** Earlier ones of an entry are known to be ended. */
const MAX_VISITS_READ = 10;

/** Why a visit ended. */
export type VisitEnd = NonNullable<(typeof admissions.$inferSelect)['endedBy']>;

/** A visit that ended, and has its number in the log. */
export interface EndedVisit {
  entry: string;
  place: number;
  endedBy: VisitEnd;
}

/** Places of visits that go on or have no number yet, as a subquery; and what ends those that go on. */
interface Ending {
  places: SQL;
  end?: SQL;
}

const isOf = ({ eventId, generation }: RoomKey) => sql`event_id = ${eventId} and generation = ${generation}`;

/** Visits that a buyer ended get their numbers here: the buyer does not wait for the room's row. */
const endedByBuyers = (key: RoomKey, limit: number): Ending => ({
  places: sql`select place from waiting_room_admissions
    where ${isOf(key)} and ended_at is not null and end_number is null
    order by ended_at, place limit ${limit}`,
});

/** End visits, if the controller's fence holds: whose time is over, at most `limit`, whose entries left, whose buyers bought. */
export async function endVisits(
  platform: Db,
  { key, fence }: { key: RoomKey; fence: number },
  { left, limit }: { left: readonly string[]; limit: number },
  clock: ControllerClock,
): Promise<EndedVisit[]> {
  return inTransaction(platform, 'waitingRoom.endVisits', async (tx) => {
    const [room] = await named(tx, 'waiting-room.checkFence')
      .select({ logged: waitingRooms.logged })
      .from(waitingRooms)
      .where(and(isRoom(key), eq(waitingRooms.fence, fence)))
      .for('update');
    if (room === undefined) return [];
    const over: Ending = {
      places: sql`select place from waiting_room_admissions
        where ${isOf(key)} and ended_at is null and visit_ends_at <= ${clock()}
        order by visit_ends_at, place limit ${limit}`,
      end: sql`ended_at = ${clock()}, ended_by = 'EXPIRED',`,
    };
    const gone: Ending = {
      places: sql`select place from waiting_room_admissions
        where ${isOf(key)} and ended_at is null and entry = any (${sql.param([...left])}::text[]) order by place`,
      end: sql`ended_at = ${clock()}, ended_by = 'LEFT',`,
    };
    const endings = left.length === 0 ? [over] : [over, gone];
    return logEnds(tx, key, room.logged, [...endings, endedByBuyers(key, limit)]);
  });
}

/** End the visits of a room that is closed, at most `limit` at once; with fewer it is settled. Returns those that ended. */
export async function settleClosedRoom(platform: Db, key: RoomKey, limit: number): Promise<EndedVisit[]> {
  return inTransaction(platform, 'waitingRoom.settle', async (tx) => {
    const [room] = await named(tx, 'waiting-room.lockUnsettled')
      .select({ logged: waitingRooms.logged, closedAt: waitingRooms.closedAt })
      .from(waitingRooms)
      .where(and(isRoom(key), eq(waitingRooms.phase, sql`'CLOSED'`), eq(waitingRooms.isSettled, false)))
      .for('update');
    if (room?.closedAt == null) return [];
    const closed: Ending = {
      places: sql`select place from waiting_room_admissions
        where ${isOf(key)} and ended_at is null order by visit_ends_at, place limit ${limit}`,
      end: sql`ended_at = least(visit_ends_at, ${room.closedAt}::timestamptz),
        ended_by = case when visit_ends_at <= ${room.closedAt} then 'EXPIRED' else 'CLOSED' end::visit_end,`,
    };
    const ended = await logEnds(tx, key, room.logged, [closed, endedByBuyers(key, limit)]);
    if (ended.length < limit)
      await named(tx, 'waiting-room.noteSettled')
        .update(waitingRooms)
        .set({ isSettled: true })
        .where(isRoom(key));
    return ended;
  });
}

/** Find rooms that are closed, but not settled, at most `limit`, after one of an Event; null: from the first on. */
export async function findUnsettledRooms(
  db: DbOrTx,
  after: string | null,
  limit: number,
): Promise<RoomKey[]> {
  return named(db, 'waiting-room.findUnsettledRooms')
    .select({ eventId: waitingRooms.eventId, generation: waitingRooms.generation })
    .from(waitingRooms)
    .where(
      and(
        eq(waitingRooms.phase, sql`'CLOSED'`),
        sql`not ${waitingRooms.isSettled}`,
        after === null ? undefined : gt(waitingRooms.eventId, after),
      ),
    )
    .orderBy(asc(waitingRooms.eventId), asc(waitingRooms.generation))
    .limit(limit);
}

/** SQL condition: the admissions of an entry. */
const isOfEntry = (key: RoomKey, entry: string) =>
  and(isOfRoom(admissions, key), eq(admissions.entry, entry));

/** End the visit in which an entry's viewer reserved what it bought. A visit that began later goes on: it is for another order. */
export async function endBoughtVisit(tx: Tx, key: RoomKey, entry: string, reservedAt: Date): Promise<void> {
  await named(tx, 'waiting-room.endBoughtVisit')
    .update(admissions)
    .set({ endedAt: sql`now()`, endedBy: 'BOUGHT' })
    .where(and(isOfEntry(key, entry), isNull(admissions.endedAt), lte(admissions.admittedAt, reservedAt)));
}

/** Read the last visits of an entry that have ended. */
export async function readEndedVisitsOf(
  db: DbOrTx,
  key: RoomKey,
  entry: string,
): Promise<Pick<EndedVisit, 'entry' | 'place'>[]> {
  return named(db, 'waiting-room.readEndedVisitsOf')
    .select({ entry: admissions.entry, place: admissions.place })
    .from(admissions)
    .where(and(isOfEntry(key, entry), isNotNull(admissions.endedAt)))
    .orderBy(desc(admissions.place))
    .limit(MAX_VISITS_READ);
}

/** End visits one kind after the other, number them without gaps, and count them. The caller has locked the room. */
async function logEnds(
  tx: Tx,
  key: RoomKey,
  logged: number,
  endings: readonly Ending[],
): Promise<EndedVisit[]> {
  const ended: EndedVisit[] = [];
  for (const { places, end = sql`` } of endings) {
    const { rows } = await tx.execute<EndedVisit & Record<string, unknown>>(sql`
      /* waiting-room.logEnds */
      update waiting_room_admissions set ${end} end_number = ${logged + ended.length}::int + given.number
      from unnest(array(${places} for update)) with ordinality as given (place, number)
      where ${isOf(key)} and waiting_room_admissions.place = given.place
        ${end.queryChunks.length === 0 ? sql`` : sql`and ended_at is null`}
      returning entry, waiting_room_admissions.place, ended_by as "endedBy"`);
    ended.push(...rows);
  }
  if (ended.length > 0) {
    const count = (end: VisitEnd) => ended.filter(({ endedBy }) => endedBy === end).length;
    await named(tx, 'waiting-room.countEnds')
      .update(waitingRooms)
      .set({
        logged: logged + ended.length,
        ...plus('bought', count('BOUGHT')),
        ...plus('visitsLeft', count('LEFT')),
        ...plus('visitsExpired', count('EXPIRED')),
        ...plus('visitsClosed', count('CLOSED')),
      })
      .where(isRoom(key));
  }
  return ended;
}

const plus = (column: 'bought' | 'visitsLeft' | 'visitsExpired' | 'visitsClosed', count: number) =>
  ({ [column]: sql`${waitingRooms[column]} + ${count}` }) as Partial<Record<keyof RoomRow, SQL>>;
