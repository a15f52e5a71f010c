import { signedIn, type Viewer } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import type { Client } from '../challenge/fingerprint.ts';
import type { EntryState } from '../line/entry-state.ts';
import type { Line } from '../line/line.ts';
import type { LiveRooms } from '../live-rooms.ts';
import type { LiveEntryState } from '../outcomes.ts';
import type { RoomRow } from '../store/rooms.ts';

/** What joining needs of the process. */
export interface QueueParts {
  platform: Pick<Platform, 'redis' | 'metrics'>;
  waitingRooms: Pick<LiveRooms, 'shownTo'>;
  line: Pick<Line, 'find' | 'touch' | 'restore' | 'join' | 'leave' | 'count'>;
  /** Attempts that the challenge of a first entry takes at most. */
  challengeAttempts: number;
  /** The clock of Postgres: a challenge that one process makes is judged by another. */
  now: () => Date;
}

/** Whose entry, and from where. */
export interface Joiner extends Client {
  viewer: Viewer;
}

/** The viewer of a request, and its client. */
export const joinerOf = (context: { viewer: Viewer | null } & Client): Joiner => ({
  viewer: signedIn(context),
  address: context.address,
  rawHeaders: context.rawHeaders,
});

/** The room in front of an Event that a viewer names; null: it has none, or the viewer may not see the Event. */
export async function findRoomOf(
  { waitingRooms }: QueueParts,
  viewer: Viewer,
  globalId: string,
): Promise<RoomRow | null> {
  const eventId = decodeIdOf('Event', globalId)?.id;
  return eventId === undefined ? null : waitingRooms.shownTo(viewer, eventId);
}

/** Where an entry stands, or null if it is unknown. Throws SERVICE_UNAVAILABLE without Redis. */
export async function findEntry(
  { line }: QueueParts,
  room: RoomRow,
  entry: string,
): Promise<EntryState | null> {
  const found = await line.find(room, [entry]);
  if (found === null) throw lineUnavailable();
  return found[0] ?? null;
}

/** Known, and not gone. */
export const isLive = (state: EntryState | null): state is LiveEntryState =>
  state !== null && state.kind !== 'gone';

/** Redis, or its shard of the Event, is away. */
export const lineUnavailable = () =>
  new CodedError(
    'SERVICE_UNAVAILABLE',
    'The line cannot be reached right now; those in it keep their places.',
    {
      retryAfterSeconds: 1,
    },
  );
