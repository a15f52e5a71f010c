import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId, newId } from '../../src/platform/ids.ts';
import { openWorld, type World } from '../support/world.ts';
import { inDays, seedEvent, seedOnSale, seedPerformer, seedPlan, seedVenue } from './seed.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('an Event', () => {
  test('has a place, a time, Performers and prices', async () => {
    const { db } = world.platform;
    const venueId = await seedVenue(db, {
      name: 'Carnegie Hall',
      city: 'New York',
      countryCode: 'US',
      timezone: 'America/New_York',
      latitude: 40.765,
      longitude: -73.98,
    });
    const plan = await seedPlan(db, venueId);
    const [second, first] = [await seedPerformer(db, 'Second'), await seedPerformer(db, 'First')];
    const startsAt = new Date('2031-07-04T23:30:00Z');
    const id = await seedOnSale(
      db,
      'Fireworks',
      { seatingPlanId: plan, currency: 'USD', amounts: [1_250, 9_900] },
      {
        venueId,
        startsAt,
        timezone: 'America/New_York',
        endsAt: new Date('2031-07-05T02:00:00Z'),
        description: 'Loud.',
      },
      [first, second],
    );

    const { event } = await world.stranger.ask(
      `query ($id: ID!) { event(id: $id) {
        __typename id name description category status city countryCode timezone
        location { latitude longitude } venue { name } startsAt startsAtLocal startsAtIsApproximate endsAt
        performers { name } seatingPlan { id name } saleStartsAt saleEndsAt ticketLimit holdSeconds holdCapSeconds
        priceTiers { tier name price { amount currency formatted } }
        lowestPrice { formatted } highestPrice { amount currency }
      } }`,
      { id: encodeId('Event', id) },
    );

    expect(event).toEqual({
      __typename: 'Event',
      id: encodeId('Event', id),
      name: 'Fireworks',
      description: 'Loud.',
      category: 'concert',
      status: 'ON_SALE',
      city: 'New York',
      countryCode: 'US',
      timezone: 'America/New_York',
      location: { latitude: 40.765, longitude: -73.98 },
      venue: { name: 'Carnegie Hall' },
      startsAt: '2031-07-04T23:30:00.000Z',
      startsAtLocal: '2031-07-04T19:30',
      startsAtIsApproximate: false,
      endsAt: '2031-07-05T02:00:00.000Z',
      performers: [{ name: 'First' }, { name: 'Second' }],
      seatingPlan: { id: encodeId('SeatingPlan', plan), name: 'Concert' },
      saleStartsAt: null,
      saleEndsAt: null,
      ticketLimit: 10,
      holdSeconds: 600,
      holdCapSeconds: 1_800,
      priceTiers: [
        { tier: 1, name: 'Tier 1', price: { amount: 9_900, currency: 'USD', formatted: '$99.00' } },
        { tier: 0, name: 'Tier 0', price: { amount: 1_250, currency: 'USD', formatted: '$12.50' } },
      ],
      lowestPrice: { formatted: '$12.50' },
      highestPrice: { amount: 9_900, currency: 'USD' },
    });
  });

  test('of which only the city is known has no Venue, coordinates or prices', async () => {
    const id = await seedEvent(world.platform.db, 'Somewhere', { city: 'Köln', countryCode: 'DE' });

    const { event } = await world.stranger.ask(
      `query ($id: ID!) { event(id: $id) {
        venue { id } city countryCode location { latitude } seatingPlan { id } priceTiers { tier }
        lowestPrice { amount } highestPrice { amount } performers { id }
      } }`,
      { id: encodeId('Event', id) },
    );

    expect(event).toEqual({
      venue: null,
      city: 'Köln',
      countryCode: 'DE',
      location: null,
      seatingPlan: null,
      priceTiers: [],
      lowestPrice: null,
      highestPrice: null,
      performers: [],
    });
  });

  test('has the right local start before and after a daylight-saving change', async () => {
    const { db } = world.platform;
    const timezone = 'Europe/Berlin';
    const summer = await seedEvent(db, 'Summer', { timezone, startsAt: new Date('2030-07-01T18:00:00Z') });
    const winter = await seedEvent(db, 'Winter', { timezone, startsAt: new Date('2030-12-01T18:00:00Z') });

    const { nodes } = await world.stranger.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { startsAtLocal } } }',
      { ids: [encodeId('Event', summer), encodeId('Event', winter)] },
    );

    expect(nodes).toEqual([{ startsAtLocal: '2030-07-01T20:00' }, { startsAtLocal: '2030-12-01T19:00' }]);
  });
});

