import { and, eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { waitingRoomLists, waitingRooms } from '../tables.ts';
import { isOfRoom, isRoom, type RoomKey, type RoomRow } from './rooms.ts';

/** SQL condition: a part of the room's list. */
const isPart = (key: RoomKey, part: number) =>
  and(isOfRoom(waitingRoomLists, key), eq(waitingRoomLists.part, part));

/** Store a part of a list that is being closed. */
export async function insertListPart(
  tx: Tx,
  { eventId, generation }: RoomKey,
  { part, entries }: { part: number; entries: Buffer },
): Promise<void> {
  await named(tx, 'waiting-room.insertListPart')
    .insert(waitingRoomLists)
    .values({ eventId, generation, part, entries });
}

/** Read a part of a closed list; null: there are not so many. */
export async function readListPart(db: DbOrTx, room: RoomKey, part: number): Promise<Buffer | null> {
  const [row] = await named(db, 'waiting-room.readListPart')
    .select({ entries: waitingRoomLists.entries })
    .from(waitingRoomLists)
    .where(isPart(room, part));
  return row?.entries ?? null;
}

/** Find a room of any generation, closed ones included. */
export async function findRoom(db: DbOrTx, key: RoomKey): Promise<RoomRow | null> {
  const [room] = await named(db, 'waiting-room.findRoom').select().from(waitingRooms).where(isRoom(key));
  return room ?? null;
}

/** Commit to a list: from here on the seed is published. The caller has locked the room and stored the parts. */
export async function startDrawing(
  tx: Tx,
  key: RoomKey,
  { listHash, listed }: { listHash: string; listed: number },
): Promise<void> {
  await named(tx, 'waiting-room.startDrawing')
    .update(waitingRooms)
    .set({
      phase: 'DRAWING',
      listHash,
      listed,
      placesReserved: sql`greatest(${waitingRooms.placesReserved}, ${listed})`,
    })
    .where(isRoom(key));
}

/** The places are in the line: it may move. False: the room is not drawing any more. */
export async function finishDrawing(
  tx: Tx,
  { fence, ...key }: RoomKey & { fence: number },
): Promise<boolean> {
  const rows = await named(tx, 'waiting-room.finishDrawing')
    .update(waitingRooms)
    .set({ phase: 'OPEN' })
    .where(and(isRoom(key), eq(waitingRooms.phase, sql`'DRAWING'`), eq(waitingRooms.fence, fence)))
    .returning({ generation: waitingRooms.generation });
  return rows.length === 1;
}
