import type { Platform } from '../platform/index.ts';
import type { QueueParts } from './join/queue.ts';
import { Line } from './line/line.ts';
import type { LiveRooms } from './live-rooms.ts';

/** Open joining, for the rooms that this process knows. */
export const openQueue = (
  platform: Pick<Platform, 'db' | 'redis' | 'metrics'>,
  waitingRooms: LiveRooms,
  { challengeAttempts }: Pick<QueueParts, 'challengeAttempts'>,
): QueueParts => ({
  ...{ platform, waitingRooms, line: new Line(platform), challengeAttempts },
  now: () => waitingRooms.now,
});
