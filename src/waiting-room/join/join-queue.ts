import type { JoinQueueInput } from '../../generated/graphql.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { checkSolution } from '../challenge/challenge.ts';
import { maxCountOf } from '../challenge/effort.ts';
import { spendChallenge } from '../challenge/entry-counts.ts';
import { fingerprintOf } from '../challenge/fingerprint.ts';
import {
  challengeRefused,
  challengeRequired,
  entryTokenRefused,
  queueJoined,
  waitingRoomDraining,
  waitingRoomNotFound,
  type LiveEntryState,
} from '../outcomes.ts';
import type { RoomRow } from '../store/rooms.ts';
import { entryOf, readEntryToken } from '../tokens/entries.ts';
import { findEntry, findRoomOf, isLive, lineUnavailable, type Joiner, type QueueParts } from './queue.ts';

/** Join the line of an Event, or find the entry that the viewer has. Throws SERVICE_UNAVAILABLE without Redis. */
export async function joinQueue(parts: QueueParts, joiner: Joiner, input: JoinQueueInput) {
  return countOutcome(parts.platform, 'joinQueue', await join(parts, joiner, input));
}

async function join(parts: QueueParts, joiner: Joiner, input: JoinQueueInput) {
  const { viewer } = joiner;
  const room = await findRoomOf(parts, viewer, input.event);
  if (room === null) return waitingRoomNotFound();
  const entry = entryOf(room, viewer.id);
  const joined = (state: LiveEntryState) => queueJoined(room, viewer, { entry, state });
  const enter = async () => {
    const state = await parts.line.join(room, entry);
    if (!isLive(state)) throw lineUnavailable();
    return state;
  };

  const token = isGiven(input.token) ? readEntryToken(room, viewer.id, input.token) : undefined;
  if (token === null) return entryTokenRefused();
  // a known entry keeps its state: one call of Redis
  if (token === undefined && !room.requiresChallenge && !room.isDraining) return joined(await enter());
  let known = await findEntry(parts, room, entry);
  if (isLive(known)) {
    if (known.kind !== 'admitted') await parts.line.touch(room, [entry]); // who reloads is there
    return joined(known);
  }
  if (known === null && token !== undefined) {
    known = await parts.line.restore(room, entry, token.place);
    if (known === null) throw lineUnavailable();
    if (isLive(known)) return joined(known);
  }

  if (room.isDraining) return waitingRoomDraining();
  if (room.requiresChallenge) {
    if (!isGiven(input.solution)) return challengeRequired();
    const verdict = await judge(parts, room, joiner, input.solution);
    // spent by this viewer's own request that has not joined yet, as of a double click, or could not: not one that is gone
    const isOwn = verdict === 'spent' && known === null;
    if (verdict !== 'accepted' && !isOwn) return challengeRefused();
  }
  return joined(await enter());
}

const isGiven = (text: string | null | undefined): text is string => text !== null && text !== undefined;

/** Check a solution, cheapest first, and spend it. */
async function judge(
  { platform, challengeAttempts, now }: QueueParts,
  room: RoomRow,
  joiner: Joiner,
  solution: string,
): Promise<'accepted' | 'spent' | 'refused'> {
  const at = now();
  const challenge = checkSolution(room, joiner.viewer.id, { solution, now: at });
  if (challenge === null) return 'refused';
  const spent = await spendChallenge(platform, room, {
    challenge,
    fingerprint: fingerprintOf(room, joiner),
    maxCount: maxCountOf(challenge.attempts, challengeAttempts),
    now: at,
  });
  if (spent === null) throw lineUnavailable();
  return spent === 'outgrown' ? 'refused' : spent;
}