test('a Venue has its fields, the newest version of each plan, and its upcoming Events', async () => {
  const { db } = world.platform;
  const venueId = await seedVenue(db, {
    name: 'Elbphilharmonie',
    aliases: ['Elphi'],
    city: 'Hamburg',
    region: null,
    capacity: 2_100,
  });
  const plan = await seedPlan(db, venueId, 'Theatre');
  await seedEvent(db, 'Yesterday', { venueId, startsAt: inDays(-1) });
  await seedEvent(db, 'Later', { venueId, startsAt: inDays(30) });
  await seedEvent(db, 'Soon', { venueId, startsAt: inDays(2) });

  const { venue } = await world.stranger.ask(
    `query ($id: ID!) { venue(id: $id) {
      id name aliases kind city region country countryCode location { latitude longitude } timezone capacity
      seatingPlans { id name version places } events(first: 10) { nodes { name } pageInfo { hasNextPage } }
    } }`,
    { id: encodeId('Venue', venueId) },
  );

  expect(venue).toEqual({
    id: encodeId('Venue', venueId),
    name: 'Elbphilharmonie',
    aliases: ['Elphi'],
    kind: 'amphitheatre',
    city: 'Hamburg',
    region: null,
    country: 'Germany',
    countryCode: 'DE',
    location: { latitude: 52.516, longitude: 13.229 },
    timezone: 'Europe/Berlin',
    capacity: 2_100,
    seatingPlans: [{ id: encodeId('SeatingPlan', plan), name: 'Theatre', version: 1, places: 8 }],
    events: { nodes: [{ name: 'Soon' }, { name: 'Later' }], pageInfo: { hasNextPage: false } },
  });
});

test('a Performer has their fields and upcoming Events', async () => {
  const { db } = world.platform;
  const id = await seedPerformer(db, 'Martha Argerich', {
    kind: 'person',
    genre: 'Classical',
    role: 'piano',
    countryCode: 'AR',
  });
  await seedEvent(db, 'Duo', { startsAt: inDays(3) }, [await seedPerformer(db, 'Other'), id]);
  await seedEvent(db, 'Without her', { startsAt: inDays(2) });

  const { performer } = await world.stranger.ask(
    `query ($id: ID!) { performer(id: $id) { id name kind genre role countryCode events { nodes { name } } } }`,
    { id: encodeId('Performer', id) },
  );

  expect(performer).toEqual({
    id: encodeId('Performer', id),
    name: 'Martha Argerich',
    kind: 'person',
    genre: 'Classical',
    role: 'piano',
    countryCode: 'AR',
    events: { nodes: [{ name: 'Duo' }] },
  });
});

test('a SeatingPlan has its drawing, rows of seats and areas', async () => {
  const { db } = world.platform;
  const venueId = await seedVenue(db, { name: 'Small' });
  const id = encodeId('SeatingPlan', await seedPlan(db, venueId));

  const { node } = await world.stranger.ask(
    `query ($id: ID!) { node(id: $id) { id ... on SeatingPlan {
      name version places width height stage { x y label } categories venue { name }
      sections { __typename key name level firstPlace places
        ... on SeatedSection { rows { label category firstPlace seats x y accessible } }
        ... on GeneralAdmissionArea { category outline } }
    } } }`,
    { id },
  );

  expect(node).toEqual({
    id,
    name: 'Concert',
    version: 1,
    places: 8,
    width: 100,
    height: 50,
    stage: { x: 50, y: 0, label: 'Stage' },
    categories: ['Seats', 'Standing'],
    venue: { name: 'Small' },
    sections: [
      {
        __typename: 'SeatedSection',
        key: 'A',
        name: 'Block A',
        level: 'Stalls',
        firstPlace: 0,
        places: 3,
        rows: [
          {
            label: '1',
            category: 0,
            firstPlace: 0,
            seats: ['1', '2', '3'],
            x: [10, 20, 30],
            y: [40, 40, 40],
            accessible: [2],
          },
        ],
      },
      {
        __typename: 'GeneralAdmissionArea',
        key: 'floor',
        name: 'Floor',
        level: '',
        firstPlace: 3,
        places: 5,
        category: 1,
        outline: [0, 5, 100, 5, 50, 30],
      },
    ],
  });
});

test('an unknown or malformed id returns null', async () => {
  const venueId = await seedVenue(world.platform.db);
  const wrong = [
    '',
    'nonsense',
    encodeId('Event', newId()),
    encodeId('Venue', venueId),
    encodeId('Performer', newId()),
  ];

  for (const id of wrong) {
    const data = await world.stranger.ask(
      `query ($id: ID!) { event(id: $id) { id } performer(id: $id) { id } }`,
      { id },
    );
    expect(data).toEqual({ event: null, performer: null });
  }
  expect(await world.stranger.ask('{ venue(id: "evt_1") { id } }')).toEqual({ venue: null });
});
