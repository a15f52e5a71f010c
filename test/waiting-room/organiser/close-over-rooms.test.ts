import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { events } from '../../../src/catalog/index.ts';
import { closeOverRooms } from '../../../src/waiting-room/index.ts';
import { readRooms } from '../../../src/waiting-room/store/rooms.ts';
import { eventOnSale, inDays } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { makeRoom } from '../admissions.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

test('rooms of Events that are over or cancelled are closed, also those that keep places; others stay', async () => {
  const { platform } = world;
  const past = { startsAt: inDays(-2), endsAt: inDays(-1) };
  const [over, assumed, cancelled, under, ahead] = [
    await eventOnSale(platform, undefined, past),
    await eventOnSale(platform, undefined, { startsAt: inDays(-1) }), // without an end of its own
    await eventOnSale(platform),
    await eventOnSale(platform, undefined, { startsAt: inDays(-1), endsAt: inDays(1) }),
    await eventOnSale(platform),
  ];
  for (const { id } of [over, assumed, cancelled, under, ahead])
    await makeRoom(platform, id, { keepsPlaces: true });
  await platform.db.update(events).set({ status: 'CANCELLED' }).where(eq(events.id, cancelled.id));
  await Promise.all([closeOverRooms(platform), closeOverRooms(platform)]);
  const open = (await readRooms(platform.db)).map(({ eventId, fence }) => [eventId, fence]);
  expect(open.toSorted()).toEqual(
    [
      [under.id, 0],
      [ahead.id, 0],
    ].toSorted(),
  );
});
