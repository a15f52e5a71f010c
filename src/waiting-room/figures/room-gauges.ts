import type { Platform } from '../../platform/index.ts';
import type { RoomRow } from '../store/rooms.ts';

type Gauges = Pick<
  Platform['metrics'],
  'roomsOpen' | 'roomLongestLine' | 'roomWaiting' | 'roomInside' | 'roomStalledSeconds'
>;

/** Set the metrics of all rooms, from what Postgres has of them: also where no process controls them. */
export function setRoomGauges(gauges: Gauges, rooms: readonly RoomRow[], nowMs: number): void {
  const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
  const waiting = rooms.map((room) => room.waiting);
  gauges.roomsOpen.set(rooms.length);
  gauges.roomWaiting.set(total(waiting));
  gauges.roomLongestLine.set(highest(waiting));
  gauges.roomInside.set(total(rooms.map(({ inside }) => inside)));
  gauges.roomStalledSeconds.set(highest(rooms.map((room) => stalledMs(room, nowMs))) / 1_000);
}

/**
 * How long a room that has opened and is not paused has made no progress; without a controller it makes none. Progress in the
 * future was noted before the clock of Postgres was set back.
 */
function stalledMs({ opensAt, progressAt, isPaused }: RoomRow, nowMs: number): number {
  if (isPaused) return 0;
  const openForMs = Math.max(0, nowMs - opensAt.getTime());
  return progressAt === null ? openForMs : Math.min(openForMs, Math.abs(nowMs - progressAt.getTime()));
}

/** 0 of none. */
const highest = (numbers: readonly number[]): number => numbers.reduce((max, each) => Math.max(max, each), 0);
