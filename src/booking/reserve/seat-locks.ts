import type { RedisHelper } from '../../platform/redis/client.ts';
import { readScript } from '../../platform/redis/script.ts';
import { seatLockKey } from './keys.ts';

/** Longer than the slowest reservation; the locks of a crashed process expire after it. */
const LOCK_TTL_MS = 5_000;

/** Returns indexes into the keys, from 1. */
const lockScript = readScript<number[]>(new URL('./scripts/lock-seats.lua', import.meta.url));
const unlockScript = readScript<number>(new URL('./scripts/unlock-seats.lua', import.meta.url));

export interface SeatLocks extends AsyncDisposable {
  /** Places locked by other calls; if there are any, this call locked nothing. */
  taken: number[];
}

/**
 * Lock the places in Redis for one holder, all of them or none. The holder is a call: a repetition of it shares its locks.
 *
 * A lock is advisory: other calls wait for it, but Postgres decides. While Redis is unavailable no place counts as
 * locked. Disposal releases the locks that are still the holder's.
 */
export async function lockSeats(
  redis: RedisHelper,
  eventId: string,
  places: readonly number[],
  holder: string,
): Promise<SeatLocks> {
  const keys = places.map((place) => seatLockKey(redis.prefix, eventId, place));
  const none: number[] = [];
  const indexes =
    keys.length === 0
      ? none
      : await redis.attempt('seatLocks', keys[0]!, none, (connection) =>
          lockScript(connection, keys, [holder, LOCK_TTL_MS]),
        );
  return {
    taken: indexes.map((index) => places[index - 1]!),
    async [Symbol.asyncDispose]() {
      if (keys.length === 0 || indexes.length > 0) return;
      await redis.attempt('seatLocks', keys[0]!, 0, (connection) => unlockScript(connection, keys, [holder]));
    },
  };
}
