import type { RedisHelper } from '../../platform/redis/client.ts';
import { readScript } from '../../platform/redis/script.ts';
import { seatLockKey } from './keys.ts';

/** Longer than a decision takes on a bad day; a process that died over one leaves its locks no longer than this. */
const LOCK_TTL_MS = 5_000;

/** Answers with indexes into the keys, from 1. */
const lockScript = readScript<number[]>(new URL('./scripts/lock-seats.lua', import.meta.url));
const unlockScript = readScript<number>(new URL('./scripts/unlock-seats.lua', import.meta.url));

/** Who is being served: one call, the same again when the same call is repeated. */
export interface SeatLocks extends AsyncDisposable {
  /** Places that another call has locked; if there are any, nothing was locked. */
  taken: number[];
}

/**
 * Lock the places in Redis for one call: all of them or none.
 *
 * A lock says no more than that somebody is being served these places at this moment; what comes of it Postgres decides.
 * Redis away counts as nothing taken. Disposing lets go of what is still the holder's.
 */
export async function lockSeats(
  redis: RedisHelper,
  eventId: string,
  places: readonly number[],
  holder: string,
): Promise<SeatLocks> {
  const keys = places.map((place) => seatLockKey(redis.prefix, eventId, place));
  const nothing: number[] = [];
  const indexes =
    keys.length === 0
      ? nothing
      : await redis.attempt('seatLocks', keys[0]!, nothing, (connection) =>
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
