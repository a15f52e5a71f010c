import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { burstOf } from '../../../src/waiting-room/admission/token-bucket.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, forget, openOwnRoom, type OwnRoom } from '../own-room.ts';
import { joinAll, kinds, opened } from './steps.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

describe('admission', () => {
  test('keeps to the capacity, and a visit that ends makes room for the next in line', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 2, visitSeconds: 30, keepsPlaces: true });
    const entries = entriesOf(5);
    await joinAll(room, entries);
    const controller = await opened(room);
    expect(await kinds(room, entries)).toEqual(['admitted', 'admitted', 'waiting', 'waiting', 'waiting']);
    expect(await room.line.leave(await room.row(), entries[0]!)).toBe(true);
    await room.tick(controller);
    expect(await kinds(room, entries)).toEqual(['gone', 'admitted', 'admitted', 'waiting', 'waiting']);
    await room.tick(controller, 28);
    await room.tick(controller, 1);
    expect(await kinds(room, entries)).toEqual(['gone', 'gone', 'admitted', 'admitted', 'waiting']);
    const ended = (await room.admissions()).map(({ place, endedBy }) => [place, endedBy]);
    expect(ended.slice(0, 2)).toEqual([
      [1, 'LEFT'],
      [2, 'EXPIRED'],
    ]);
  });

  test('keeps to the rate and its burst, also when another controller takes over', async () => {
    const room = await openOwnRoom(live.platform, {
      capacity: 1_000,
      admissionsPerMinute: 120,
      keepsPlaces: true,
    });
    await joinAll(room, entriesOf(60));
    room.now += 60_000; // the burst is all that a minute has left
    await opened(room);
    expect(await room.admissions()).toHaveLength(burstOf(120));
    room.now += 5_000; // its lease is over
    const next = room.controller();
    await room.tick(next);
    expect(await room.admissions()).toHaveLength(2 * burstOf(120));
    await room.tick(next);
    await room.tick(next);
    expect(await room.admissions()).toHaveLength(2 * burstOf(120) + 4);
  });

  test('gives up who was silent, wherever in the line, and none of the places if they are kept', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, graceSeconds: 10 });
    const kept = await openOwnRoom(live.platform, { capacity: 1, graceSeconds: 10, keepsPlaces: true });
    const entries = entriesOf(4);
    for (const each of [room, kept]) {
      await joinAll(each, entries);
      const controller = await opened(each);
      for (let second = 0; second < 11; second++) {
        await each.line.touch(await each.row(), [entries[2]!]);
        await each.tick(controller);
      }
    }
    expect(await kinds(room, entries)).toEqual(['admitted', 'gone', 'waiting', 'gone']);
    expect(await kinds(kept, entries)).toEqual(['admitted', 'waiting', 'waiting', 'waiting']);
    expect(await room.line.snapshot(await room.row())).toMatchObject({ head: 2, gone: [4], waiting: 1 });
  });

  test('does not count silence while no step was made: Redis may have been away', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, graceSeconds: 10 });
    const entries = entriesOf(3);
    await joinAll(room, entries);
    const controller = await opened(room);
    room.now += 30_000;
    await room.tick(controller);
    expect(await kinds(room, entries)).toEqual(['admitted', 'waiting', 'waiting']);
  });

  test('lets in no more than there are tickets for, and tells when there are none', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 10, keepsPlaces: true });
    room.stock = { available: 3, held: 0 };
    await joinAll(room, entriesOf(10));
    const controller = await opened(room);
    expect(await room.admissions()).toHaveLength(3);
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(3);
    room.stock = { available: 0, held: 3 };
    await room.tick(controller);
    expect(await room.line.snapshot(await room.row())).toMatchObject({ isSoldOut: false, inside: 3 });
    room.stock = { available: 0, held: 0 };
    await room.tick(controller);
    expect(await room.line.snapshot(await room.row())).toMatchObject({ isSoldOut: true });
    room.stock = { available: 5, held: 0 };
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(5);
    expect(await room.line.snapshot(await room.row())).toMatchObject({ isSoldOut: false, head: 5 });
  });

  test('admits no viewer before the sale begins, or after it has ended: that is no stall', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 2, keepsPlaces: true });
    room.isOnSale = false;
    await joinAll(room, entriesOf(3));
    const controller = await opened(room);
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(0);
    const { progressAt, figuresAt, secondsToClear } = await room.row();
    expect([progressAt, secondsToClear]).toEqual([figuresAt, null]);
    room.isOnSale = true;
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(2);
    room.isOnSale = false;
    await room.line.leave(await room.row(), entriesOf(1)[0]!);
    await room.tick(controller);
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(2);
  });

  test('asks whether the Event is on sale only while that shows: someone waits, or was admitted of late', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 2, visitSeconds: 30, keepsPlaces: true });
    const controller = await opened(room);
    await room.tick(controller);
    expect(room.saleReads).toBe(0);
    await joinAll(room, entriesOf(1));
    await room.tick(controller);
    await room.tick(controller, 60);
    expect([room.saleReads, (await room.row()).secondsToClear]).toEqual([2, 0]);
    room.isOnSale = false;
    await room.tick(controller);
    await room.tick(controller, 120);
    expect([room.saleReads, (await room.row()).secondsToClear]).toEqual([4, null]);
    await room.tick(controller);
    expect(room.saleReads).toBe(4);
  });

  test('counts a viewer inside who holds tickets as served', async () => {
    const room = await openOwnRoom(live.platform, { keepsPlaces: true });
    const row = await room.row();
    room.stock = { available: 1, held: 0 };
    const viewers = ['ana', 'ben', 'cleo'];
    await joinAll(
      room,
      viewers.map((viewer) => entryOf(row, viewer)),
    );
    const controller = await opened(room);
    expect(await room.admissions()).toHaveLength(1);
    room.holders = ['ana'];
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(2);
  });

  test('with the stock bound switched off lets in more than there are tickets for', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 10, keepsPlaces: true });
    room.stock = { available: 3, held: 0 };
    await joinAll(room, entriesOf(10));
    await opened(room, { switches: { stockBound: false } });
    expect((await room.admissions()).length).toBeGreaterThan(3);
  });

  test('ends the visit of a buyer, once, and frees the slot', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
    const row = await room.row();
    const entries = ['ana', 'ben'].map((viewer) => entryOf(row, viewer));
    await joinAll(room, entries);
    const controller = await opened(room);
    for (let time = 0; time < 2; time++) await room.buy('ana');
    expect(await kinds(room, entries)).toEqual(['gone', 'waiting']);
    await room.tick(controller);
    expect(await kinds(room, entries)).toEqual(['gone', 'admitted']);
    expect((await room.admissions()).map(({ endedBy }) => endedBy)).toEqual(['BOUGHT', null]);
  });

  test('stands still while paused, and a drained room closes once its line is empty', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
    const entries = entriesOf(2);
    await joinAll(room, entries);
    await room.change({ isPaused: true });
    const controller = await opened(room);
    expect(await room.admissions()).toHaveLength(0);
    await room.change({ isPaused: false, isDraining: true });
    await room.tick(controller);
    await room.tick(controller);
    expect(await room.row()).toMatchObject({ phase: 'OPEN', waiting: 1 });
    await room.line.leave(await room.row(), entries[1]!);
    await room.tick(controller);
    expect((await room.row()).phase).toBe('CLOSED');
  });

  test('does not close a drained room before the entries that Redis lost could come back', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
    const controller = await opened(room);
    const entries = entriesOf(2);
    await joinAll(room, entries);
    await room.tick(controller);
    await room.change({ isDraining: true });
    await forget(live.platform, await room.row());
    await room.tick(controller);
    expect((await room.row()).phase).toBe('OPEN');
    await room.line.restore(await room.row(), entries[1]!, 2);
    for (let second = 0; second < 6; second++) await room.tick(controller);
    expect(await kinds(room, [entries[1]!])).toEqual(['waiting']); // behind the visit of the first
    await room.line.leave(await room.row(), entries[1]!);
    await room.tick(controller);
    expect((await room.row()).phase).toBe('CLOSED');
  });
});

