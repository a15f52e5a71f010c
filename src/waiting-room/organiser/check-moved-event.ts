import type { Tx } from '../../platform/db/pool.ts';
import { lockRoom } from '../store/rooms.ts';

/** Why an Event may not end at `end`: its waiting room would open later. The caller has locked the Event. */
export async function endProblemOfRoom(tx: Tx, eventId: string, end: Date): Promise<string | null> {
  const room = await lockRoom(tx, eventId);
  if (room === null || room.phase !== 'BEFORE_OPENING' || room.opensAt < end) return null;
  return `leaves the Event over before its waiting room opens (${room.opensAt.toISOString()}): move that, or close it, first`;
}
