import type { Viewer } from '../../platform/auth/viewer.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { queueLeft, waitingRoomNotFound } from '../outcomes.ts';
import { entryOf } from '../tokens/entries.ts';
import { findEntry, findRoomOf, isLive, lineUnavailable, type QueueParts } from './queue.ts';

/** Leave the line of an Event, or end the visit. Throws SERVICE_UNAVAILABLE without Redis. */
export async function leaveQueue(parts: QueueParts, viewer: Viewer, { event }: { event: string }) {
  const room = await findRoomOf(parts, viewer, event);
  if (room === null) return countOutcome(parts.platform, 'leaveQueue', waitingRoomNotFound());
  const entry = entryOf(room, viewer.id);
  // nothing to leave, or Redis is away
  if (!(await parts.line.leave(room, entry)) && isLive(await findEntry(parts, room, entry)))
    throw lineUnavailable();
  return countOutcome(parts.platform, 'leaveQueue', queueLeft(room));
}
