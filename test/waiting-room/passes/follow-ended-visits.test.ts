import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readNow } from '../../../src/catalog/index.ts';
import { EndedVisitsFollower } from '../../../src/waiting-room/passes/follow-ended-visits.ts';
import { PostgresClock } from '../../../src/waiting-room/passes/postgres-clock.ts';
import { readRooms, type RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { eventOnSale } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { admit, endVisit, makeRoom } from '../admissions.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

async function follow(pageRows?: number) {
  const { db } = world.platform;
  const clock = new PostgresClock();
  const follower = new EndedVisitsFollower(db, clock, pageRows);
  const read = async () => {
    await clock.measure(() => readNow(db));
    await follower.read(new Map((await readRooms(db)).map((room) => [room.eventId, room])));
  };
  await read();
  return {
    read,
    ended: (room: RoomRow, places = 12) =>
      Array.from({ length: places }, (_, place) => place).filter((place) => follower.ended.has(room, place)),
  };
}

async function room(admitted: number): Promise<RoomRow> {
  const { id } = await eventOnSale(world.platform);
  const made = await makeRoom(world.platform, id);
  for (let place = 1; place <= admitted; place++)
    await admit(world.platform.db, made, `viewer ${place}`, place);
  return made;
}

test('each read takes what ended since the last one, of every room', async () => {
  const { db } = world.platform;
  const [one, two] = [await room(5), await room(2)];
  await endVisit(db, one, 1);
  const { read, ended } = await follow();
  expect([ended(one), ended(two)]).toEqual([[1], []]);
  await endVisit(db, one, 4);
  await endVisit(db, two, 2);
  await read();
  expect([ended(one), ended(two)]).toEqual([[1, 4], [2]]);
});

test('more than a page is read whole, also if all ended in the same instant', async () => {
  const { db } = world.platform;
  const many = await room(11);
  await db.execute(
    sql`update waiting_room_admissions set ended_at = now(), ended_by = 'EXPIRED' where event_id = ${many.eventId}`,
  );
  const { ended } = await follow(3);
  expect(ended(many)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('an end that is committed after a later one is not missed', async () => {
  const { db } = world.platform;
  const slow = await room(3);
  const { read, ended } = await follow();
  await db.transaction(async (tx) => {
    await endVisit(tx as never, slow, 1);
    await endVisit(db, slow, 2);
    await read();
    expect(ended(slow)).toEqual([2]);
  });
  await read();
  expect(ended(slow)).toEqual([1, 2]);
});

/** End visits by the controller, in a transaction that began five minutes ago. */
async function endLate({ eventId }: RoomRow, places: readonly number[], logged: number): Promise<void> {
  await world.platform.db.transaction(async (tx) => {
    for (const [index, place] of places.entries())
      await tx.execute(sql`update waiting_room_admissions set ended_at = now() - interval '5 minutes', ended_by = 'EXPIRED',
        end_number = ${logged + index + 1}::int where event_id = ${eventId} and place = ${place}`);
    await tx.execute(
      sql`update waiting_rooms set logged = ${logged + places.length} where event_id = ${eventId}`,
    );
  });
}

test('an end is read however long its transaction took, by the controller or a buyer, also over pages', async () => {
  const { db } = world.platform;
  const late = await room(8);
  const { read, ended } = await follow(2);
  await endLate(late, [5, 4, 2, 6, 1], 8);
  await read();
  expect(ended(late)).toEqual([1, 2, 4, 5, 6]);
  await db.execute(sql`update waiting_room_admissions set ended_at = now() - interval '5 minutes', ended_by = 'BOUGHT'
    where event_id = ${late.eventId} and place in (3, 7, 8)`);
  await read();
  expect(ended(late)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('an end is read whose number was given before, to one that Postgres lost in a failover', async () => {
  const lost = await room(3);
  await endLate(lost, [1], 20);
  const { read, ended } = await follow();
  await endLate(lost, [2], 9);
  await read();
  expect(ended(lost)).toEqual([1, 2]);
});

test('visits whose passes have expired are not read', async () => {
  const { db } = world.platform;
  const old = await room(2);
  await db.execute(sql`update waiting_room_admissions set visit_ends_at = now() - interval '601 s', ended_at = now(), ended_by = 'EXPIRED'
    where event_id = ${old.eventId} and place = 1`);
  await endVisit(db, old, 2);
  const { ended } = await follow();
  expect(ended(old)).toEqual([2]);
});
