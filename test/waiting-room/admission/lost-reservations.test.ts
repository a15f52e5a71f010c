import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { entriesOf, forget, openOwnRoom } from '../own-room.ts';
import { joinAll, opened } from './steps.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

const LISTED = 8;
const LAST = 28;

/** A room whose places from 9 to 28 were reserved by a commit that a failover of Postgres has lost. */
async function openRoom() {
  const room = await openOwnRoom(live.platform, { capacity: 2, keepsPlaces: true });
  await joinAll(room, entriesOf(LISTED));
  const controller = await opened(room);
  await joinAll(room, entriesOf(LAST - LISTED, LISTED + 1));
  await room.change({ placesReserved: LISTED });
  const join = async (entry: string) => room.line.join(await room.row(), entry);
  return { room, controller, join };
}

describe('places that Redis gives, and of which Postgres has lost the reservation', () => {
  test('are not admitted twice once Redis has lost the line, too: the room goes on', async () => {
    const { room, controller, join } = await openRoom();
    await room.change({ capacity: 12 });
    await room.tick(controller);
    await forget(live.platform, await room.row());
    await room.tick(controller);
    const late = await join('late');
    await room.change({ capacity: 13 });
    for (let second = 0; second < 7; second++) await room.tick(controller);
    expect((await room.admissions()).at(-1)).toMatchObject({ entry: 'late', place: 13 });
    expect(late).toEqual({ kind: 'waiting', place: 13 });
  });

  test('are reserved again by the next lease: no later entry is let in before those that have them', async () => {
    const { room, join } = await openRoom();
    room.now += 6_000;
    const controller = room.controller();
    await room.tick(controller);
    await forget(live.platform, await room.row());
    await room.tick(controller);
    const late = await join('late');
    expect((late as { place: number }).place).toBeGreaterThan(LAST);
    const waiting = entriesOf(1, LAST)[0]!;
    expect(await room.line.restore(await room.row(), waiting, LAST)).toEqual({
      kind: 'waiting',
      place: LAST,
    });
  });
});
