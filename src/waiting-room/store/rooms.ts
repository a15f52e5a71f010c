import { randomBytes } from 'node:crypto';
import { and, asc, eq, getTableColumns, gt, max, ne, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

import { events, isOver } from '../../catalog/index.ts';
import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { waitingRoomAbandonedPlaces, waitingRooms } from '../tables.ts';

/** A row of `waiting_rooms`. */
export type RoomRow = typeof waitingRooms.$inferSelect;

/** Identifies a room. */
export interface RoomKey {
  eventId: string;
  generation: number;
}

/** Settings of a room that its organiser chooses. */
export type RoomSettings = Pick<
  RoomRow,
  | 'opensAt'
  | 'capacity'
  | 'admissionsPerMinute'
  | 'visitSeconds'
  | 'graceSeconds'
  | 'order'
  | 'protectsSeatMap'
  | 'keepsPlaces'
  | 'requiresChallenge'
>;

const SECRET_BYTES = 32;
/** Rooms of one statement: some 0.7 MB. */
const MAX_ROOMS_PER_PAGE = 1_000;
const BEFORE_ALL_EVENTS = '00000000-0000-0000-0000-000000000000';

/** Name of a room in this process. */
export const nameOfRoom = ({ eventId, generation }: RoomKey): string => `${eventId} ${generation}`;

/** SQL condition: a row belongs to a room. */
export const isOfRoom = (
  table: Record<'eventId' | 'generation', PgColumn>,
  { eventId, generation }: RoomKey,
) => and(eq(table.eventId, eventId), eq(table.generation, generation));

/** SQL condition: the room with this key. */
export const isRoom = (key: RoomKey) => isOfRoom(waitingRooms, key);

/** SQL condition: the predicate of `one_room_at_a_time`. */
export const isNotClosed = ne(waitingRooms.phase, sql`'CLOSED'`);

/** Find the room of an Event that is not closed, and lock it. */
export async function lockRoom(tx: Tx, eventId: string): Promise<RoomRow | null> {
  const [room] = await named(tx, 'waiting-room.lockRoom')
    .select()
    .from(waitingRooms)
    .where(and(eq(waitingRooms.eventId, eventId), isNotClosed))
    .for('update');
  return room ?? null;
}

/** Read every room that is not closed, by Event, a page at a time: one that is open all the while is on a page. */
export async function readRooms(db: DbOrTx, pageSize = MAX_ROOMS_PER_PAGE): Promise<RoomRow[]> {
  const rooms: RoomRow[] = [];
  for (let after = BEFORE_ALL_EVENTS; ; after = rooms.at(-1)!.eventId) {
    const page = await named(db, 'waiting-room.readRooms')
      .select()
      .from(waitingRooms)
      .where(and(isNotClosed, gt(waitingRooms.eventId, after)))
      .orderBy(asc(waitingRooms.eventId))
      .limit(pageSize);
    rooms.push(...page);
    if (page.length < pageSize) return rooms;
  }
}

/** Read the phases of all rooms of Events, closed ones too, by `nameOfRoom`. */
export async function readPhases(
  db: DbOrTx,
  eventIds: readonly string[],
): Promise<Map<string, RoomRow['phase']>> {
  const rows = await named(db, 'waiting-room.readPhases')
    .select({ eventId: waitingRooms.eventId, generation: waitingRooms.generation, phase: waitingRooms.phase })
    .from(waitingRooms)
    .where(isAnyOf(waitingRooms.eventId, eventIds));
  return new Map(rows.map((row) => [nameOfRoom(row), row.phase]));
}

/** Count the rooms of an organiser that are not closed, up to a limit. */
export async function countRoomsOf(db: DbOrTx, organiserId: string, limit: number): Promise<number> {
  const rooms = await named(db, 'waiting-room.countRoomsOf')
    .select({ eventId: waitingRooms.eventId })
    .from(waitingRooms)
    .innerJoin(events, eq(events.id, waitingRooms.eventId))
    .where(and(isNotClosed, eq(events.organiserId, organiserId)))
    .limit(limit);
  return rooms.length;
}

/** SQL condition: an id is one of these, as one parameter. */
const isAnyOf = (column: PgColumn, ids: readonly string[]) =>
  sql`${column} = any(${sql.param([...ids])}::uuid[])`;

/** Which of these Events are drafts. */
export async function findDrafts(db: DbOrTx, eventIds: readonly string[]): Promise<Set<string>> {
  const drafts = await named(db, 'waiting-room.findDrafts')
    .select({ id: events.id })
    .from(events)
    .where(and(isAnyOf(events.id, eventIds), eq(events.status, 'DRAFT')));
  return new Set(drafts.map(({ id }) => id));
}

/** Which of these Events are over or cancelled. */
export async function findOver(db: DbOrTx, eventIds: readonly string[]): Promise<Set<string>> {
  const over = await named(db, 'waiting-room.findOver')
    .select({ id: events.id })
    .from(events)
    .where(and(isAnyOf(events.id, eventIds), or(isOver(events), eq(events.status, 'CANCELLED'))));
  return new Set(over.map(({ id }) => id));
}

/** Make a room of the next generation, with a key and a seed of its own. The caller has locked the Event. */
export async function insertRoom(tx: Tx, eventId: string, settings: RoomSettings): Promise<RoomRow> {
  const [last] = await named(tx, 'waiting-room.lastGeneration')
    .select({ generation: max(waitingRooms.generation) })
    .from(waitingRooms)
    .where(eq(waitingRooms.eventId, eventId));
  const [room] = await named(tx, 'waiting-room.insertRoom')
    .insert(waitingRooms)
    .values({
      eventId,
      generation: (last?.generation ?? 0) + 1,
      key: randomBytes(SECRET_BYTES),
      seed: randomBytes(SECRET_BYTES),
      ...settings,
    })
    .returning(getTableColumns(waitingRooms));
  return room!;
}

/** Change a room that the caller has locked. */
export async function updateRoom(
  tx: Tx,
  key: RoomKey,
  changes: Partial<RoomSettings> & Partial<Pick<RoomRow, 'isPaused' | 'isDraining'>>,
): Promise<RoomRow> {
  const [room] = await named(tx, 'waiting-room.updateRoom')
    .update(waitingRooms)
    .set(changes)
    .where(isRoom(key))
    .returning(getTableColumns(waitingRooms));
  return room!;
}

/** Close a room that the caller has locked; its controller's fence is void from now on. */
export async function closeRoom(tx: Tx, key: RoomKey): Promise<RoomRow> {
  await named(tx, 'waiting-room.deleteAbandonedPlaces')
    .delete(waitingRoomAbandonedPlaces)
    .where(isOfRoom(waitingRoomAbandonedPlaces, key));
  const [room] = await named(tx, 'waiting-room.closeRoom')
    .update(waitingRooms)
    .set({
      phase: 'CLOSED',
      closedAt: sql`now()`,
      fence: sql`${waitingRooms.fence} + 1`,
      ...{ waiting: 0, inside: 0, secondsToClear: null, figuresAt: sql`now()` },
    })
    .where(isRoom(key))
    .returning(getTableColumns(waitingRooms));
  return room!;
}
