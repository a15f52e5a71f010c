import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Platform } from '../../../src/platform/index.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { ownRedis } from '../../seat-map/own-redis.ts';
import { entriesOf, openOwnRoom } from '../own-room.ts';
import { joinAll, kinds, opened } from './steps.ts';

let live: LivePlatform;
/** A process that sees the new master; `live.platform` goes on with the old one. */
let promoted: Platform;
const owned = new AsyncDisposableStack();
beforeAll(async () => {
  live = owned.use(await openLivePlatform({ commandMs: 10_000 }));
  const { url } = owned.use(await ownRedis());
  const { log, metrics, redis } = live.platform;
  promoted = {
    ...live.platform,
    redis: owned.use(openRedis(url, { prefix: redis.prefix, log, metrics, commandMs: 10_000 })),
  };
});
afterAll(() => owned.disposeAsync());

test('two masters give no place twice, and entries of the old one keep theirs on the new one', async () => {
  const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
  const [first, last, refused, late, other] = entriesOf(5) as [string, string, string, string, string];
  await joinAll(room, [first]);
  await opened(room);
  const { placesReserved: reserved } = await room.row();
  const meta = roomKeys(live.platform.redis.prefix, await room.row())[0]!;
  await live.platform.redis.connection!.hset(meta, 'next', reserved - 1); // one place is left of the block

  room.now += 10_000; // the lease of the controller is over: one that sees the new master takes the room
  const onNew = room.lineOf(promoted);
  const controller = room.controller({ platform: promoted, line: onNew });
  await room.tick(controller);
  const row = await room.row();
  expect(await onNew.join(row, late)).toEqual({ kind: 'waiting', place: reserved + 1 });
  expect(await room.line.join(row, last)).toEqual({ kind: 'waiting', place: reserved });
  expect(await room.line.join(row, refused)).toBeNull();

  expect(await onNew.restore(row, last, reserved)).toEqual({ kind: 'waiting', place: reserved });
  expect(await onNew.join(row, refused)).toEqual({ kind: 'waiting', place: reserved + 2 });
  expect(await onNew.join(row, other)).toEqual({ kind: 'waiting', place: reserved + 3 });
  await room.change({ capacity: 3 });
  for (let second = 0; second < 7; second++) await room.tick(controller);
  expect((await room.admissions()).map(({ entry }) => entry)).toEqual([first, last, late]);
  expect(await onNew.find(row, [refused, other])).toMatchObject([{ kind: 'waiting' }, { kind: 'waiting' }]);
  expect(await kinds(room, [first])).toEqual(['admitted']);
});
