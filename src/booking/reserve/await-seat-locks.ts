import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { Platform } from '../../platform/index.ts';
import type { Buyer } from '../store/columns.ts';
import { readPlacesOfOthers } from '../store/tickets.ts';
import { lockSeats } from './seat-locks.ts';

/** A decision takes a few milliseconds; whoever waits looks again about as often, and not in step with the others. */
const PAUSE_MS = { from: 4, to: 16 };
/** About a third of a second. Whoever still has no turn by then lets Postgres decide without one. */
const MOST_LOOKS = 32;

/** A turn at some places; disposing of it ends it. */
export interface SeatLockLease extends AsyncDisposable {
  /** Places that others have: there is nothing left to decide. Empty: go ahead. */
  gone: number[];
}

/**
 * Wait for one's turn at these places.
 *
 * In a stampede one call at a time is served each place. The others see in Redis that it is being served, and ask Postgres
 * with one read, outside of any transaction, whether it is gone. Nobody is sent away because of a lock alone: whoever
 * holds it may yet be refused for another place, or have died, and then a free place would have been refused to everyone.
 * Only who does not insist on these places takes those that are being served for gone, and looks for others.
 */
export async function acquireSeatLocks(
  { db, redis }: Pick<Platform, 'db' | 'redis'>,
  { eventId, viewerId }: Buyer,
  places: readonly number[],
  holder: string,
  { exactPlaces }: { exactPlaces: boolean } = { exactPlaces: true },
): Promise<SeatLockLease> {
  for (let look = 1; ; look++) {
    const locks = await lockSeats(redis, eventId, places, holder);
    const end = () => locks[Symbol.asyncDispose]();
    if (locks.taken.length === 0 || look === MOST_LOOKS) return { gone: [], [Symbol.asyncDispose]: end };
    if (!exactPlaces) return { gone: locks.taken, [Symbol.asyncDispose]: end };
    const gone = await readPlacesOfOthers(db, eventId, places, viewerId);
    if (gone.length > 0) return { gone, [Symbol.asyncDispose]: end };
    await setTimeout(randomInt(PAUSE_MS.from, PAUSE_MS.to + 1));
  }
}
