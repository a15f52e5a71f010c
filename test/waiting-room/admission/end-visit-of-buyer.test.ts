import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { endVisitOfBuyer } from '../../../src/waiting-room/index.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { closeRoom } from '../../../src/waiting-room/store/rooms.ts';
import { waitingRoomAdmissions } from '../../../src/waiting-room/tables.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { admit, makeRoom } from '../admissions.ts';
import { openOwnRoom, START } from '../own-room.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

/** A viewer whose first visit is over, and who is inside again. */
async function insideAgain({ buys }: { buys: boolean }) {
  const room = await openOwnRoom(live.platform, { capacity: 1, visitSeconds: 30, keepsPlaces: true });
  const row = await room.row();
  const ana = entryOf(row, 'ana');
  await room.line.join(row, ana);
  const controller = room.controller();
  await room.tick(controller);
  await room.tick(controller);
  const reservedAt = room.now;
  if (buys) await room.buy('ana', { reservedAt });
  else room.now += 30_000;
  await room.tick(controller);
  await room.line.join(row, ana);
  await room.tick(controller);
  const state = async () => (await room.line.find(row, [ana]))![0];
  expect(await state()).toMatchObject({ kind: 'admitted', place: 2 });
  return { room, controller, reservedAt, state };
}

test.each([
  ['a late job for the purchase of an earlier visit', { buys: true }, 'BOUGHT'],
  ['the payment of what an earlier visit reserved', { buys: false }, 'EXPIRED'],
])('%s ends no later visit', async (_what, first, firstEnd) => {
  const { room, controller, reservedAt, state } = await insideAgain(first);
  await room.buy('ana', { reservedAt });
  await room.tick(controller);
  expect(await state()).toMatchObject({ kind: 'admitted', place: 2 });
  expect((await room.admissions()).map(({ endedBy }) => endedBy)).toEqual([firstEnd, null]);
  await room.buy('ana');
  expect(await state()).toMatchObject({ kind: 'gone' });
});

test('a purchase of before a room ends no visit of it', async () => {
  const { platform } = live;
  const eventId = randomUUID();
  const before = await makeRoom(platform, eventId);
  await admit(platform.db, before, 'ana', 1);
  const reservedAt = new Date();
  await platform.db.transaction((tx) => closeRoom(tx as never, before));
  const room = await makeRoom(platform, eventId);
  await admit(platform.db, room, 'ana', 1, new Date(START));
  await platform.db
    .update(waitingRoomAdmissions)
    .set({ admittedAt: new Date(reservedAt.getTime() + 1) })
    .where(eq(waitingRoomAdmissions.generation, room.generation));
  const purchase = { eventId, viewerId: 'ana', reservedAt: async () => reservedAt };
  await endVisitOfBuyer(platform, new Line(platform), purchase);
  const visits = await platform.db
    .select()
    .from(waitingRoomAdmissions)
    .where(eq(waitingRoomAdmissions.eventId, eventId));
  expect(visits.map(({ endedBy }) => endedBy)).toEqual([null, null]);
});

test('the slot is freed by the controller if Redis is away when the buyer pays', async () => {
  const room = await openOwnRoom(live.platform, { capacity: 1, keepsPlaces: true });
  const row = await room.row();
  const entries = ['ana', 'ben'].map((viewer) => entryOf(row, viewer));
  for (const entry of entries) await room.line.join(row, entry);
  const controller = room.controller();
  await room.tick(controller);
  await room.tick(controller);
  const { redis } = live.platform;
  const away = { ...redis, attempt: (async (_f, _k, fallback) => fallback) as typeof redis.attempt };
  await room.buy('ana', { line: room.lineOf({ ...live.platform, redis: away }) });
  const kinds = async () => (await room.line.find(row, entries))!.map((state) => state?.kind);
  expect(await kinds()).toEqual(['admitted', 'waiting']);
  await room.tick(controller);
  expect(await kinds()).toEqual(['gone', 'admitted']);
});
