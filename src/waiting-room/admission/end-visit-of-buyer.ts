import type { Platform } from '../../platform/index.ts';
import type { Line } from '../line/line.ts';
import { findCurrentRoom } from '../store/admissions.ts';
import { endVisitByPurchase } from '../store/visit-ends.ts';
import { entryOf } from '../tokens/entries.ts';
import { endVisitsInLine } from './line-steps.ts';

/** End the visit of a viewer who bought, and free its slot at once. It can be repeated; it throws while Redis is away. */
export async function endVisitOfBuyer(
  platform: Pick<Platform, 'db' | 'metrics' | 'redis'>,
  line: Line,
  { eventId, viewerId }: { eventId: string; viewerId: string },
): Promise<void> {
  const room = await findCurrentRoom(platform.db, eventId);
  if (room === null) return;
  const ended = await endVisitByPurchase(platform, room, entryOf(room, viewerId));
  if (ended.length === 0) return;
  const inside = await endVisitsInLine(line, room, ended);
  if (inside === null && platform.redis.state() !== 'none')
    throw new Error('redis is away: the slot is not free yet');
}
