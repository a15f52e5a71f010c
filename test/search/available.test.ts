import { afterAll, beforeAll, expect, test } from 'vitest';

import { refreshStock, refreshUncounted, StockKeeper } from '../../src/booking/index.ts';
import { changeTickets } from '../seat-map/ticket-rows.ts';
import { reserved, runOut } from '../support/holds.ts';
import { eventOnSale, inDays, type SeededEvent } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { search } from './fixture.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const find = async (input: object) => (await search(world, input)).nodes.map(({ name }) => name);

/** Put an Event on sale that a search finds by its category. */
const onSale = (name: string, category: string, house: Parameters<typeof eventOnSale>[1], fields = {}) =>
  eventOnSale(world.platform, house, { name, category, ...fields });

const count = ({ id }: SeededEvent) => refreshStock(world.platform, id);

test('an Event is available while a ticket of it can be had: a seat, a place of an area, or one whose hold ran out', async () => {
  const seats = await onSale('Seats', 'stock', { seats: 2 });
  const area = await onSale('Area', 'stock', { areas: [{ key: 'floor', places: 2 }] });
  const names = async () => (await find({ category: 'stock', available: true })).toSorted();
  expect(await names()).toEqual(['Area', 'Seats']);
  const ana = await world.as('ana');
  const hold = await reserved(ana, seats.event, { places: [0, 1] });
  await changeTickets(world.platform, area, [0], 'BLOCKED');
  await Promise.all([count(seats), count(area)]);
  expect(await names()).toEqual(['Area']);
  await changeTickets(world.platform, area, [1], 'BLOCKED');
  await count(area);
  expect(await names()).toEqual([]);
  await runOut(world.platform.db, hold);
  await count(seats);
  expect(await names()).toEqual(['Seats']);
  expect((await search(world, { category: 'stock', available: true })).totalCount).toBe(1);
});

test('an Event is accessible while a wheelchair-accessible place of it can be had', async () => {
  const hall = await onSale('Hall', 'access', { seats: 40 }); // its first place
  await onSale('Field', 'access', { areas: [{ key: 'floor', places: 5 }] });
  expect(await find({ category: 'access', accessible: true })).toEqual(['Hall']);
  await reserved(await world.as('ben'), hall.event, { places: [0] });
  await count(hall);
  expect(await find({ category: 'access', accessible: true })).toEqual([]);
  expect(await find({ category: 'access', available: true, accessible: false })).toHaveLength(2);
});

test('only what is on sale now is available', async () => {
  await onSale('Not yet', 'time', { seats: 2 }, { saleStartsAt: inDays(1) });
  await onSale('No more', 'time', { seats: 2 }, { saleEndsAt: inDays(-1) });
  expect(await find({ category: 'time' })).toHaveLength(2);
  for (const filter of [{ available: true }, { accessible: true }])
    expect(await find({ category: 'time', ...filter })).toEqual([]);
});

test('an Event whose tickets were never counted is taken to have some, until the worker has counted them', async () => {
  const { sql } = world.platform;
  const old = await onSale('Old', 'uncounted', { seats: 2 });
  const gone = await onSale('Gone', 'uncounted', { seats: 2 });
  await changeTickets(world.platform, gone, [0, 1], 'BLOCKED');
  await sql`delete from event_stock where event_id in (${old.id}, ${gone.id})`;
  expect(await find({ category: 'uncounted', available: true })).toHaveLength(2);
  expect(await find({ category: 'uncounted', accessible: true })).toEqual([]);
  expect(await refreshUncounted(world.platform)).toBeGreaterThanOrEqual(2);
  expect(await find({ category: 'uncounted', available: true })).toEqual(['Old']);
  const rows =
    await sql`select available, accessible from event_stock where event_id in (${old.id}, ${gone.id})
    order by available`;
  expect(rows).toEqual([
    { available: 0, accessible: 0 },
    { available: 2, accessible: 1 },
  ]);
  expect(await refreshUncounted(world.platform)).toBe(0);
  await sql`update event_stock set counted_at = now() - interval '6 minutes' where event_id = ${gone.id}`;
  expect(await refreshUncounted(world.platform)).toBe(1);
});

test('changes of an Event are counted together, at most once in three seconds', async () => {
  let now = 0;
  const keeper = new StockKeeper(() => now);
  const { id } = await onSale('Busy', 'debounced', { seats: 2 });
  await changeTickets(world.platform, { id } as SeededEvent, [0, 1], 'BLOCKED');
  const available = async () => {
    await keeper.refreshDue(world.platform);
    const [row] = await world.platform.sql`select available from event_stock where event_id = ${id}`;
    return row!['available'] as number;
  };
  keeper.noteChanges([id]);
  expect(await available()).toBe(2);
  now = 2_000;
  keeper.noteChanges([id]);
  expect(await available()).toBe(2);
  now = 3_000;
  expect(await available()).toBe(0);
});
