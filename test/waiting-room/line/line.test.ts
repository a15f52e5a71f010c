import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Platform } from '../../../src/platform/index.ts';
import type { LineMessage } from '../../../src/waiting-room/line/entry-state.ts';
import { lineChannel, roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { clusterIsHere, ownCluster } from '../../platform/redis/own-cluster.ts';
import { openLivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, forget, openOwnRoom } from '../own-room.ts';

const [ana, ben, cleo, dan] = entriesOf(4) as [string, string, string, string];

describe.each([
  ['one Redis', false],
  ['a Redis Cluster', true],
])('on %s', (_name, isCluster) => {
  const run = isCluster && !clusterIsHere ? test.skip : test;
  let opened: AsyncDisposableStack;
  let platform: Platform;
  beforeAll(async () => {
    opened = new AsyncDisposableStack();
    const redisUrl = isCluster && clusterIsHere ? opened.use(await ownCluster()).urls : undefined;
    const live = await openLivePlatform({ ...(redisUrl && { redisUrl }), commandMs: 10_000 });
    platform = opened.use(live).platform;
  }, 60_000);
  afterAll(() => opened.disposeAsync());

  run('entries join without a place, and get it at the opening; later ones queue behind', async () => {
    const room = await openOwnRoom(platform);
    const { line } = room;
    const before = await room.row();
    expect(await line.join(before, ana)).toEqual({ kind: 'before-opening' });
    expect(await line.join(before, ben)).toEqual({ kind: 'before-opening' });
    expect(await line.join(before, ana)).toEqual({ kind: 'before-opening' });
    expect(await line.closeArrivals(before)).toBe(2);
    expect(await line.join(before, cleo)).toEqual({ kind: 'waiting', place: 3 });
    expect(await line.readArrivals(before, 0)).toEqual([ana, ben]);
    expect(
      await line.writePlaces(before, [
        [ben, 1],
        [ana, 2],
      ]),
    ).toBe(true);
    expect(await line.find(before, [ana, ben, cleo, dan])).toEqual([
      { kind: 'waiting', place: 2 },
      { kind: 'waiting', place: 1 },
      { kind: 'waiting', place: 3 },
      null,
    ]);
    expect((await room.row()).placesReserved).toBeGreaterThanOrEqual(3);
  });

  run('a room that is closed before its opening is not begun again, and what is begun expires', async () => {
    const [open, closed] = [await openOwnRoom(platform), await openOwnRoom(platform)];
    const keysOf = ({ eventId }: { eventId: string }) =>
      roomKeys(platform.redis.prefix, { eventId, generation: 1 }).slice(0, -1);
    await open.line.join(await open.row(), ana);
    const redis = platform.redis.connection!;
    const ttls = await Promise.all(keysOf(open).map((key) => redis.pttl(key)));
    expect(ttls.filter((ttl) => ttl > 0)).toHaveLength(3); // meta, arrivals, seen
    expect(ttls.filter((ttl) => ttl === -1)).toEqual([]);

    const before = await closed.row();
    await closed.line.join(before, ana);
    await closed.change({ phase: 'CLOSED' });
    await forget(platform, { eventId: closed.eventId, generation: 1 });
    expect(await closed.line.touch(before, [ana])).toEqual([ana]); // this process does not know yet
    await closed.line.restore(before, ana, null);
    await closed.line.join(before, ben);
    expect(await redis.exists(...keysOf(closed))).toBe(0);
  });

  run(
    'one that left is gone, is told to watchers, and gets a new place at the end when it joins again',
    async () => {
      const room = await openOwnRoom(platform, { capacity: 1 });
      const { line } = room;
      for (const entry of [ana, ben, cleo]) await line.join(await room.row(), entry);
      const messages: LineMessage[] = [];
      await platform.subscriptions.add(lineChannel(platform.redis.prefix, room), {
        onMessage: (text) => void messages.push(JSON.parse(text) as LineMessage),
        subscribed: () => {},
      });
      const controller = room.controller();
      await room.tick(controller);
      await room.tick(controller);
      const row = await room.row();
      expect(row.phase).toBe('OPEN');
      expect(await line.leave(row, cleo)).toBe(true);
      expect(await line.leave(row, cleo)).toBe(false);
      expect(await line.find(row, [cleo])).toEqual([{ kind: 'gone', place: 3 }]);
      await room.tick(controller);
      const snapshot = await line.snapshot(row);
      expect(snapshot).toMatchObject({ head: 1, gone: [3], waiting: 1, inside: 1, isSoldOut: false });
      await expect.poll(() => messages.some(({ gone }) => gone.includes(3))).toBe(true);
      expect(messages.at(-1)).toMatchObject({ generation: 1, head: 1, waiting: 1, inside: 1 });
      expect(await line.join(row, cleo)).toEqual({ kind: 'waiting', place: 4 });
    },
  );

  run('tokens restore a line that was flushed; places that were served stay gone', async () => {
    const room = await openOwnRoom(platform, { capacity: 1 });
    const { line } = room;
    await line.join(await room.row(), ana);
    const controller = room.controller();
    for (let tick = 0; tick < 3; tick++) await room.tick(controller);
    const row = await room.row();
    for (const entry of [ben, cleo]) await line.join(row, entry);
    await forget(platform, row);
    expect(await line.join(row, dan)).toBeNull(); // until the controller has restored it
    await room.tick(controller);
    expect(await line.find(row, [ana, ben])).toEqual([
      expect.objectContaining({ kind: 'admitted', place: 1 }),
      null,
    ]);
    expect(await line.touch(row, [ana, ben, cleo])).toEqual([ben, cleo]);
    expect(await line.restore(row, cleo, 3)).toEqual({ kind: 'waiting', place: 3 });
    expect(await line.restore(row, ben, 2)).toEqual({ kind: 'waiting', place: 2 });
    expect(await line.restore(row, dan, 1)).toEqual({ kind: 'gone', place: 1 });
    const late = await line.join(row, entriesOf(1, 9)[0]!);
    expect(late).toMatchObject({ kind: 'waiting' });
    expect(late?.kind === 'waiting' && late.place).toBeGreaterThan(row.placesReserved);
  });

  run('an older token of an entry does not cost it the place that Redis has lost', async () => {
    const room = await openOwnRoom(platform, { capacity: 1 });
    const { line } = room;
    for (const entry of [ana, ben, cleo]) await line.join(await room.row(), entry);
    const controller = room.controller();
    for (let tick = 0; tick < 2; tick++) await room.tick(controller);
    const row = await room.row();
    await line.leave(row, ben);
    expect(await line.join(row, ben)).toEqual({ kind: 'waiting', place: 4 });
    await room.change({ capacity: 2 });
    await room.tick(controller);
    expect(await line.snapshot(row)).toMatchObject({ head: 3 });
    await forget(platform, row);
    await room.tick(controller);
    expect(await line.restore(row, ben, 2)).toEqual({ kind: 'gone', place: 2 });
    expect(await line.touch(row, [ben])).toEqual([ben]);
    expect(await line.restore(row, ben, 4)).toEqual({ kind: 'waiting', place: 4 });
    expect(await line.restore(row, ben, 2)).toEqual({ kind: 'waiting', place: 4 });
  });
});
