import { afterAll, beforeAll, expect, test } from 'vitest';

import { openSharedAvailability } from '../../../src/booking/best-available/availability-view.ts';
import { reserve } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const SEATS = 20;
const open = (id: string) => openSharedAvailability(world.platform.db, id, SEATS);

test('concurrent calls share one read, and a later call gets another', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using first = open(id);
  using second = open(id);
  const readings = await Promise.all([first, second, first].map((places) => places.read()));
  expect(new Set(readings).size).toBe(1);
  expect(await second.read()).not.toBe(readings[0]);
});

test('a read begins after the call', async () => {
  const { id, event } = await eventOnSale(world.platform, { seats: SEATS });
  const ana = await world.as('ana');
  using places = open(id);
  for (let place = 0; place < SEATS; place += 2) {
    const before = places.read(); // in flight while the seat is taken
    await reserve(ana, event, { places: [place] });
    const after = await places.read();
    expect(after[place]).toBe(0);
    expect((await before)[place + 1]).toBe(1);
  }
});

test('a claim is visible to the other calls until it is given up', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using mine = open(id);
  using theirs = open(id);
  const claim = mine.claim([3, 4]);
  const overlapping = mine.claim([4, 5]);
  expect([...(await theirs.read()).subarray(2, 7)]).toEqual([1, 2, 2, 2, 1]);
  claim[Symbol.dispose]();
  expect([...(await theirs.read()).subarray(2, 7)]).toEqual([1, 1, 2, 2, 1]);
  overlapping[Symbol.dispose]();
  overlapping[Symbol.dispose](); // idempotent
  expect([...(await theirs.read()).subarray(2, 7)]).toEqual([1, 1, 1, 1, 1]);
});

test('places confirmed during a read are taken in its result, whatever it has read', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using places = open(id);
  await places.read();
  const claim = places.claim([7]);
  const reading = places.read();
  await Promise.resolve(); // the read has begun
  await Promise.resolve();
  claim.confirm();
  expect((await reading)[7]).toBe(0);
  expect((await places.read())[7]).toBe(1); // as in the database
});

test('exclusive work runs one at a time, also after a failure', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using places = open(id);
  let inside = 0;
  const work = async (fails: boolean) => {
    expect(++inside).toBe(1);
    await places.read();
    inside--;
    if (fails) throw new Error('on purpose');
  };
  const outcomes = await Promise.allSettled([false, true, false].map((fails) => places.runExclusive(() => work(fails)))); // prettier-ignore
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
