import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { openPool } from '../../src/platform/db/pool.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { denyWithoutAdmission, LiveRooms } from '../../src/waiting-room/index.ts';
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

describe('while a table cannot be read', () => {
  const buyer = { id: 'ana', roles: new Set<never>() };
  /** Rooms of a process whose clock the test turns, with what it logged. */
  function ownRooms() {
    const clock = { nowMs: 1_000 };
    const log = { ...world.platform.log, warn: vi.fn(), info: vi.fn(), debug: vi.fn() };
    const metrics = openMetrics();
    const rooms = new LiveRooms({ db: world.platform.db, log, metrics }, () => clock.nowMs);
    const gauge = async (name: string) =>
      (await metrics.registry.getSingleMetric(name)!.get()).values[0]!.value;
    const lines = (level: 'warn' | 'info') => log[level].mock.calls.map(([, message]) => message as string);
    const deny = (eventId: string) =>
      denyWithoutAdmission({ waitingRooms: rooms, passes: [], loaders: {} as never }, buyer, eventId);
    const close = () => rooms[Symbol.asyncDispose]();
    return { rooms, clock, gauge, lines, deny, [Symbol.asyncDispose]: close };
  }
  /** Run work while a table has another name. */
  async function without(table: string, work: () => Promise<void>): Promise<void> {
    const { db } = world.platform;
    await db.execute(sql.raw(`alter table ${table} rename to away`));
    try {
      await work();
    } finally {
      await db.execute(sql.raw(`alter table away rename to ${table}`));
    }
  }

  test('that of ended visits, new rooms and closed ones are known; it is said once, and once when it is over', async () => {
    const { db } = world.platform;
    const [served, opened] = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
    const room = await makeRoom(world.platform, served.id);
    await admit(db, room, 'ana', 1);
    await using own = ownRooms();
    const { rooms, lines } = own;
    await rooms.refresh();
    await without('waiting_room_admissions', async () => {
      await makeRoom(world.platform, opened.id);
      await rooms.refresh();
      expect(rooms.known(opened.id)).toMatchObject({ generation: 1 });
      await db.execute(sql`update waiting_rooms set phase = 'CLOSED' where event_id = ${served.id}`);
      await rooms.refresh();
      expect(rooms.known(served.id)).toBeNull();
      await db.execute(sql`update waiting_rooms set phase = 'OPEN' where event_id = ${served.id}`);
      await rooms.refresh();
    });
    await rooms.refresh();
    expect([lines('warn'), lines('info')]).toEqual([['ended visits not read'], ['ended visits read again']]);
  });

  test('that of rooms, tickets are held for 10 s more, then none of any Event', async () => {
    const [behind, free] = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
    await makeRoom(world.platform, behind.id);
    await using own = ownRooms();
    const { rooms, clock, lines, deny } = own;
    await rooms.refresh();
    await without('waiting_rooms', async () => {
      clock.nowMs += 9_000;
      await rooms.refresh();
      expect(await deny(free.id)).toBeNull();
      expect(await deny(behind.id)).toMatchObject({ refusal: { __typename: 'AdmissionRequired' } });
      clock.nowMs += 1_001;
      await rooms.refresh();
      for (const { id } of [behind, free])
        await expect(deny(id)).rejects.toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
      expect(rooms.known(behind.id)).toMatchObject({ generation: 1 }); // what is shown stays
    });
    await rooms.refresh();
    expect(await deny(free.id)).toBeNull();
    expect([lines('warn'), lines('info')]).toEqual([
      ['waiting rooms not read'],
      ['waiting rooms read again'],
    ]);
  });

  test('that of rooms, the process says how old its reads are, and no stall that it cannot know', async () => {
    const { id } = await eventOnSale(world.platform);
    await makeRoom(world.platform, id, { opensAt: new Date(Date.now() - 3_600_000) });
    await using own = ownRooms();
    const { rooms, clock, gauge } = own;
    await rooms.refresh();
    await rooms.tick();
    expect(await gauge('onsale_waiting_rooms_read_age_seconds')).toBe(0);
    expect(await gauge('onsale_waiting_room_stalled_seconds')).toBeGreaterThan(3_000);
    await without('waiting_rooms', async () => {
      clock.nowMs += 11_000;
      await rooms.tick();
      expect(await gauge('onsale_waiting_rooms_read_age_seconds')).toBe(11);
      expect(await gauge('onsale_waiting_room_stalled_seconds')).toBe(0);
    });
    await rooms.refresh();
    await rooms.tick();
    expect(await gauge('onsale_waiting_rooms_read_age_seconds')).toBe(0);
    expect(await gauge('onsale_waiting_room_stalled_seconds')).toBeGreaterThan(3_000);
  });
});
