import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readPerformers, readVenues } from '../../../src/catalog/store/reads.ts';
import {
  updateEventRow,
  updatePerformerRow,
  updateVenueRow,
  type EventUpdate,
  type PerformerUpdate,
  type VenueUpdate,
} from '../../../src/catalog/store/writes.ts';
import { events } from '../../../src/catalog/tables.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedEvent, seedPerformer, seedPlan, seedVenue } from '../seed.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

// Required: a column added to an update type does not compile here until a value for it is listed
describe('an update writes every column of its type', () => {
  test('of a Venue', async () => {
    const { db } = world.platform;
    const id = await seedVenue(db);
    const changes: Required<VenueUpdate> = {
      name: 'Budokan',
      aliases: ['Nippon Budokan'],
      kind: 'arena',
      city: 'Tokyo',
      region: 'Kanto',
      country: 'Japan',
      countryCode: 'JP',
      latitude: 35.693,
      longitude: 139.75,
      timezone: 'Asia/Tokyo',
      capacity: 14_471,
      folded: 'budokan nippon budokan tokyo',
    };

    await db.transaction((tx) => updateVenueRow(tx, id, changes));

    expect(await readVenues(db, [id])).toMatchObject([changes]);
  });

  test('of a Performer', async () => {
    const { db } = world.platform;
    const id = await seedPerformer(db, 'Before');
    const changes: Required<PerformerUpdate> = {
      name: 'After',
      kind: 'orchestra',
      genre: 'Classical',
      role: 'ensemble',
      countryCode: 'AT',
      folded: 'after',
    };

    await db.transaction((tx) => updatePerformerRow(tx, id, changes));

    expect(await readPerformers(db, [id])).toMatchObject([changes]);
  });

  test('of an Event', async () => {
    const { db } = world.platform;
    const id = await seedEvent(db, 'Before');
    const venueId = await seedVenue(db);
    const changes: Required<EventUpdate> = {
      name: 'After',
      description: 'Text',
      category: 'theatre',
      genre: 'Drama',
      series: 'Season',
      venueId,
      seatingPlanId: await seedPlan(db, venueId),
      timezone: 'Asia/Tokyo',
      startsAt: new Date('2031-05-01T18:00:00Z'),
      endsAt: new Date('2031-05-01T20:00:00Z'),
      saleStartsAt: new Date('2031-01-01T00:00:00Z'),
      saleEndsAt: new Date('2031-02-01T00:00:00Z'),
      cancellationEndsAt: new Date('2031-01-01T18:30:00Z'),
      ticketLimit: 3,
      holdSeconds: 40,
      holdCapSeconds: 50,
      orphanRule: true,
      folded: 'after',
    };

    await db.transaction((tx) => updateEventRow(tx, id, changes));

    expect(await db.select().from(events).where(eq(events.id, id))).toMatchObject([changes]);
  });
});
