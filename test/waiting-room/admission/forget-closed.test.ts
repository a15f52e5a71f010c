import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Platform } from '../../../src/platform/index.ts';
import { challengeKeys } from '../../../src/waiting-room/challenge/keys.ts';
import { Admission } from '../../../src/waiting-room/index.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { waitingRooms } from '../../../src/waiting-room/tables.ts';
import { openLivePlatform } from '../../seat-map/live-platform.ts';
import { inDays } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { entriesOf, openOwnRoom, type OwnRoom } from '../own-room.ts';

let opened: AsyncDisposableStack;
let platform: Platform;
beforeAll(async () => {
  opened = new AsyncDisposableStack();
  platform = opened.use(await openLivePlatform()).platform;
});
afterAll(() => opened.disposeAsync());

/** How many keys Redis has of a room. */
const keysOf = ({ eventId }: OwnRoom): Promise<number> =>
  platform.redis.connection!.exists(
    ...roomKeys(platform.redis.prefix, { eventId, generation: 1 }).slice(0, -1),
    countsOf(eventId),
  );

/** Where the challenge of a room counts entries. */
const countsOf = (eventId: string) => challengeKeys(platform.redis.prefix, { eventId, generation: 1 }).counts;

/** A room far ahead of its opening, with an entry, that the worker controls. */
async function collecting(): Promise<OwnRoom> {
  const room = await openOwnRoom(platform, { opensAt: inDays(30) });
  await room.line.join(await room.row(), entriesOf(1)[0]!);
  await platform.redis.connection!.set(countsOf(room.eventId), 'counts');
  await eventually('the room is controlled', async () => (await room.row()).controller !== null);
  return room;
}

test('the line of a room is deleted only once Postgres says that the room is closed', async () => {
  await using admission = new Admission({
    platform,
    stock: { read: async () => null, lastChange: async () => null, isOnSale: async () => true },
  }).start();
  const [unknown, closed] = [await collecting(), await collecting()];
  await platform.db.delete(waitingRooms).where(eq(waitingRooms.eventId, unknown.eventId));
  await closed.change({ phase: 'CLOSED' });
  await eventually('the closed room is deleted', async () => (await keysOf(closed)) === 0);
  void admission;
  expect(await keysOf(unknown)).toBeGreaterThan(0);
});