describe('progress', () => {
  const progressOf = async (room: OwnRoom) => (await room.row()).progressAt?.getTime() ?? null;
  /** Some steps of a controller; returns how long before the last noted one the line last had no reason to stand. */
  async function stallAfter(room: OwnRoom, controller: Awaited<ReturnType<typeof opened>>, seconds: number) {
    for (let second = 0; second < seconds; second++) await room.tick(controller);
    const { figuresAt } = await room.row();
    return (figuresAt!.getTime() - (await progressOf(room))!) / 1_000;
  }

  test('stands still while there is room, line and stock, but no one is admitted', async () => {
    const room = await openOwnRoom(live.platform, { capacity: 5, keepsPlaces: true, admissionsPerMinute: 1 });
    await joinAll(room, entriesOf(3));
    const controller = await opened(room);
    expect(await stallAfter(room, controller, 20)).toBeGreaterThan(10); // the rate allows one a minute
  });

  test.each<
    [string, Partial<{ capacity: number; isPaused: boolean; stock: OwnRoom['stock']; entries: number }>]
  >([
    ['no one waits', { entries: 1 }],
    ['no slot is free', { capacity: 1 }],
    ['it is paused', { isPaused: true }],
    ['there is no ticket', { stock: { available: 0, held: 3 } }],
  ])('is made while %s', async (_when, { capacity = 5, isPaused = false, stock, entries = 3 }) => {
    const room = await openOwnRoom(live.platform, { capacity, keepsPlaces: true });
    if (stock !== undefined) room.stock = stock;
    await joinAll(room, entriesOf(entries));
    if (isPaused) await room.change({ isPaused });
    const controller = await opened(room);
    expect(await stallAfter(room, controller, 20)).toBe(0);
  });
});
