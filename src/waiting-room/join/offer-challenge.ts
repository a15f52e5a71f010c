import { makeChallenge } from '../challenge/challenge.ts';
import { attemptsFor, countOf } from '../challenge/effort.ts';
import { readCounts } from '../challenge/entry-counts.ts';
import { fingerprintOf } from '../challenge/fingerprint.ts';
import { findRoomOf, type Joiner, type QueueParts } from './queue.ts';

/** A challenge for a viewer's entry, as hard as the entries of its address make it; null: joining takes none, or is refused. */
export async function offerChallenge(parts: QueueParts, joiner: Joiner, event: string) {
  const room = await findRoomOf(parts, joiner.viewer, event);
  if (room === null || !room.requiresChallenge || room.isDraining) return null;
  const counts = await readCounts(parts.platform, room, fingerprintOf(room, joiner));
  const attempts = attemptsFor(countOf(counts), parts.challengeAttempts);
  return { attempts, ...makeChallenge(room, joiner.viewer.id, { attempts, now: parts.now() }) };
}
