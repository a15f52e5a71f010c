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

test('calls that ask at the same time share one reading, and a later one gets another', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using first = open(id);
  using second = open(id);
  const readings = await Promise.all([first, second, first].map((places) => places.read()));
  expect(new Set(readings).size).toBe(1);
  expect(await second.read()).not.toBe(readings[0]);
});

test('a reading is never older than the question', async () => {
  const { id, event } = await eventOnSale(world.platform, { seats: SEATS });
  const ana = await world.as('ana');
  using places = open(id);
  for (let place = 0; place < SEATS; place += 2) {
    const before = places.read(); // under way while the seat is taken
    await reserve(ana, event, { places: [place] });
    const after = await places.read();
    expect(after[place]).toBe(0);
    expect((await before)[place + 1]).toBe(1);
  }
});

test('what one is about to take, the others see, until nothing comes of it', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using mine = open(id);
  using theirs = open(id);
  const claim = mine.claim([3, 4]);
  const overlapping = mine.claim([4, 5]);
  expect([...(await theirs.read()).subarray(2, 7)]).toEqual([1, 2, 2, 2, 1]);
  claim[Symbol.dispose]();
  expect([...(await theirs.read()).subarray(2, 7)]).toEqual([1, 1, 2, 2, 1]);
  overlapping[Symbol.dispose]();
  overlapping[Symbol.dispose](); // twice is once
  expect([...(await theirs.read()).subarray(2, 7)]).toEqual([1, 1, 1, 1, 1]);
});

test('what came true while a reading was under way is taken in it, whatever it has read', async () => {
  const { id } = await eventOnSale(world.platform, { seats: SEATS });
  using places = open(id);
  await places.read();
  const claim = places.claim([7]);
  const reading = places.read();
  await Promise.resolve(); // it has begun
  await Promise.resolve();
  claim.confirm();
  expect((await reading)[7]).toBe(0);
  expect((await places.read())[7]).toBe(1); // as the database has it
});

test('whoever wants to be alone comes one after the other, also after one who failed', async () => {
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
