import type { RoomKey } from '../store/rooms.ts';

/** Redis keys of a room's challenges; all share the hash tag `{eventId}`. */
export function challengeKeys(prefix: string, { eventId, generation }: RoomKey) {
  const room = `${prefix}{${eventId}}:waiting-room:${generation}`;
  return {
    /** That of the room's line: without one there is nothing to join. */
    line: `${room}:meta`,
    /** String: the challenge was spent. */
    spent: (nonce: string) => `${room}:challenge:${nonce}`,
    /** String: a byte per cell, two rows of cells; counts entries by address and by device. */
    counts: `${room}:entry-counts`,
    /** String: number of entries that look like one device. */
    suspects: `${room}:suspects`,
  };
}
