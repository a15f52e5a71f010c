import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { expireReservations } from '../../../src/booking/index.ts';
import { reserved, runOut } from '../../support/holds.ts';
import { buyers, eventOnSale, type Buyer, type SeededEvent } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Buyer;
/** Two Events with overdue holds of four tickets each; the search finds the first one first. */
let first: SeededEvent;
let second: SeededEvent;
beforeAll(async () => {
  world = await openWorld();
  [ana] = (await buyers(world, 1)) as [Buyer];
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  await expireReservations(world.platform); // of other tests
  [first, second] = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
  if (first.id > second.id) [first, second] = [second, first];
  for (const { event } of [first, second]) {
    for (const places of [
      [0, 1, 2, 3],
      [10, 11, 12, 13],
    ])
      // prettier-ignore
      await runOut(world.platform.db, await reserved(ana.client, event, { places }));
  }
});

async function statusesAt({ id }: SeededEvent) {
  const { rows } = await world.platform.db.execute<{ held: number; expired: number; tickets: number }>(sql`
    select count(*) filter (where status = 'HELD')::int as held, count(*) filter (where status = 'EXPIRED')::int as expired,
      (select count(*)::int from tickets where event_id = ${id} and status = 'RESERVED') as tickets
    from reservations where event_id = ${id}`);
  return rows[0];
}
const SWEPT = { held: 0, expired: 2, tickets: 0 };
const LEFT = { held: 2, expired: 0, tickets: 8 };

test('an Event whose sweep fails does not stop the sweep of another, and is counted', async () => {
  const { db, metrics } = world.platform;
  await db.execute(sql`
    create function fail() returns trigger language plpgsql as $$ begin raise exception 'planted'; end $$`);
  await db.execute(
    sql.raw(`create trigger planted before update on tickets for each row when (old.event_id = '${first.id}')
      execute function fail()`),
  );
  expect(await expireReservations(world.platform)).toBe(2);
  expect([await statusesAt(first), await statusesAt(second)]).toEqual([LEFT, SWEPT]);
  expect((await metrics.failedExpirySweeps.get()).values).toMatchObject([{ value: 1 }]);

  await db.execute(sql`drop trigger planted on tickets`);
  expect(await expireReservations(world.platform)).toBe(2);
  expect(await statusesAt(first)).toEqual(SWEPT);
});

test('an Event whose rows are locked does not stop the sweep of another', async () => {
  const { db } = world.platform;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select from reservations where event_id = ${first.id} for update`);
    await tx.execute(sql`select from tickets where event_id = ${first.id} for update`);
    expect(await expireReservations(world.platform)).toBe(2);
    expect([await statusesAt(first), await statusesAt(second)]).toEqual([LEFT, SWEPT]);
  });
  expect(await expireReservations(world.platform)).toBe(2);
  expect(await statusesAt(first)).toEqual(SWEPT);
});

test('a Reservation of which one ticket is locked stays HELD without the others, until the next sweep', async () => {
  const { db } = world.platform;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select from tickets where event_id = ${first.id} and place = 1 for update`);
    expect(await expireReservations(world.platform)).toBe(3);
    expect(await statusesAt(first)).toEqual({ held: 1, expired: 1, tickets: 1 });
  });
  expect(await expireReservations(world.platform)).toBe(1);
  expect(await statusesAt(first)).toEqual(SWEPT);
});

test('Events take turns: one with many batches leaves the others theirs', async () => {
  expect(await expireReservations(world.platform, { batch: 1 })).toBe(4);
  expect([await statusesAt(first), await statusesAt(second)]).toEqual([SWEPT, SWEPT]);
});
