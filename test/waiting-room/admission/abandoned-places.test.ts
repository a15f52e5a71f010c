import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AdmissionOptions } from '../../../src/waiting-room/admission/admission.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import {
  addAbandonedPlaces,
  MAX_PARTS,
  PLACES_PER_PART,
  readAbandonedPlaces,
} from '../../../src/waiting-room/store/abandoned-places.ts';
import { closeRoom } from '../../../src/waiting-room/store/rooms.ts';
import { LineView } from '../../../src/waiting-room/watch/line-view.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, forget, openOwnRoom, type OwnRoom } from '../own-room.ts';
import { joinAll, opened } from './steps.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

/** What is abandoned is saved within three ticks. */
const TICKS_UNTIL_SAVED = 3;

/** A room whose list has eight entries; two of them are inside. */
async function openRoomOfEight(options?: Partial<AdmissionOptions>) {
  const room = await openOwnRoom(live.platform, { capacity: 2, keepsPlaces: true });
  const entries = entriesOf(8);
  await joinAll(room, entries);
  const controller = await opened(room, options);
  const ticks = async (count = TICKS_UNTIL_SAVED) => {
    for (let tick = 0; tick < count; tick++) await room.tick(controller);
  };
  const loseLine = async () => {
    await forget(live.platform, await room.row());
    await ticks(1);
  };
  const entryAt = (place: number) => entries[place - 1]!;
  return { room, entryAt, controller, ticks, loseLine };
}

const leave = async (room: OwnRoom, entry: string) =>
  expect(await room.line.leave(await room.row(), entry)).toBe(true);
const join = async (room: OwnRoom, entry: string) => room.line.join(await room.row(), entry);
const restore = async (room: OwnRoom, entry: string, place: number) =>
  room.line.restore(await room.row(), entry, place);

describe('after Redis has lost everything', () => {
  test('a place of the draw that its entry left is not given back', async () => {
    const { room, entryAt, ticks, loseLine } = await openRoomOfEight();
    await leave(room, entryAt(4));
    const later = await join(room, entryAt(4));
    expect(later).toEqual({ kind: 'waiting', place: 9 });
    await ticks();
    await loseLine();
    expect((await room.line.find(await room.row(), [entryAt(4)]))![0]).toBeNull();
    expect(await restore(room, entryAt(4), 4)).toEqual({ kind: 'gone', place: 4 });
    expect(await restore(room, entryAt(4), 9)).toEqual(later);
    await ticks(8);
    const view = new LineView(0);
    view.load((await room.line.snapshot(await room.row()))!);
    expect([3, 5, 8, 9].map((place) => view.peopleAhead(place))).toEqual([0, 1, 4, 5]);
  });

  test('an older token does not restore a place that was left', async () => {
    const { room, ticks, loseLine } = await openRoomOfEight();
    expect(await join(room, 'late')).toEqual({ kind: 'waiting', place: 9 });
    await leave(room, 'late');
    expect(await join(room, 'late')).toEqual({ kind: 'waiting', place: 10 });
    await ticks();
    await loseLine();
    expect(await restore(room, 'late', 9)).toEqual({ kind: 'gone', place: 9 });
    expect(await restore(room, 'late', 10)).toEqual({ kind: 'waiting', place: 10 });
  });

  test('a place lost by silence is not given back', async () => {
    const { room, entryAt, ticks, loseLine } = await openRoomOfEight();
    await room.change({ keepsPlaces: false, graceSeconds: 10 });
    for (let second = 0; second < 20; second++) {
      await ticks(1);
      await room.line.touch(await room.row(), [3, 4, 6, 7, 8].map(entryAt));
    }
    await loseLine();
    expect(await restore(room, entryAt(5), 5)).toEqual({ kind: 'gone', place: 5 });
    expect(await restore(room, entryAt(6), 6)).toEqual({ kind: 'waiting', place: 6 });
  });

  test('as many parts as no one statement reads are restored', async () => {
    const { room, ticks, loseLine } = await openRoomOfEight();
    const places = entriesOf(MAX_PARTS + 6).map((entry, part): [string, number] => [
      `far ${entry}`,
      (part + 1) * PLACES_PER_PART,
    ]);
    await room.line.writePlaces(await room.row(), places.toReversed());
    for (const [entry] of places) await leave(room, entry);
    await ticks(2 * TICKS_UNTIL_SAVED);
    await loseLine();
    for (const [entry, place] of places)
      expect(await restore(room, entry, place)).toEqual({ kind: 'gone', place });
    expect(await restore(room, 'neighbour', PLACES_PER_PART - 1)).toMatchObject({ kind: 'waiting' });
    expect(await restore(room, 'other neighbour', PLACES_PER_PART + 1)).toMatchObject({ kind: 'waiting' });
  });
});

