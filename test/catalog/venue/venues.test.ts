import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { decodeIdOf, encodeId, newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedEvent, seedVenue } from '../seed.ts';

let world: World;
let olga: Client;
let otto: Client;
let admin: Client;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as('olga', 'ORGANISER');
  otto = await world.as('otto', 'ORGANISER');
  admin = await world.as('adam', 'ADMIN');
});
afterAll(() => world[Symbol.asyncDispose]());

const FIELDS = `venue { id name aliases kind city region country countryCode location { latitude longitude }
  timezone capacity }`;
const selection = (success: string) =>
  `... on ${success} { ${FIELDS} } ... on InvalidInput { problems { path message } }`;

const WHOLE = {
  name: 'Royal Albert Hall',
  kind: 'concert hall',
  city: 'London',
  country: 'United Kingdom',
  countryCode: 'GB',
  timezone: 'Europe/London',
};
const create = (client: Client, venue: object) =>
  client.mutate('createVenue', { venue }, selection('VenueCreated'));
const update = (client: Client, id: string, venue: object) =>
  client.mutate('updateVenue', { id, venue }, selection('VenueUpdated'));

describe('createVenue', () => {
  test('creates a Venue from the required fields', async () => {
    expect(await create(olga, WHOLE)).toEqual({
      __typename: 'VenueCreated',
      venue: {
        id: expect.stringMatching(/^ven_/),
        ...WHOLE,
        aliases: [],
        region: null,
        location: null,
        capacity: null,
      },
    });
  });

  test('creates a Venue from all fields, with normalised text', async () => {
    const { venue } = await create(olga, {
      ...WHOLE,
      name: '  Royal\u0000 Albert \n Hall ',
      aliases: ['RAH'],
      region: 'England',
      countryCode: 'gb',
      timezone: 'europe/london',
      latitude: 51.501,
      longitude: -0.1774,
      capacity: 5_272,
    });

    expect(venue).toEqual({
      id: expect.any(String),
      ...WHOLE,
      aliases: ['RAH'],
      region: 'England',
      location: { latitude: 51.501, longitude: -0.1774 },
      capacity: 5_272,
    });
    const read = await world.stranger.ask(`query ($id: ID!) { venue(id: $id) { name } }`, { id: venue.id });
    expect(read).toEqual({ venue: { name: WHOLE.name } });
  });

  test('lists all problems at once, with their paths', async () => {
    const nothing = await create(olga, {});
    expect(nothing.problems).toEqual(
      Object.keys(WHOLE).map((field) => ({ path: ['venue', field], message: 'is required' })),
    );

    const wrong = await create(olga, {
      name: ' ',
      aliases: ['fine', 'x'.repeat(201)],
      kind: null,
      city: 'x'.repeat(101),
      country: '',
      countryCode: 'ZZ',
      latitude: 91,
      timezone: '+02:00',
      capacity: 0,
    });
    expect(wrong).toEqual({
      __typename: 'InvalidInput',
      message: 'Nothing was changed: `venue.name` must have 1 to 200 characters (and 9 more).',
      problems: [
        { path: ['venue', 'name'], message: 'must have 1 to 200 characters' },
        { path: ['venue', 'kind'], message: 'is required' },
        { path: ['venue', 'city'], message: 'must have 1 to 100 characters' },
        { path: ['venue', 'country'], message: 'must have 1 to 100 characters' },
        { path: ['venue', 'countryCode'], message: 'must be an ISO 3166-1 alpha-2 code, like `DE`' },
        { path: ['venue', 'timezone'], message: 'must be an IANA time zone, like `Europe/Berlin`' },
        { path: ['venue', 'aliases', '1'], message: 'must have 1 to 200 characters' },
        { path: ['venue', 'latitude'], message: 'must be -90 to 90' },
        { path: ['venue', 'capacity'], message: 'must be 1 to 1,000,000' },
        { path: ['venue', 'longitude'], message: 'is required: give both coordinates or neither' },
      ],
    });
  });

  test.each([
    [{ timezone: 'Europe/Atlantis' }, ['venue', 'timezone']],
    [{ timezone: '' }, ['venue', 'timezone']],
    [{ countryCode: 'DEU' }, ['venue', 'countryCode']],
    [{ countryCode: 'D\u0000' }, ['venue', 'countryCode']],
    [{ aliases: Array.from({ length: 21 }, (_, i) => `alias ${i}`) }, ['venue', 'aliases']],
    [{ capacity: 1_000_001 }, ['venue', 'capacity']],
    [{ longitude: -180.1, latitude: 0 }, ['venue', 'longitude']],
    [{ latitude: 10, longitude: null }, ['venue', 'longitude']],
  ])('refuses %j', async (fields, path) => {
    const { __typename, problems } = await create(olga, { ...WHOLE, ...fields });

    expect({ __typename, paths: problems.map((problem: { path: string[] }) => problem.path) }).toEqual({
      __typename: 'InvalidInput',
      paths: [path],
    });
  });
});

