import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Opening } from '../../../src/waiting-room/admission/restore-line.ts';
import { openRoom, readOrder } from '../../../src/waiting-room/draw/open-room.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { eventually } from '../../support/wait-until.ts';
import { entriesOf, forget, openOwnRoom, START } from '../own-room.ts';
import { joinAll, kinds, opened } from './steps.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

describe('a controller', () => {
  test('keeps others out while its lease lasts, and is fenced off by the one that takes over', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 3, keepsPlaces: true });
    await joinAll(room, entriesOf(6));
    const first = await opened(room);
    const second = room.controller();
    await room.tick(second, 0);
    expect([first.holdsLease, second.holdsLease]).toEqual([true, false]);
    room.now += 6_000;
    await room.tick(second);
    await room.change({ capacity: 4 });
    await room.tick(first);
    expect([first.holdsLease, second.holdsLease]).toEqual([false, true]);
    expect(await room.admissions()).toHaveLength(3);
    await room.tick(second);
    expect((await room.admissions()).map(({ place }) => place)).toEqual([1, 2, 3, 4]);
  });

  test('that does not reach Redis leaves the room to another process, and keeps its fence if there is none', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 3, keepsPlaces: true });
    await joinAll(room, entriesOf(6));
    const line = room.lineOf(live.platform);
    const cutOff = await opened(room, { line });
    const { fence } = await room.row();
    const away = vi.spyOn(line, 'run').mockResolvedValue(null);
    for (let second = 0; second < 20; second++) await room.tick(cutOff);
    expect(cutOff.holdsLease).toBe(true);
    expect((await room.row()).fence).toBe(fence);

    const other = room.controller();
    await room.change({ capacity: 4 });
    for (let second = 0; second < 20; second++) {
      await room.tick(cutOff, 0);
      await room.tick(other);
    }
    expect([cutOff.holdsLease, other.holdsLease]).toEqual([false, true]);
    expect(await room.admissions()).toHaveLength(4);
    away.mockRestore();
  });

  test('goes on with a new lease after a step that failed', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 3, keepsPlaces: true });
    await joinAll(room, entriesOf(2));
    const controller = await opened(room);
    const { fence } = await room.row();
    const { line } = room;
    const broken = vi.spyOn(line, 'run').mockRejectedValueOnce(new Error('broken'));
    await expect(room.tick(controller)).rejects.toThrow('broken');
    broken.mockRestore();
    await joinAll(room, entriesOf(3));
    await room.tick(controller);
    expect(controller.holdsLease).toBe(true);
    expect((await room.row()).fence).toBe(fence + 1);
    expect(await room.admissions()).toHaveLength(3);
  });

  test('takes over from a lease that was taken by a clock which was ahead', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 3, keepsPlaces: true });
    await joinAll(room, entriesOf(1));
    const first = await opened(room);
    room.now -= 3_600_000;
    const second = room.controller();
    await room.tick(second);
    expect(second.holdsLease).toBe(true);
    expect((await room.row()).controllerUntil!.getTime()).toBe(room.now + 4_000);
    await room.tick(first);
    expect(first.holdsLease).toBe(false);
  });

  test.each(['an opening', 'a restoration'])('keeps its lease through %s that outlasts it', async (work) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const room = await openOwnRoom(live.platform, { keepsPlaces: true });
      const other = room.controller();
      const untilOf = async () => (await room.row()).controllerUntil!.getTime();
      const outlast = async () => {
        for (let renewal = 0; renewal < 3; renewal++) {
          room.now += 4_000;
          vi.advanceTimersByTime(1_500);
          await eventually('the lease is renewed', async () => (await untilOf()) === room.now + 5_000);
          await room.tick(other, 0);
        }
      };
      const opening: Opening = {
        async openRoom(...args) {
          if (work === 'an opening') await outlast();
          return openRoom(...args);
        },
        async readOrder(...args) {
          if (work === 'a restoration') await outlast();
          return readOrder(...args);
        },
      };
      const controller = await opened(room, { opening });
      await forget(live.platform, await room.row());
      await room.tick(controller);
      expect([controller.holdsLease, other.holdsLease]).toEqual([true, false]);
      expect((await room.row()).phase).toBe('OPEN');
      expect(await room.line.snapshot(await room.row())).not.toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test('says once why a room does not advance, and once that it does', async () => {
    const lines: [string, string, string?][] = [];
    const log = {
      ...live.platform.log,
      info: (_fields: object, message: string) => lines.push(['info', message]),
      warn: ({ reason }: { reason: string }, message: string) => lines.push(['warn', message, reason]),
    } as unknown as LivePlatform['platform']['log'];
    const room = await openOwnRoom(live.platform, { keepsPlaces: true });
    const controller = await opened(room, { platform: { ...live.platform, log } });
    const away = vi.spyOn(room.line, 'run').mockResolvedValue(null);
    for (let second = 0; second < 20; second++) await room.tick(controller);
    away.mockRestore();
    await room.tick(controller);
    expect(lines.slice(-2)).toEqual([
      ['warn', 'waiting room does not advance', 'redis-unavailable'],
      ['info', 'waiting room advances again'],
    ]);
    expect(lines.filter(([level]) => level === 'warn')).toHaveLength(1);
  });

  test('that opens a room by the clock of Postgres waits for it, whatever its process thinks', async () => {
    const room = await openOwnRoom(live.platform, { opensAt: new Date(START + 3_000) });
    await joinAll(room, entriesOf(1));
    const controller = room.controller();
    await room.tick(controller);
    expect((await room.row()).phase).toBe('BEFORE_OPENING');
    room.now += 3_000;
    await room.tick(controller);
    expect((await room.row()).phase).toBe('OPEN');
  });

  test('shows admissions that were committed before Redis was lost, and admits none of them again', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 2, keepsPlaces: true });
    const entries = entriesOf(4);
    await joinAll(room, entries.slice(0, 2));
    const controller = await opened(room);
    await joinAll(room, entries.slice(2));
    await forget(live.platform, await room.row());
    await room.tick(controller);
    const row = await room.row();
    expect(await kinds(room, entries)).toEqual(['admitted', 'admitted', null, null]);
    await room.change({ capacity: 4 });
    await room.line.restore(row, entries[3]!, 4); // the later one is the first to come back
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(2); // tokens may restore earlier places
    await room.line.restore(row, entries[2]!, 3);
    for (let second = 0; second < 6; second++) await room.tick(controller);
    expect((await room.admissions()).map(({ place, entry }) => [place, entry])).toEqual(
      entries.map((entry, index) => [index + 1, entry]),
    );
  });

  test('restores the line that was drawn from its list', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true, order: 'SHUFFLED' });
    const entries = entriesOf(4);
    await joinAll(room, entries);
    const controller = await opened(room);
    const before = await room.line.find(await room.row(), entries);
    await forget(live.platform, await room.row());
    await room.tick(controller);
    expect(await room.line.find(await room.row(), entries)).toEqual(before);
  });
});
