import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { LineMessage } from '../../../src/waiting-room/line/entry-state.ts';
import { lineChannel, roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { LineView } from '../../../src/waiting-room/watch/line-view.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, forget, openOwnRoom, SETTLE_MS, START, type OwnRoom } from '../own-room.ts';
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
    const ticks = async (count: number, seconds = 1) => {
      for (let tick = 0; tick < count; tick++) await room.tick(controller, seconds);
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

  test('settles although every step is as slow as a pause', async () => {
    const { room, ticks } = await restored({ keepsPlaces: true });
    await room.change({ capacity: 4 });
    await ticks(20, 4);
    expect(await room.admissions()).toHaveLength(4);
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

test('a line that was lost before the opening settles, and is opened, although every step is as slow as a pause', async () => {
  const room = await openOwnRoom(live.platform);
  room.now = START - 4_000;
  await joinAll(room, entriesOf(3));
  const controller = room.controller();
  await room.tick(controller, 0);
  await forget(live.platform, await room.row());
  for (let tick = 0; tick < 20; tick++) await room.tick(controller, 4);
  expect(await room.row()).toMatchObject({ phase: 'OPEN' });
});

describe('where the clock of Redis is set back by an hour', () => {
  /** Redis has lost a line of which two are inside, and the controller has restored it. */
  async function restored() {
    const room = await openOwnRoom(live.platform, { capacity: 2 });
    let skewMs = 0;
    const line = new Line(live.platform, () => room.now + skewMs, SETTLE_MS);
    const entries = entriesOf(4);
    await joinAll(room, entries);
    const controller = await opened(room, { line });
    await forget(live.platform, await room.row());
    await room.tick(controller);
    return {
      ...{ room, line, entries },
      setBack: () => void (skewMs = -3_600_000),
      ticks: async (count: number) => {
        for (let tick = 0; tick < count; tick++) await room.tick(controller);
      },
    };
  }

  test('a lost line settles as soon as any', async () => {
    const { room, line, entries, setBack, ticks } = await restored();
    await room.change({ capacity: 4 });
    setBack();
    await line.touch(await room.row(), entries.slice(2), 30);
    await ticks(8);
    expect((await room.admissions()).map(({ place }) => place)).toEqual([1, 2, 3, 4]);
  });

  test('after it has settled, those who join are there', async () => {
    const { room, line, setBack, ticks } = await restored();
    await ticks(8);
    setBack();
    await ticks(1);
    const late = await line.join(await room.row(), 'late');
    await room.change({ capacity: 3 });
    await ticks(8);
    expect((await room.admissions()).map(({ entry }) => entry)).toContain('late');
    expect(late).toMatchObject({ kind: 'waiting' });
  });
});

describe('places of late entries that no token restores', () => {
  /** Redis has lost late entries at places 2 to 9, some of them came back, and the line has settled. */
  async function settled(restoredPlaces: readonly number[]) {
    const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
    await joinAll(room, entriesOf(1));
    const controller = await opened(room);
    await joinAll(room, entriesOf(8, 2));
    await forget(live.platform, await room.row());
    await room.tick(controller);
    const row = await room.row();
    for (const place of restoredPlaces) await room.line.restore(row, entriesOf(1, place)[0]!, place);
    room.now += 2_000;
    await room.tick(controller);
    room.now += 2_000;
    await room.tick(controller);
    const view = new LineView(0);
    const look = async () => void view.load((await room.line.snapshot(row))!);
    return { room, row, view, look };
  }

  test('are not counted as people ahead after the first step of a settled line', async () => {
    const { room, row, view, look } = await settled([4, 5, 8]);
    const late = await room.line.join(row, entriesOf(1, 99)[0]!);
    const { place } = late as { place: number };
    expect(place).toBeGreaterThan(10_000); // behind all that were reserved
    await look();
    expect([4, 5, 8, place].map((each) => view.peopleAhead(each))).toEqual([0, 1, 2, 3]);
    expect(view.isWaiting(6)).toBe(false);
  });

  test('are in the line again if a token comes late', async () => {
    const { room, row, look, view } = await settled([4]);
    expect(await room.line.restore(row, entriesOf(1, 7)[0]!, 7)).toEqual({ kind: 'waiting', place: 7 });
    await look();
    expect([6, 7, 8].map((place) => view.isWaiting(place))).toEqual([false, true, false]);
    expect(view.peopleAhead(9)).toBe(2);
    await room.line.leave(row, entriesOf(1, 7)[0]!);
    await look();
    expect(view.isWaiting(7)).toBe(false);
  });

  test('between thousands that are there are published within a step', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
    await joinAll(room, entriesOf(1));
    const controller = await opened(room);
    const even = entriesOf(6_000).map((entry, index): [string, number] => [`late ${entry}`, 2 * index + 2]);
    await room.line.writePlaces(await room.row(), even);
    await forget(live.platform, await room.row());
    await room.tick(controller);
    await room.line.writePlaces(await room.row(), even);
    const view = new LineView(0);
    const messages: LineMessage[] = [];
    const { redis, subscriptions } = live.platform;
    await subscriptions.add(lineChannel(redis.prefix, room), {
      onMessage: (text) => void messages.push(JSON.parse(text) as LineMessage),
      subscribed: () => {},
    });
    for (let tick = 0; tick < 3; tick++) await room.tick(controller, 2);
    const told = () => {
      for (const message of messages.splice(0)) view.apply(message);
      return view.peopleAhead(12_000);
    };
    await expect.poll(told).toBe(5_999);
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
