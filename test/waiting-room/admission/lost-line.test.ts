import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, forget, openOwnRoom, START, type OwnRoom } from '../own-room.ts';
import { joinAll, kinds, opened } from './steps.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

describe('a line that was lost', () => {
  /** Two of them are inside; Redis has lost the others, and the controller has restored them. */
  async function restored(settings: Parameters<typeof openOwnRoom>[1]) {
    const room = await openOwnRoom(live.platform, { capacity: 2, ...settings });
    const entries = entriesOf(8);
    await joinAll(room, entries);
    const controller = await opened(room);
    await forget(live.platform, await room.row());
    await room.tick(controller);
    const touch = async (...places: number[]) =>
      room.line.touch(
        await room.row(),
        places.map((place) => entries[place - 1]!),
        30,
      );
    const ticks = async (count: number) => {
      for (let tick = 0; tick < count; tick++) await room.tick(controller);
    };
    return { room, entries, touch, ticks };
  }

  test('admits who gave a sign since; at the front others are given up, behind it they keep their grace', async () => {
    const { room, entries, touch, ticks } = await restored({ graceSeconds: 60 });
    await room.change({ capacity: 4 });
    await touch(5, 7);
    await ticks(3);
    expect(await room.admissions()).toHaveLength(2);
    await ticks(4);
    const inside = ['admitted', 'admitted'];
    expect(await kinds(room, entries)).toEqual([
      ...inside,
      ...['gone', 'gone', 'admitted', 'gone', 'admitted', 'waiting'],
    ]);
    await touch(8);
    await room.change({ capacity: 5 });
    await ticks(1);
    expect((await room.admissions()).map(({ place }) => place)).toEqual([1, 2, 5, 7, 8]);
  });

  test('admits all in order if places are kept', async () => {
    const { room, ticks } = await restored({ keepsPlaces: true });
    await room.change({ capacity: 5 });
    await ticks(7);
    expect((await room.admissions()).map(({ place }) => place)).toEqual([1, 2, 3, 4, 5]);
  });

  test('waits anew for signs after a pause in which none may have come through', async () => {
    const { room, entries, touch, ticks } = await restored({ graceSeconds: 60 });
    await room.change({ capacity: 4 });
    room.now += 20_000;
    await ticks(4);
    expect(await room.admissions()).toHaveLength(2);
    await touch(3, 4);
    await ticks(3);
    expect((await kinds(room, entries)).slice(0, 5)).toEqual([
      ...['admitted', 'admitted', 'admitted', 'admitted', 'waiting'],
    ]);
  });

  test('gives none up before those that poll rarely had their time, however short the grace is', async () => {
    const { room, entries, touch, ticks } = await restored({ graceSeconds: 2 });
    await ticks(3);
    await touch(3, 8);
    await ticks(5);
    expect(await kinds(room, entries)).toEqual([
      ...['admitted', 'admitted', 'waiting', 'gone', 'gone', 'gone', 'gone', 'waiting'],
    ]);
  });
});

describe('a single key that Redis lost', () => {
  const KEYS = ['meta', 'line', 'seen', 'visits', 'past', 'arrivals'];
  const loseKey = async (room: OwnRoom, key: string) => {
    const { redis } = live.platform;
    await redis.connection!.del(roomKeys(redis.prefix, await room.row())[KEYS.indexOf(key)]!);
  };

  test.each(['meta', 'line', 'seen', 'visits'])(
    '%s: no place is lost, and the capacity holds',
    async (key) => {
      const room = await openOwnRoom(live.platform, { capacity: 2 });
      const entries = entriesOf(6);
      await joinAll(room, entries);
      const controller = await opened(room);
      await loseKey(room, key);
      for (let tick = 0; tick < 8; tick++) {
        await room.tick(controller);
        await room.line.touch(await room.row(), entries.slice(2));
      }
      expect((await room.admissions()).map(({ place }) => place)).toEqual([1, 2]);
      await room.change({ capacity: 3 });
      await room.tick(controller);
      expect(await kinds(room, entries)).toEqual([
        ...['admitted', 'admitted', 'admitted', 'waiting', 'waiting', 'waiting'],
      ]);
    },
  );

  test('arrivals: those that present their tokens are in the list', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1 });
    room.now = START - 60_000;
    const entries = entriesOf(3);
    await joinAll(room, entries);
    const controller = room.controller();
    await room.tick(controller);
    await loseKey(room, 'arrivals');
    await room.tick(controller);
    const row = await room.row();
    const lost = (await room.line.touch(row, entries))!;
    for (const entry of lost) await room.line.restore(row, entry, null);
    room.now = START;
    await room.tick(controller);
    expect(await room.row()).toMatchObject({ phase: 'OPEN', listed: 3 });
  });
});
