import { afterAll, beforeAll, expect, test } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedVenue } from '../seed.ts';

let world: World;
let olga: Client;
let otto: Client;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as('olga', 'ORGANISER');
  otto = await world.as('otto', 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const newVenue = async () => encodeId('Venue', await seedVenue(world.platform.db));
const create = (venue: string, name: string, client = olga) =>
  client.mutate(
    'createSeatingPlan',
    { venue, name, source: { generate: { capacity: 4 } } },
    '... on SeatingPlanCreated { seatingPlan { name } } ... on InvalidInput { problems { path message } }',
  );

test('a name that looks like another in the list of the Venue is refused, also another organiser’s', async () => {
  const venue = await newVenue();
  await create(venue, 'Concert', otto);
  expect(await create(venue, 'C\u043encert')).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['name'], message: 'looks like “Concert”: it has U+043E in place of U+006F' }],
  });
  expect(await create(venue, 'Conc\u200bert')).toMatchObject({
    problems: [{ path: ['name'], message: expect.stringContaining('is taken') }], // what is not seen is removed
  });
  expect(await create(await newVenue(), 'C\u043encert')).toMatchObject({ __typename: 'SeatingPlanCreated' });
});

test('names that people tell apart are not refused', async () => {
  const venue = await newVenue();
  for (const name of ['Hall 1', 'Hall I', 'Hall 2', 'hall 2', 'Hall 2a', 'Häll 2'])
    expect(await create(venue, name)).toMatchObject({ seatingPlan: { name } });
});
