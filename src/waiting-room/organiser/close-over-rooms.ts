import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { closeRoom, findOver, lockRoom, readRooms } from '../store/rooms.ts';

/** Close the rooms of Events that are over or cancelled: nothing is left to wait for, and what is kept of them has an end. */
export async function closeOverRooms(platform: Pick<Platform, 'db' | 'metrics' | 'log'>): Promise<void> {
  const { db, log } = platform;
  const rooms = await readRooms(db);
  if (rooms.length === 0) return;
  for (const eventId of await findOver(
    db,
    rooms.map((room) => room.eventId),
  )) {
    const closed = await inTransaction(platform, 'waitingRoom.closeOver', async (tx) => {
      const room = await lockRoom(tx, eventId);
      // it may have been postponed, and another worker may have closed it
      return room === null || !(await findOver(tx, [eventId])).has(eventId) ? null : closeRoom(tx, room);
    });
    if (closed !== null)
      log.info({ eventId, generation: closed.generation }, 'waiting room closed: its Event is over');
  }
}
