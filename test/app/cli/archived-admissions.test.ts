import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openCheckoutWorld, type CheckoutWorld } from '../../support/checkout-world.ts';
import { ORGANISER } from '../../support/seed.ts';
import { plantSettledRoom } from '../../waiting-room/admissions.ts';
import { archiveYear, pastSale } from './past-events.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const PLACES = 20;
const QUERY = `query ($event: ID!, $after: String) {
  waitingRoom(event: $event, generation: 1) {
    admissions(first: 7, after: $after) { nodes { number kind entry place at } pageInfo { hasNextPage endCursor } }
  }
}`;

interface Page {
  nodes: { number: number }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

/** The whole log of the Event's room, in pages of seven. */
async function logOf(event: string): Promise<Page['nodes']> {
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  const pageAfter = async (after: string | null): Promise<Page> =>
    (await organiser.ask(QUERY, { event, after })).waitingRoom.admissions;
  const lines: Page['nodes'] = [];
  for (let page = await pageAfter(null); ; page = await pageAfter(page.pageInfo.endCursor)) {
    lines.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return lines;
  }
}

async function rowsOf(eventId: string): Promise<Record<string, number>> {
  const { rows } = await world.platform.db.execute<Record<string, number>>(sql`
    select (select count(*)::int from waiting_room_admissions where event_id = ${eventId}) as live,
      (select count(*)::int from archived_waiting_room_admissions where event_id = ${eventId}) as archived`);
  return rows[0]!;
}

test('the log of admissions is read as before after each batch of an archive run', async () => {
  const { event } = await pastSale(world, 2003);
  await plantSettledRoom(world.platform.db, event.id, PLACES);
  const before = await logOf(event.event);
  expect(before.map(({ number }) => number)).toEqual(
    Array.from({ length: 2 * PLACES }, (_, index) => index + 1),
  );
  const stages = new Set<number>();
  for (let questions = 1, isPartial = true; isPartial; questions++) {
    let asked = 0;
    const isStopped = () => ++asked > questions;
    ({ isPartial } = await archiveYear(world, 2003, { batchSize: 2, isStopped }));
    const { live, archived } = await rowsOf(event.id);
    expect(live! + archived!).toBe(PLACES);
    stages.add(archived!);
    expect(await logOf(event.event)).toEqual(before);
  }
  expect([...stages].filter((archived) => archived > 0 && archived < PLACES)).not.toEqual([]);
});

test('an Event is skipped while one of its rooms is open, or has a visit without an end', async () => {
  const { event } = await pastSale(world, 2004);
  const { db } = world.platform;
  await plantSettledRoom(db, event.id, 1);
  await db.execute(
    sql`update waiting_rooms set is_settled = false, closed_at = null where event_id = ${event.id}`,
  );
  const { skipped, lines } = await archiveYear(world, 2004);
  expect(skipped).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/: skipped: 1 waiting rooms are open, or have visits without an end$/),
  ]);
  await db.execute(sql`update waiting_rooms set is_settled = true where event_id = ${event.id}`);
  const { archived, lines: done } = await archiveYear(world, 2004);
  expect(archived).toBe(1);
  expect(done).toEqual([expect.stringMatching(/ and 1 admissions, deleted /)]);
  expect(await rowsOf(event.id)).toEqual({ live: 0, archived: 1 });
});
