import { sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRooms } from '../tables.ts';
import { isRoom, type RoomKey } from './rooms.ts';

/** Places that are reserved at once: a write for ten thousand joins. */
const PLACES_PER_BLOCK = 10_000;

/** Reserve places up to `place` and a block beyond; returns the highest that is reserved. Null: there is no such room. */
export async function reservePlaces(
  platform: Pick<Platform, 'db' | 'metrics'>,
  room: RoomKey,
  place: number,
): Promise<number | null> {
  const [row] = await inTransaction(platform, 'waitingRoom.reservePlaces', (tx) =>
    named(tx, 'waiting-room.reservePlaces')
      .update(waitingRooms)
      .set({
        placesReserved: sql`greatest(${waitingRooms.placesReserved}, ${place + PLACES_PER_BLOCK - 1}::int)`,
      })
      .where(isRoom(room))
      .returning({ reserved: waitingRooms.placesReserved }),
  );
  return row?.reserved ?? null;
}
