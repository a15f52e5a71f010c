import { and, asc, eq, gt, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { waitingRoomAbandonedPlaces as abandoned, waitingRooms } from '../tables.ts';
import { isNotClosed, isOfRoom, isRoom, type RoomKey } from './rooms.ts';

/** Places of a part, as in line/scripts/room.lua: 2 kB. */
export const PLACES_PER_PART = 16_384;
/** Parts of one statement: 128 kB, for a million places. */
export const MAX_PARTS = 64;

/** A part of the places that were abandoned: the bit of its first place is the highest of the first byte, as in Redis. */
export interface AbandonedPart {
  part: number;
  places: Buffer;
}

/** SQL condition: parts of a room. */
const isOf = (key: RoomKey) => isOfRoom(abandoned, key);

/** Add abandoned places of at most `MAX_PARTS` parts, if the controller's fence holds. `false`: it does not. */
export async function addAbandonedPlaces(
  platform: Pick<Platform, 'db' | 'metrics'>,
  { fence, ...key }: RoomKey & { fence: number },
  parts: readonly AbandonedPart[],
): Promise<boolean> {
  return inTransaction(platform, 'waitingRoom.addAbandonedPlaces', async (tx) => {
    const [room] = await named(tx, 'waiting-room.lockFence')
      .select({ fence: waitingRooms.fence })
      .from(waitingRooms)
      .where(and(isRoom(key), isNotClosed, eq(waitingRooms.fence, fence)))
      .for('no key update');
    if (room === undefined) return false;
    const numbers = sql.param(parts.map(({ part }) => part));
    const known = await named(tx, 'waiting-room.readAbandonedParts')
      .select({ part: abandoned.part, places: abandoned.places })
      .from(abandoned)
      .where(and(isOf(key), sql`${abandoned.part} = any(${numbers}::int[])`));
    const before = new Map(known.map(({ part, places }) => [part, places]));
    const places = parts.map(({ part, places }) => union(before.get(part), places).toString('hex'));
    await named(tx, 'waiting-room.writeAbandonedParts')
      .insert(abandoned)
      .select(
        sql`select ${key.eventId}::uuid, ${key.generation}::int, given.part, decode(given.places, 'hex')
          from unnest(${numbers}::int[], ${sql.param(places)}::text[]) as given (part, places)`,
      )
      .onConflictDoUpdate({
        target: [abandoned.eventId, abandoned.generation, abandoned.part],
        set: { places: sql`excluded.places` },
      });
    return true;
  });
}

/** Read parts in their order after one of them, up to `MAX_PARTS`. */
export function readAbandonedPlaces(db: DbOrTx, key: RoomKey, after: number): Promise<AbandonedPart[]> {
  return named(db, 'waiting-room.readAbandonedPlaces')
    .select({ part: abandoned.part, places: abandoned.places })
    .from(abandoned)
    .where(and(isOf(key), gt(abandoned.part, after)))
    .orderBy(asc(abandoned.part))
    .limit(MAX_PARTS);
}

/** A place stays abandoned, also where Redis has lost its bit since. */
function union(known: Buffer | undefined, added: Buffer): Buffer {
  const places = Buffer.alloc(Math.max(known?.length ?? 0, added.length));
  for (let at = 0; at < places.length; at++) places[at] = (known?.[at] ?? 0) | (added[at] ?? 0);
  return places;
}
