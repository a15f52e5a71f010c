import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AdmissionOptions } from '../../../src/waiting-room/admission/admission.ts';
import type { StockSource } from '../../../src/waiting-room/admission/stock.ts';
import type { RoomSettings } from '../../../src/waiting-room/store/rooms.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, openOwnRoom, stockOf, type OwnRoom } from '../own-room.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

const openRoom = (settings: Partial<RoomSettings> = {}) =>
  openOwnRoom(live.platform, { keepsPlaces: true, ...settings });
const joinAll = async (room: OwnRoom, entries: readonly string[]) => {
  const row = await room.row();
  for (const entry of entries) expect(await room.line.join(row, entry)).not.toBeNull();
};
const joinAs = async (room: OwnRoom, ...viewers: string[]) => {
  const row = await room.row();
  await joinAll(
    room,
    viewers.map((viewer) => entryOf(row, viewer)),
  );
};
/** The first tick opens a room, the second admits. */
const opened = async (room: OwnRoom, options?: Partial<AdmissionOptions>) => {
  const controller = room.controller(options);
  await room.tick(controller);
  await room.tick(controller);
  return controller;
};
/** The stock of a room; `after` is called when it was read. */
const readBefore = (room: OwnRoom, after: () => void): StockSource => {
  const source = stockOf(room);
  return {
    ...source,
    async read(...args) {
      const reading = await source.read(...args);
      after();
      return reading;
    },
  };
};

describe('the stock that admission goes by', () => {
  test('has holders and tickets of one instant: viewers who reserve beside the reading let no one in', async () => {
    const room = await openRoom({ capacity: 20 });
    const viewers = Array.from({ length: 10 }, (_, index) => `viewer-${index}`);
    room.stock = { available: 10, held: 0 };
    let reserves = false;
    const stock = readBefore(room, () => {
      if (!reserves) return;
      room.stock = { available: 5, held: 5 };
      room.holders = viewers.slice(0, 5);
    });
    await joinAs(room, ...viewers);
    const controller = await opened(room, { stock });
    await joinAll(room, entriesOf(10));
    expect(await room.admissions()).toHaveLength(10);
    reserves = true;
    for (let second = 0; second < 3; second++) await room.tick(controller);
    expect(await room.admissions()).toHaveLength(10); // 5 tickets, for the 5 inside who hold none
  });

  test('is read again before each batch of a tick', async () => {
    const room = await openRoom({ capacity: 3_000, admissionsPerMinute: 600_000 });
    await joinAll(room, entriesOf(1_300));
    const read = async () => ({
      available: (await room.admissions()).length > 0 ? 1_100 : 1_200, // 100 are blocked meanwhile
      ...{ held: 0, holders: [], ticketLimit: 10 },
    });
    await opened(room, { stock: { ...stockOf(room), read, lastChange: async () => null } });
    expect(await room.admissions()).toHaveLength(1_100);
  });

  test('has every holder: of a large hall, too, one who is inside is found among those who are not', async () => {
    const room = await openRoom();
    await joinAs(room, 'ana', 'ben');
    room.stock = { available: 1, held: 0 };
    const controller = await opened(room);
    room.holders = [...Array.from({ length: 12_000 }, (_, index) => `holder-${index}`), 'ana'];
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(2);
  });

  test('is read each second where the viewers inside may buy all of it within some', async () => {
    const room = await openRoom({ capacity: 10, admissionsPerMinute: 60 });
    room.ticketLimit = 100;
    room.stock = { available: 400, held: 0 };
    await joinAll(room, entriesOf(20));
    const controller = await opened(room);
    const { length: inside } = await room.admissions();
    room.stock = { available: 0, held: 400 };
    for (let second = 0; second < 3; second++) await room.tick(controller);
    expect(await room.admissions()).toHaveLength(inside);
  });

  test('is not counted each second while no one waits and no one is inside', async () => {
    const room = await openRoom();
    const controller = await opened(room);
    for (let second = 0; second < 30; second++) await room.tick(controller);
    expect(room.stockReads).toBeLessThanOrEqual(3);
    room.stock = { available: 7, held: 1 };
    for (let second = 0; second < 12; second++) await room.tick(controller);
    expect(await room.row()).toMatchObject({ ticketsLeft: 7, ticketsHeld: 1 });
  });

  test.each([
    ['sold out', { available: 0, held: 0 }, 0],
    ['for those inside', { available: 3, held: 0 }, 3],
  ])('is not counted while it is %s and no ticket changes; a ticket that returns is seen at once', async (_what, stock, inside) => {
    const room = await openRoom();
    room.stock = stock;
    await joinAll(room, entriesOf(6));
    const controller = await opened(room);
    for (let second = 0; second < 25; second++) await room.tick(controller);
    expect(await room.admissions()).toHaveLength(inside);
    expect(room.stockReads).toBeLessThanOrEqual(4);
    room.stock = { ...stock, available: stock.available + 2 };
    await room.tick(controller);
    expect(await room.admissions()).toHaveLength(inside + 2);
  }); // prettier-ignore

  test('is counted every three seconds while it is sold out and unknown whether a ticket changed', async () => {
    const room = await openRoom();
    room.stock = { available: 0, held: 0 };
    await joinAll(room, entriesOf(5));
    const controller = await opened(room, {
      stock: { ...stockOf(room), lastChange: async () => null },
    });
    for (let second = 0; second < 30; second++) await room.tick(controller);
    expect(room.stockReads).toBeLessThanOrEqual(12);
    room.stock = { available: 2, held: 0 };
    for (let second = 0; second < 3; second++) await room.tick(controller);
    expect(await room.admissions()).toHaveLength(2);
  });
});

describe('progress', () => {
  /** Three are inside and three wait for the three tickets left; a viewer elsewhere holds others. Returns how long the line stalled. */
  async function stall(optionsOf: (room: OwnRoom) => Partial<AdmissionOptions>) {
    const room = await openRoom();
    room.stock = { available: 3, held: 2 };
    room.holders = ['elsewhere'];
    await joinAll(room, entriesOf(6));
    const first = await opened(room);
    expect(await room.admissions()).toHaveLength(3);
    await room.tick(first); // notes the step before
    await first.release();
    const next = room.controller(optionsOf(room));
    for (let second = 0; second < 20; second++) await room.tick(next);
    const { figuresAt, progressAt } = await room.row();
    return (figuresAt!.getTime() - progressAt!.getTime()) / 1_000;
  }

  test('is made while each ticket is kept for a viewer inside', async () => {
    expect(await stall(() => ({}))).toBe(0);
  });

  test('is not made while it is unknown who is inside', async () => {
    const { redis } = live.platform;
    let isAway = false;
    const attempt: typeof redis.attempt = (feature, key, fallback, work) => {
      if (!isAway) return redis.attempt(feature, key, fallback, work);
      isAway = false; // for one call: the first after the stock was read
      return Promise.resolve(fallback);
    };
    const platform = { ...live.platform, redis: { ...redis, attempt } };
    const stalled = await stall((room) => ({
      ...{ platform, line: room.lineOf(platform) },
      stock: readBefore(room, () => (isAway = true)),
    }));
    expect(stalled).toBeGreaterThan(10);
  });
});
