import { eq, sql } from 'drizzle-orm';

import type { Platform } from '../../../src/platform/index.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import type { RoomKey } from '../../../src/waiting-room/store/rooms.ts';
import { waitingRooms } from '../../../src/waiting-room/tables.ts';
import type { Random } from './seeded-random.ts';
import { shuffled } from './seeded-random.ts';
import type { CrashPoint } from './simulated-process.ts';

/** What goes wrong in a trial. `suspended`: a controller pauses within a step, and another takes over meanwhile. */
export type Fault =
  | `killed after ${CrashPoint}`
  | 'suspended'
  | 'clock ahead'
  | 'clock behind'
  | 'flush'
  | 'outage'
  | 'restart'
  | 'failover'
  | 'api restart';

export const FAULTS: readonly Fault[] = [
  ...(['killed after propose', 'killed after commit', 'killed after apply', 'suspended'] as const),
  ...(['clock ahead', 'clock behind', 'flush', 'outage', 'restart', 'failover', 'api restart'] as const),
];

/** Faults in the second of the opening, of which one happens. */
export const OPENING_FAULTS = ['flush', 'failover', 'outage', 'restart'] as const satisfies Fault[];

export const OUTAGE_SECONDS = 30;
/** Seconds in which the faults are cured; the next one begins after them. */
const PAUSE_SECONDS = 7;
const MAX_EXTRA_SECONDS = 4;

/** Faults by the second in which they begin. */
export function schedule(faults: readonly Fault[], random: Random): { at: Map<number, Fault>; end: number } {
  const at = new Map<number, Fault>();
  let second = 8;
  for (const fault of shuffled(faults, random)) {
    at.set(second, fault);
    second += PAUSE_SECONDS + random(MAX_EXTRA_SECONDS) + (fault === 'outage' ? OUTAGE_SECONDS : 0);
  }
  return { at, end: second + PAUSE_SECONDS };
}

const keysOf = (platform: Platform, room: RoomKey) => roomKeys(platform.redis.prefix, room).slice(0, -1);

/** The room's keys as Redis has them now. */
export async function backUp(platform: Platform, room: RoomKey): Promise<[key: string, dump: Buffer][]> {
  const redis = platform.redis.connection!;
  const backup: [string, Buffer][] = [];
  for (const key of keysOf(platform, room)) {
    const dump = await redis.dumpBuffer(key);
    if (dump !== null) backup.push([key, dump]);
  }
  return backup;
}

/** A replica that lacks the last writes takes over: the room is as it was, in a process with another id. */
export async function failOver(
  platform: Platform,
  room: RoomKey,
  backup: readonly [key: string, dump: Buffer][],
  { knowsItsRun }: { knowsItsRun: boolean },
): Promise<void> {
  const redis = platform.redis.connection!;
  await redis.del(...keysOf(platform, room));
  for (const [key, dump] of backup) await redis.restore(key, 0, dump);
  if (knowsItsRun && backup.length > 0) await redis.hset(keysOf(platform, room)[0]!, 'run', 'another');
}

/** Safeguards that a trial can do without, to prove that it sees what they prevent. */
export type Sabotage = 'fence' | 'reserved' | 'run' | 'clock' | 'silence' | 'settle' | 'maintenance';

/** Undo what a safeguard has noted. */
export async function sabotage(platform: Platform, room: RoomKey, what: Sabotage | null, nowMs: number) {
  const isIt = eq(waitingRooms.eventId, room.eventId);
  const meta = keysOf(platform, room)[0]!;
  if (what === 'reserved')
    await platform.db
      .update(waitingRooms)
      .set({ placesReserved: sql`greatest(${waitingRooms.served}, coalesce(${waitingRooms.listed}, 0))` })
      .where(isIt);
  else if (what === 'silence') await platform.redis.connection!.hset(meta, 'beat', nowMs);
  else if (what === 'settle') await platform.redis.connection!.hset(meta, 'settlesAt', 0);
}

/** The fence is that of the controller before. */
export const lowerFence = (platform: Platform, room: RoomKey) =>
  platform.db
    .update(waitingRooms)
    .set({ fence: sql`${waitingRooms.fence} - 1` })
    .where(eq(waitingRooms.eventId, room.eventId));
