import { randomInt } from 'node:crypto';

import type { Platform } from '../../platform/index.ts';
import { pause } from '../../platform/pause.ts';
import type { Buyer } from '../store/columns.ts';
import { readPlacesOfOthers } from '../store/tickets.ts';
import { lockSeats } from './seat-locks.ts';

/** About the duration of a reservation, a few milliseconds; random, so that waiting calls do not retry in step. */
const RETRY_DELAY_MS = { min: 4, max: 16 };
/** About a third of a second. After that the call goes on without locks, and Postgres decides. */
const MAX_ATTEMPTS = 32;

/** Locks on places, held until disposal. */
interface SeatLockLease extends AsyncDisposable {
  /** Places that the buyer cannot have. Empty: go ahead. */
  unavailable: number[];
}

/**
 * Acquire the Redis locks on these places, waiting if need be.
 *
 * In a stampede one call at a time reaches the transaction for a place. The others poll: the lock in Redis, and whether the
 * place is taken with one read of Postgres outside of any transaction. For exact places a lock alone refuses no buyer: its
 * holder may be refused for another place or crash, and then a free place would have been refused to every buyer. Without
 * exact places, locked places count as unavailable, and the caller chooses others.
 */
export async function acquireSeatLocks(
  { db, redis }: Pick<Platform, 'db' | 'redis'>,
  { eventId, viewerId }: Buyer,
  places: readonly number[],
  holder: string,
  { exactPlaces, signal }: { exactPlaces: boolean; signal?: AbortSignal | undefined } = { exactPlaces: true },
): Promise<SeatLockLease> {
  for (let attempt = 1; ; attempt++) {
    const locks = await lockSeats(redis, eventId, places, holder);
    const release = () => locks[Symbol.asyncDispose]();
    if (locks.taken.length === 0 || attempt === MAX_ATTEMPTS) {
      return { unavailable: [], [Symbol.asyncDispose]: release };
    }
    if (!exactPlaces) return { unavailable: locks.taken, [Symbol.asyncDispose]: release };
    const unavailable = await readPlacesOfOthers(db, eventId, places, viewerId);
    if (unavailable.length > 0) return { unavailable, [Symbol.asyncDispose]: release };
    await pause(randomInt(RETRY_DELAY_MS.min, RETRY_DELAY_MS.max + 1), signal);
  }
}
