import { expect, test } from 'vitest';

import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { DEFAULT_WATCH_TIMES } from '../../../src/waiting-room/watch/queue-watch.ts';
import { RoomWatch } from '../../../src/waiting-room/watch/room-watch.ts';

const ROOM = {
  ...{ eventId: 'event', generation: 1, phase: 'BEFORE_OPENING', graceSeconds: 30, served: 0 },
  ...{ key: Buffer.alloc(32), opensAt: new Date('2027-01-01T12:00:00Z'), isPaused: false },
} as RoomRow;

/** A watch over a line that counts signs of life. */
function watchRoom() {
  const heard: string[] = [];
  const line = {
    find: async (_room: unknown, entries: readonly string[]) =>
      entries.map(() => ({ kind: 'before-opening' as const })),
    touch: async (_room: unknown, entries: readonly string[]) => {
      heard.push(...entries);
      return [];
    },
    restore: async () => null,
    snapshot: async () => null,
  };
  const platform = { log: {}, metrics: {} } as never;
  return { heard, watch: new RoomWatch(ROOM, { platform, line, times: DEFAULT_WATCH_TIMES, now: () => 0 }) };
}

test('a poll is passed on as a sign of life, but not once the room is closed', async () => {
  const open = watchRoom();
  const { entry } = await open.watch.status('ana', null);
  open.watch.tick(0);
  expect(open.heard).toEqual([entry]);

  const closed = watchRoom();
  await closed.watch.status('ana', null);
  await closed.watch.maintain(0, null);
  closed.watch.tick(0);
  expect(closed.heard).toEqual([]);
});