test('what a replica knows of abandoned places is joined with what Postgres knows', async () => {
  const { room, entryAt, ticks } = await openRoomOfEight();
  await leave(room, entryAt(4));
  await ticks();
  await leave(room, entryAt(6));
  const [meta, line, , , past] = roomKeys(live.platform.redis.prefix, await room.row());
  await live.platform.redis.connection!.del(meta!, line!, past!);
  await ticks(1);
  for (const place of [4, 6])
    expect(await restore(room, entryAt(place), place)).toEqual({ kind: 'gone', place });
  expect(await restore(room, entryAt(5), 5)).toEqual({ kind: 'waiting', place: 5 });
});

test('a place that was left is not given back after Redis evicts the entries that are gone', async () => {
  const { room, entryAt } = await openRoomOfEight();
  await leave(room, entryAt(4));
  await live.platform.redis.connection!.del(roomKeys(live.platform.redis.prefix, await room.row())[4]!);
  expect(await restore(room, entryAt(4), 4)).toEqual({ kind: 'gone', place: 4 });
});

describe('abandoned places in Postgres', () => {
  const bits = (...bytes: number[]) => Buffer.from(bytes);
  const partsOf = async (room: OwnRoom) => readAbandonedPlaces(live.platform.db, await room.row(), -1);

  test('are added to those that are known, under the fence of the controller alone', async () => {
    const room = await openOwnRoom(live.platform);
    const { platform } = live;
    const key = await room.row();
    expect(await addAbandonedPlaces(platform, key, [{ part: 0, places: bits(1, 128) }])).toBe(true);
    const added = [
      { part: 0, places: bits(2) },
      { part: 3, places: bits(7) },
    ];
    expect(await addAbandonedPlaces(platform, key, added)).toBe(true);
    expect(await addAbandonedPlaces(platform, { ...key, fence: key.fence - 1 }, added)).toBe(false);
    expect(await addAbandonedPlaces(platform, { ...key, fence: key.fence + 1 }, added)).toBe(false);
    expect(await partsOf(room)).toEqual([
      { part: 0, places: bits(3, 128) },
      { part: 3, places: bits(7) },
    ]);
  });

  test('are written by the next controller where the last one did not, and once for each change', async () => {
    const { room, entryAt, controller, ticks } = await openRoomOfEight();
    await leave(room, entryAt(4));
    await ticks(1);
    expect(await partsOf(room)).toEqual([]);
    await controller.release();
    const next = room.controller();
    for (let tick = 0; tick < TICKS_UNTIL_SAVED; tick++) await room.tick(next);
    expect(await partsOf(room)).toEqual([{ part: 0, places: bits(0b0001_0000) }]);
    const unsaved = roomKeys(live.platform.redis.prefix, await room.row())[10]!;
    for (let tick = 0; tick < TICKS_UNTIL_SAVED; tick++) await room.tick(next);
    expect(await live.platform.redis.connection!.exists(unsaved)).toBe(0);
  });

  test('are written by a controller that has the lease again, whatever it has saved before', async () => {
    const { room, entryAt, controller, ticks } = await openRoomOfEight();
    await leave(room, entryAt(4));
    await ticks();
    await controller.release();
    const between = room.controller();
    for (let tick = 0; tick <= TICKS_UNTIL_SAVED; tick++) await room.tick(between);
    await leave(room, entryAt(5));
    await between.release();
    await ticks(2 * TICKS_UNTIL_SAVED);
    expect(await partsOf(room)).toEqual([{ part: 0, places: bits(0b0001_1000) }]);
  });

  test('are deleted when the room is closed', async () => {
    const { room, entryAt, ticks } = await openRoomOfEight();
    await leave(room, entryAt(4));
    await ticks();
    expect(await partsOf(room)).toHaveLength(1);
    await live.platform.db.transaction(async (tx) => closeRoom(tx, await room.row()));
    expect(await partsOf(room)).toEqual([]);
  });
});
