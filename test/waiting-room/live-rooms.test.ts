import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openPool } from '../../src/platform/db/pool.ts';
import { LiveRooms } from '../../src/waiting-room/index.ts';
import { eventOnSale } from '../support/seed.ts';
import { sessionsWaitingForLocks } from '../support/wait-until.ts';
import { openWorld, type World } from '../support/world.ts';
import { admit, makeRoom } from './admissions.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

test('until rooms could be read no Event is said to need no admission', async () => {
  const nowhere = openPool('postgres://127.0.0.1:9/none', 1);
  await using rooms = new LiveRooms({ ...world.platform, db: nowhere.db });
  await expect(rooms.of('01900000-0000-7000-8000-000000000001')).rejects.toMatchObject({
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });
});

test('while Postgres is away the last rooms stay, and their passes go on admitting', async () => {
  const { id } = await eventOnSale(world.platform);
  const room = await makeRoom(world.platform, id);
  const pass = await admit(world.platform.db, room, 'ana', 1);
  const pool = openPool(world.databaseUrl, 2);
  await using rooms = new LiveRooms({ ...world.platform, db: pool.db });
  expect(await rooms.of(id)).toMatchObject({ generation: 1 });
  await pool[Symbol.asyncDispose]();
  await rooms.refresh();
  expect(rooms.passes.isAdmitted((await rooms.of(id))!, 'ana', [pass])).toBe(true);
});

test('a refresh knows what was committed before it, also while another read is under way', async () => {
  const [served, opened] = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
  const { db } = world.platform;
  await admit(db, await makeRoom(world.platform, served.id), 'ana', 1);
  await using rooms = new LiveRooms(world.platform);
  await rooms.refresh();
  let refreshed = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.execute(sql`lock table waiting_room_admissions in access exclusive mode`); // the visits are read after the rooms
    void rooms.refresh();
    await sessionsWaitingForLocks(db);
    await makeRoom(world.platform, opened.id);
    refreshed = rooms.refresh();
  });
  await refreshed;
  expect(rooms.known(opened.id)).toMatchObject({ generation: 1 });
});
