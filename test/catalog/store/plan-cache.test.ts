import { afterAll, beforeAll, expect, test } from 'vitest';

import { findSeatingPlan, seatingPlans } from '../../../src/catalog/index.ts';
import { newId } from '../../../src/platform/ids.ts';
import { fingerprint } from '../../../src/seating-plan/fingerprint.ts';
import { layOut } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedVenue } from '../seed.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test('plans are kept by the memory of their layout, of which places are only a part', async () => {
  const { db } = world.platform;
  const venueId = await seedVenue(db, {});
  /** An area of one place, with an outline of 50,000 corners: 0.8 MB. */
  const planOf = async (n: number) => {
    const layout = layOut({ areas: [{ key: 'floor', places: 1 }] });
    const [area] = layout.sections;
    if (area?.kind !== 'GENERAL_ADMISSION') throw new Error('not an area');
    area.outline = Array.from({ length: 100_000 }, (_, corner) => corner % 100);
    const id = newId();
    await db.insert(seatingPlans).values({
      id,
      venueId,
      name: `Outline ${n}`,
      version: 1,
      layout,
      places: 1,
      fingerprint: fingerprint({ ...layout, name: `Outline ${n}` }),
    });
    return id;
  };
  const first = await planOf(0);
  const kept = await findSeatingPlan(db, first);
  expect(await findSeatingPlan(db, first)).toBe(kept);
  for (let n = 1; n <= 26; n++) await findSeatingPlan(db, await planOf(n));
  expect(await findSeatingPlan(db, first)).not.toBe(kept);
});
