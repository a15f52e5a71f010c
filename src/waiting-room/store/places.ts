import { and, eq, lte, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRooms } from '../tables.ts';
import { isNotClosed, isRoom, type RoomKey } from './rooms.ts';

/** What Postgres knows of a line that Redis does not have. */
export interface BegunLine {
  /** It has never begun: no entry was lost. */
  isFirst: boolean;
  /** Places up to this may have been given. */
  reserved: number;
}

/** Note that the line of a room begins: the first place is reserved from then on. Null: there is no such room, or it is closed. */
export async function noteBegin(
  platform: Pick<Platform, 'db' | 'metrics'>,
  room: RoomKey,
): Promise<BegunLine | null> {
  return inTransaction(platform, 'waitingRoom.noteBegin', async (tx) => {
    const first = await named(tx, 'waiting-room.noteBegin')
      .update(waitingRooms)
      .set({ placesReserved: 1 })
      .where(and(isRoom(room), isNotClosed, eq(waitingRooms.placesReserved, 0)))
      .returning({ reserved: waitingRooms.placesReserved });
    if (first.length > 0) return { isFirst: true, reserved: 0 };
    const [row] = await named(tx, 'waiting-room.readReserved')
      .select({ reserved: waitingRooms.placesReserved })
      .from(waitingRooms)
      .where(and(isRoom(room), isNotClosed));
    return row === undefined ? null : { isFirst: false, reserved: row.reserved };
  });
}

/** Places that are reserved at once: a write for ten thousand joins. */
const PLACES_PER_BLOCK = 10_000;

/**
 * Reserve places up to `place` and a block beyond, for a Redis that knows this fence; returns the highest that is reserved.
 * Null: there is no such room, or its controller has a higher fence: another Redis may have the room since.
 */
export async function reservePlaces(
  platform: Pick<Platform, 'db' | 'metrics'>,
  room: RoomKey,
  { place, fence }: { place: number; fence: number },
): Promise<number | null> {
  const [row] = await inTransaction(platform, 'waitingRoom.reservePlaces', (tx) =>
    named(tx, 'waiting-room.reservePlaces')
      .update(waitingRooms)
      .set({
        placesReserved: sql`greatest(${waitingRooms.placesReserved}, ${place + PLACES_PER_BLOCK - 1}::int)`,
      })
      .where(and(isRoom(room), lte(waitingRooms.fence, fence)))
      .returning({ reserved: waitingRooms.placesReserved }),
  );
  return row?.reserved ?? null;
}
