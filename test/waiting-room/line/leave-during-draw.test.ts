import { afterAll, beforeAll, expect, test } from 'vitest';

import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { joinAll, kinds, opened } from '../admission/steps.ts';
import { entriesOf, openOwnRoom } from '../own-room.ts';

let live: LivePlatform;
beforeAll(async () => void (live = await openLivePlatform({ commandMs: 10_000 })));
afterAll(() => live[Symbol.asyncDispose]());

const entries = entriesOf(3) as [string, string, string];
const [ana, ben, cleo] = entries;
const [dan] = entriesOf(1, 4) as [string];

/** Three entries are in the list that was closed, and the first has left it. */
async function leftDuringDraw(settings: { keepsPlaces: boolean }) {
  const room = await openOwnRoom(live.platform, { capacity: 1, ...settings });
  await joinAll(room, entries);
  const row = await room.row();
  expect(await room.line.closeArrivals(row)).toBe(3);
  expect(await room.line.leave(row, ana)).toBe(true);
  return { room, row, line: room.line };
}

test.each([{ keepsPlaces: true }, { keepsPlaces: false }])(
  'who leaves during the draw is gone at once, and not admitted, with %j',
  async (settings) => {
    const { room, row, line } = await leftDuringDraw(settings);
    expect(await line.find(row, entries)).toMatchObject([
      { kind: 'gone', place: null },
      { kind: 'before-opening' },
      { kind: 'before-opening' },
    ]);
    expect(await line.leave(row, ana)).toBe(false);
    expect(await line.touch(row, [ana, ben], 30)).toEqual([]); // of another device
    expect(await kinds(room, [ana])).toEqual(['gone']);

    await opened(room);
    expect(await kinds(room, entries)).toEqual(['gone', 'admitted', 'waiting']);
    expect((await room.admissions()).map(({ place }) => place)).toEqual([2]);
  },
);

test('who joins again during the draw keeps to the list', async () => {
  const { room, row, line } = await leftDuringDraw({ keepsPlaces: true });
  expect(await line.join(row, ana)).toEqual({ kind: 'before-opening' });
  await opened(room);
  expect(await kinds(room, entries)).toEqual(['admitted', 'waiting', 'waiting']);
});

test('a place that was given up during the draw is published', async () => {
  const { room, row, line } = await leftDuringDraw({ keepsPlaces: true });
  await line.join(row, ana);
  await line.leave(row, cleo);
  await line.join(row, dan);
  await opened(room);
  expect(await line.snapshot(row)).toMatchObject({ head: 1, gone: [3], waiting: 2, inside: 1 });
});
