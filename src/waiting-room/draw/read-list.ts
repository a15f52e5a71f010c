import type { Db } from '../../platform/db/pool.ts';
import { readListPart } from '../store/lists.ts';
import type { RoomKey } from '../store/rooms.ts';
import { unpackEntries } from './packed-entries.ts';

/** The parts of a closed list, in order; each is read when it is asked for. */
export async function* readList(db: Db, room: RoomKey): AsyncGenerator<string[], void, undefined> {
  for (let part = 0; ; part++) {
    const entries = await readListPart(db, room, part);
    if (entries === null) return;
    yield unpackEntries(entries);
  }
}
