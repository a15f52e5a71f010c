import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readIsOnSale, readStock } from '../../../src/booking/index.ts';
import { events } from '../../../src/catalog/index.ts';
import { changeTickets } from '../../seat-map/ticket-rows.ts';
import { reserved, runOut } from '../../support/holds.ts';
import { eventOnSale, inDays } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

test('the stock counts what can be had and what is held, and names the holders if it is scarce', async () => {
  const { platform } = world;
  const seeded = await eventOnSale(platform, { seats: 20 });
  const stock = (demand: number, maxHolders = 10) =>
    readStock(platform.db, seeded.id, { demand, maxHolders });
  await reserved(await world.as('ana'), seeded.event, { places: [2, 3] });
  await reserved(await world.as('ana'), seeded.event, { places: [4] });
  await reserved(await world.as('ben'), seeded.event, { places: [5] });
  await runOut(platform.db, await reserved(await world.as('cleo'), seeded.event, { places: [6, 7] }));
  await changeTickets(platform, seeded, [10, 11, 12], 'BLOCKED');
  expect(await stock(13)).toEqual({ available: 13, held: 4, ticketLimit: 10, holders: null });
  const scarce = await stock(14);
  expect({ ...scarce, holders: scarce!.holders!.toSorted() }).toEqual({
    ...{ available: 13, held: 4, ticketLimit: 10 },
    holders: ['ana', 'ben'],
  });
  expect((await stock(14, 1))!.holders).toHaveLength(1);
});

test('an Event that was not published has no stock', async () => {
  expect(await readStock(world.platform.db, crypto.randomUUID(), { demand: 1, maxHolders: 1 })).toBeNull();
});

test.each<[string, Partial<typeof events.$inferInsert>, boolean]>([
  ['whose sale has begun', { saleStartsAt: inDays(-1) }, true],
  ['whose sale has not begun', { saleStartsAt: inDays(1) }, false],
  ['whose sale has ended', { saleEndsAt: inDays(-1) }, false],
  ['that is a draft', { status: 'DRAFT' }, false],
  ['that was cancelled', { status: 'CANCELLED' }, false],
])('an Event %s is on sale: %o, %s', async (_which, changes, isOnSale) => {
  const { db } = world.platform;
  const { id } = await eventOnSale(world.platform, { seats: 2 });
  await db.update(events).set(changes).where(eq(events.id, id));
  expect(await readIsOnSale(db, id)).toBe(isOnSale);
});
