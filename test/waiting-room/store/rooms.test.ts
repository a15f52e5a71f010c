import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readRooms } from '../../../src/waiting-room/store/rooms.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ redisUrl: null });
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** One in ten is closed. */
const ROOMS = 11_500;

test('every room that is not closed is read, by Event, also more than ten thousand', async () => {
  const { db } = world.platform;
  await db.execute(sql`
    insert into waiting_rooms (event_id, generation, phase, opens_at, capacity, admissions_per_minute, visit_seconds,
      grace_seconds, "order", protects_seat_map, keeps_places, requires_challenge, key, seed)
    select gen_random_uuid(), 1, case when n % 10 = 0 then 'CLOSED' else 'OPEN' end::waiting_room_phase, now(), 1, 1, 60, 60,
      'ARRIVAL', true, false, false, '\\x00', '\\x00'
    from generate_series(1, ${ROOMS}::int) n`);
  const ids = (await readRooms(db)).map(({ eventId }) => eventId);
  const { rows } = await db.execute<{ id: string }>(
    sql`select event_id as id from waiting_rooms where phase <> 'CLOSED' order by event_id`,
  );
  expect(rows.length).toBeGreaterThan(10_000);
  expect(ids).toEqual(rows.map(({ id }) => id));
});
