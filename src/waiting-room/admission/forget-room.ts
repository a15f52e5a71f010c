import type { Platform } from '../../platform/index.ts';
import { challengeKeys } from '../challenge/keys.ts';
import { roomKeys } from '../line/keys.ts';
import type { RoomKey } from '../store/rooms.ts';

/**
 * Delete what Redis has of a room that is closed: its line, and the 2 MB in which its challenge counts entries. While Redis is
 * away they stay until they expire.
 */
export async function forgetRoom({ redis }: Pick<Platform, 'redis'>, room: RoomKey): Promise<void> {
  const keys = [...roomKeys(redis.prefix, room).slice(0, -1), challengeKeys(redis.prefix, room).counts];
  await redis.attempt('waitingRooms', keys[0]!, 0, (connection) => connection.unlink(...keys));
}
