import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import type { Line } from '../line/line.ts';
import { writeOrder } from '../line/write-order.ts';
import { finishDrawing, insertListPart, startDrawing } from '../store/lists.ts';
import { lockRoom, type RoomRow } from '../store/rooms.ts';
import { hashOfList, shuffle, sortEntries } from './draw.ts';
import { isDrawn, type DrawnRoom } from './drawn-room.ts';
import { ENTRIES_PER_PART, packEntries } from './packed-entries.ts';
import { readList } from './read-list.ts';

type DrawPlatform = Pick<Platform, 'db' | 'metrics'>;
type DrawLine = Pick<Line, 'closeArrivals' | 'readArrivals' | 'snapshot' | 'writePlaces'>;

/** Joins within a round trip of one process. */
const STRAGGLERS_GAP = 1_000;
/**
 * What came of an attempt to open a room.
 *
 * settling       Redis is away, or lost the room, and its entries have 35 s to come back
 * list-not-read  the list that Redis closed cannot be read whole
 * not-written    Redis did not take the places
 * fenced         another controller has the room, or it is not to be opened any more
 */
export type OpeningResult = 'opened' | 'settling' | 'list-not-read' | 'not-written' | 'fenced';

/**
 * Open a room whose time has come: close the list, commit to it, and write the places into the line. Called by the controller,
 * whose fence the room has, until it is opened. Each step can be repeated, by another controller as well: what is stored
 * is not drawn again, and the same list and seed give the same places.
 */
export async function openRoom(
  platform: DrawPlatform,
  line: DrawLine,
  room: RoomRow,
): Promise<OpeningResult> {
  const arrivals = await line.closeArrivals(room); // also if Redis has lost the room since
  if (arrivals === null) return 'settling';
  const closed = isDrawn(room) ? room : await closeList(platform, line, room, arrivals);
  if (typeof closed === 'string') return closed;
  const order = await readOrder(platform, closed);
  if (!(await writeOrder(line, closed, order)) || !(await placeStragglers(line, closed)))
    return 'not-written';
  const isOpen = await inTransaction(platform, 'waitingRoom.finishDrawing', (tx) =>
    finishDrawing(tx, closed),
  );
  return isOpen ? 'opened' : 'fenced';
}

/** The entries of a list in the order of their places, from 1; empty before the list is closed. */
export async function readOrder({ db }: Pick<Platform, 'db'>, room: RoomRow): Promise<string[]> {
  if (!isDrawn(room)) return [];
  const entries: string[] = [];
  for await (const part of readList(db, room)) entries.push(...part);
  if (entries.length !== room.listed)
    throw new Error(`of ${room.listed} entries at the opening ${entries.length} are stored`);
  return room.order === 'SHUFFLED' ? shuffle(entries, room) : entries;
}

async function closeList(
  platform: DrawPlatform,
  line: DrawLine,
  room: RoomRow,
  arrivals: number,
): Promise<DrawnRoom | 'list-not-read' | 'fenced'> {
  const arrived = await readAllArrivals(line, room);
  if (arrived?.length !== arrivals) return 'list-not-read'; // emptied in between: a shorter list must not be committed to
  const entries = room.order === 'SHUFFLED' ? await sortEntries(arrived) : arrived;
  const list = { listHash: await hashOfList(entries), listed: entries.length };
  return inTransaction(platform, 'waitingRoom.closeList', async (tx) => {
    const locked = await lockRoom(tx, room.eventId);
    if (locked?.generation !== room.generation || locked.fence !== room.fence) return 'fenced' as const;
    if (isDrawn(locked)) return locked;
    if (locked.opensAt.getTime() !== room.opensAt.getTime()) return 'fenced' as const; // put off meanwhile
    for (let part = 0; part * ENTRIES_PER_PART < entries.length; part++) {
      const start = part * ENTRIES_PER_PART;
      const packed = packEntries(entries.slice(start, start + ENTRIES_PER_PART));
      await insertListPart(tx, room, { part, entries: packed });
    }
    await startDrawing(tx, room, list);
    return { ...locked, ...list, phase: 'DRAWING' as const };
  });
}

/**
 * Entries that arrived after the list was closed, in a line that had been lost and was begun anew, get places at the end. The
 * highest is given first: later entries then queue behind it, and the gap is for those of the meantime.
 */
async function placeStragglers(line: DrawLine, room: RoomRow): Promise<boolean> {
  const stragglers = await readAllArrivals(line, room);
  if (stragglers === null || stragglers.length === 0) return stragglers !== null;
  const snapshot = await line.snapshot(room);
  if (snapshot === null) return false;
  const before = snapshot.last + STRAGGLERS_GAP;
  const places = stragglers.map((entry, index): [string, number] => [entry, before + index + 1]);
  return (await line.writePlaces(room, places.toReversed())) !== null;
}

/** In order of arrival, each once. */
async function readAllArrivals(line: DrawLine, room: RoomRow): Promise<string[] | null> {
  const entries = new Set<string>();
  for (let cursor = 0; ;) {
    const page = await line.readArrivals(room, cursor);
    if (page === null) return null;
    if (page.length === 0) return [...entries];
    for (const entry of page) entries.add(entry);
    cursor += page.length;
  }
}
