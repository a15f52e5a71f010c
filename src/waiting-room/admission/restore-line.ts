import type { Platform } from '../../platform/index.ts';
import type { OpeningResult } from '../draw/open-room.ts';
import type { Line } from '../line/line.ts';
import { writeOrder } from '../line/write-order.ts';
import { readOpenVisits, type OpenVisit, type VisitPosition } from '../store/admissions.ts';
import type { RoomRow } from '../store/rooms.ts';
import type { AbandonedPlaces } from './abandoned-places.ts';
import { MAX_ENTRIES_PER_STEP, type LineSteps, type Published } from './line-steps.ts';

/** The draw, as the controller takes it. */
export interface Opening {
  /** Draw the order and write the places. Called until the room is open; it can stop at any point. */
  openRoom(platform: Platform, line: Line, room: RoomRow): Promise<OpeningResult>;
  /** Entries in the order of their places, from 1, as they were drawn at the opening. */
  readOrder(platform: Platform, room: RoomRow): Promise<string[]>;
}

/** Parts of a room's controller. */
export interface LineParts {
  platform: Platform;
  line: Line;
  steps: LineSteps;
  abandoned: AbandonedPlaces;
}

/**
 * Make Redis show what Postgres has committed: visits that it lacks are added, those that ended removed, and entries that were
 * served leave the line. Visits end in between at most; those are removed by the next run. `false`: Redis is away.
 */
export async function reconcile(
  { platform, steps }: Pick<LineParts, 'platform' | 'steps'>,
  room: RoomRow,
  published: Omit<Published, 'head'>,
): Promise<boolean> {
  const inRedis = await steps.readVisits();
  if (inRedis === null) return false;
  let last: VisitPosition | null = null;
  do {
    const page: (OpenVisit & VisitPosition)[] = await readOpenVisits(
      platform.db,
      room,
      last,
      MAX_ENTRIES_PER_STEP,
    );
    const missing = page.filter(({ entry, place }) => inRedis.get(entry) !== place);
    for (const { entry, place } of page) if (inRedis.get(entry) === place) inRedis.delete(entry);
    const shown = await steps.admit(room.fence, missing, { ...published, head: room.served });
    if (shown === null) return false;
    last = page.length === MAX_ENTRIES_PER_STEP ? page.at(-1)! : null;
  } while (last !== null);
  const over = [...inRedis].map(([entry, place]) => ({ entry, place }));
  for (let at = 0; at < over.length; at += MAX_ENTRIES_PER_STEP)
    if ((await steps.endVisits(over.slice(at, at + MAX_ENTRIES_PER_STEP))) === null) return false;
  return steps.dropServed(room.fence, room.served);
}

/**
 * Restore a room that Redis lost: the head and the visits from Postgres, places from the list that was drawn, without
 * those that were abandoned; the rest of them from the tokens that clients present until it settles. Its fence was raised before. `false`: it is to be tried again.
 */
export async function restoreLine(
  { platform, line, steps, abandoned }: LineParts,
  opening: Opening,
  room: RoomRow,
  settleMs: number,
): Promise<boolean> {
  const { fence } = room;
  if ((await steps.startRestoring(fence, room)) === null) return false;
  if (!(await reconcile({ platform, steps }, room, { measuredRate: null, isSoldOut: false }))) return false;
  if (!(await abandoned.restore(room))) return false;
  const order = await opening.readOrder(platform, room);
  if (!(await writeOrder(line, room, order, room.served))) return false;
  if ((await steps.finishRestoring(fence, 'drawing', settleMs)) === null) return false;
  if (!(await steps.open(fence))) return false;
  platform.log.warn({ eventId: room.eventId, served: room.served, fence }, 'waiting room restored in redis');
  return true;
}