describe('updateVenue', () => {
  test('changes the given fields, clears those given as null, and leaves the rest', async () => {
    const { venue } = await create(olga, {
      ...WHOLE,
      aliases: ['RAH'],
      region: 'England',
      latitude: 1,
      longitude: 2,
      capacity: 9,
    });

    expect(await update(olga, venue.id, {})).toEqual({ __typename: 'VenueUpdated', venue });
    expect(
      await update(olga, venue.id, {
        name: 'Albert Hall',
        region: null,
        aliases: null,
        latitude: null,
        longitude: null,
      }),
    ).toEqual({
      __typename: 'VenueUpdated',
      venue: { ...venue, name: 'Albert Hall', region: null, aliases: [], location: null },
    });
  });

  test('refuses null for required fields, and a latitude without a longitude', async () => {
    const { venue } = await create(olga, { ...WHOLE, latitude: 1, longitude: 2 });
    const { problems } = await update(olga, venue.id, { name: null, timezone: null, latitude: 3 });

    expect(problems).toEqual([
      { path: ['venue', 'name'], message: 'cannot be null' },
      { path: ['venue', 'timezone'], message: 'cannot be null' },
      { path: ['venue', 'longitude'], message: 'is required: give both coordinates or neither' },
    ]);
    const { venue: after } = await world.stranger.ask(
      `query ($id: ID!) { venue(id: $id) { name location { latitude } } }`,
      { id: venue.id },
    );
    expect(after).toEqual({ name: WHOLE.name, location: { latitude: 1 } });
  });

  test('does not find a Venue of another organiser, whatever else is wrong', async () => {
    const { venue } = await create(olga, WHOLE);
    const open = encodeId('Venue', await seedVenue(world.platform.db));
    const unknown = [venue.id, open, encodeId('Venue', newId()), encodeId('Event', newId()), 'nonsense'];

    for (const id of unknown) {
      expect(await update(otto, id, { name: null })).toEqual({
        __typename: 'VenueNotFound',
        message: 'There is no such Venue, or it is another organiser’s.',
      });
    }
  });

  test('lets an admin change any Venue; a Venue created by an admin is public', async () => {
    const { venue } = await create(olga, WHOLE);
    expect(await update(admin, venue.id, { city: 'Londres' })).toMatchObject({ venue: { city: 'Londres' } });

    const { venue: open } = await create(admin, WHOLE);
    const { event } = await otto.mutate(
      'createEvent',
      { event: { name: 'Here', category: 'concert', venue: open.id, startsAt: '2040-01-01T00:00:00Z' } },
      '... on EventCreated { event { venue { id } } }',
    );
    expect(event).toEqual({ venue: { id: open.id } });
    expect(await update(otto, open.id, { city: 'Mine' })).toMatchObject({ __typename: 'VenueNotFound' });
  });

  test('updates its Events: city, country, coordinates, time zone and search text', async () => {
    const { venue } = await create(olga, { ...WHOLE, latitude: 51.5, longitude: -0.17 });
    const venueId = decodeIdOf('Venue', venue.id)!.id;
    const startsAt = new Date('2030-07-01T18:00:00Z');
    const id = encodeId(
      'Event',
      await seedEvent(world.platform.db, 'Prom 1', { venueId, startsAt, timezone: 'Europe/London' }),
    );

    await update(olga, venue.id, {
      name: 'Tokyo Dōme',
      city: 'Tōkyō',
      countryCode: 'JP',
      timezone: 'Asia/Tokyo',
      latitude: 35.7,
      longitude: 139.75,
    });

    const { event, found, gone, listed } = await world.stranger.ask(
      `query ($id: ID!) {
        event(id: $id) { city countryCode location { latitude longitude } timezone startsAt startsAtLocal }
        found: searchEvents(input: { term: "prom tokyo dome" }) { nodes { id } }
        gone: searchEvents(input: { term: "royal albert london" }) { nodes { id } }
        listed: events(filter: { city: "tokyo", countryCode: "JP" }) { nodes { id } }
      }`,
      { id },
    );
    expect(event).toEqual({
      city: 'Tōkyō',
      countryCode: 'JP',
      location: { latitude: 35.7, longitude: 139.75 },
      timezone: 'Asia/Tokyo',
      startsAt: '2030-07-01T18:00:00.000Z',
      startsAtLocal: '2030-07-02T03:00',
    });
    expect([found.nodes, gone.nodes, listed.nodes]).toEqual([[{ id }], [], [{ id }]]);
  });
});
