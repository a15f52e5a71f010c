import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId, newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedPerformer, seedPlan, seedVenue } from '../seed.ts';

let world: World;
let olga: Client;
let venue: string;
let plan: string;
let band: string;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as('olga', 'ORGANISER');
  const { db } = world.platform;
  const venueId = await seedVenue(db);
  venue = encodeId('Venue', venueId);
  plan = encodeId('SeatingPlan', await seedPlan(db, venueId));
  band = encodeId('Performer', await seedPerformer(db, 'Band'));
});
afterAll(() => world[Symbol.asyncDispose]());

const SELECTION = `
  ... on EventCreated { event {
    id name description category genre series status venue { id } city countryCode location { latitude longitude }
    timezone startsAt startsAtLocal startsAtIsApproximate endsAt performers { id } seatingPlan { id }
    saleStartsAt saleEndsAt ticketLimit holdSeconds holdCapSeconds lowestPrice { amount }
  } }
  ... on InvalidInput { problems { path message } }`;
const create = (event: object, client = olga) => client.mutate('createEvent', { event }, SELECTION);
const required = () => ({ name: 'Gala', category: 'concert', venue, startsAt: '2031-05-01T18:00:00Z' });

describe('createEvent', () => {
  test('creates a draft from the required fields; the rest comes from the Venue or is a default', async () => {
    expect(await create(required())).toEqual({
      __typename: 'EventCreated',
      event: {
        id: expect.stringMatching(/^evt_/),
        name: 'Gala',
        description: '',
        category: 'concert',
        genre: null,
        series: null,
        status: 'DRAFT',
        venue: { id: venue },
        city: 'Berlin',
        countryCode: 'DE',
        location: { latitude: 52.516, longitude: 13.229 },
        timezone: 'Europe/Berlin',
        startsAt: '2031-05-01T18:00:00.000Z',
        startsAtLocal: '2031-05-01T20:00',
        startsAtIsApproximate: false,
        endsAt: null,
        performers: [],
        seatingPlan: null,
        saleStartsAt: null,
        saleEndsAt: null,
        ticketLimit: 10,
        holdSeconds: 600,
        holdCapSeconds: 1_800,
        lowestPrice: null,
      },
    });
  });

  test('creates a draft with all fields', async () => {
    const second = encodeId('Performer', await seedPerformer(world.platform.db, 'Support'));
    const whole = {
      ...required(),
      name: ' Gala\u0000  Night ',
      description: 'First line.\r\nSecond\u0007 line.\n',
      genre: 'Rock',
      series: 'Tour',
      endsAt: '2031-05-01T23:00:00+02:00',
      saleStartsAt: '2031-01-01T09:00:00Z',
      saleEndsAt: '2031-05-01T17:00:00Z',
      ticketLimit: 4,
      holdSeconds: 30,
      holdCapSeconds: 86_400,
    };
    const { event } = await create({ ...whole, seatingPlan: plan, performers: [second, band] });

    expect(event).toMatchObject({
      ...whole,
      name: 'Gala Night',
      description: 'First line.\nSecond  line.',
      venue: { id: venue },
      startsAt: '2031-05-01T18:00:00.000Z',
      endsAt: '2031-05-01T21:00:00.000Z',
      saleStartsAt: '2031-01-01T09:00:00.000Z',
      saleEndsAt: '2031-05-01T17:00:00.000Z',
      seatingPlan: { id: plan },
      performers: [{ id: second }, { id: band }],
    });
  });

  test('accepts null for optional fields', async () => {
    const optional = [
      'description',
      'genre',
      'series',
      'seatingPlan',
      'performers',
      'endsAt',
      'saleStartsAt',
    ];
    const limits = ['saleEndsAt', 'ticketLimit', 'holdSeconds', 'holdCapSeconds'];
    const nulls = Object.fromEntries([...optional, ...limits].map((name) => [name, null]));

    expect(await create({ ...required(), ...nulls })).toMatchObject({
      event: { description: '', performers: [], ticketLimit: 10, holdSeconds: 600, holdCapSeconds: 1_800 },
    });
  });

  test('lists all problems at once: missing, invalid, unknown and contradictory fields', async () => {
    expect((await create({})).problems).toEqual(
      ['name', 'category', 'venue', 'startsAt'].map((field) => ({
        path: ['event', field],
        message: 'is required',
      })),
    );

    const answer = await create({
      name: '',
      description: 'x'.repeat(10_001),
      category: 'concert',
      venue: encodeId('Venue', newId()),
      startsAt: '2031-05-01T18:00:00Z',
      endsAt: '2031-05-01T17:59:59Z',
      saleStartsAt: '2031-01-01T09:00:00Z',
      saleEndsAt: '2031-01-01T09:00:00Z',
      performers: [band, encodeId('Performer', newId()), band, 'nonsense'],
      ticketLimit: 101,
      holdSeconds: 1_801,
    });

    expect(answer.__typename).toBe('InvalidInput');
    expect(answer.problems).toEqual([
      { path: ['event', 'name'], message: 'must have 1 to 300 characters' },
      { path: ['event', 'description'], message: 'must have at most 10,000 characters' },
      {
        path: ['event', 'performers', '3'],
        message:
          'is not the id of a Performer that you may use: it does not exist, or is another organiser’s',
      },
      { path: ['event', 'ticketLimit'], message: 'must be 1 to 100' },
      {
        path: ['event', 'venue'],
        message: 'is not the id of a Venue that you may use: it does not exist, or is another organiser’s',
      },
      { path: ['event', 'endsAt'], message: 'is before `startsAt`' },
      { path: ['event', 'saleEndsAt'], message: 'must be later than `saleStartsAt`' },
      { path: ['event', 'holdSeconds'], message: 'must be at most `holdCapSeconds`, 1800' },
    ]);
  });

  test('refuses unknown and duplicate Performers', async () => {
    const unknown = encodeId('Performer', newId());
    const { problems } = await create({ ...required(), performers: [band, unknown, band] });

    expect(problems).toEqual([
      {
        path: ['event', 'performers', '1'],
        message:
          'is not the id of a Performer that you may use: it does not exist, or is another organiser’s',
      },
      { path: ['event', 'performers', '2'], message: 'is a duplicate' },
    ]);
  });

  test('requires a plan of the same Venue', async () => {
    const { db } = world.platform;
    const elsewhere = encodeId('SeatingPlan', await seedPlan(db, await seedVenue(db)));
    const paths = async (seatingPlan: string) => (await create({ ...required(), seatingPlan })).problems;

    expect(await paths(elsewhere)).toEqual([
      { path: ['event', 'seatingPlan'], message: 'belongs to another Venue' },
    ]);
    const none = [{ path: ['event', 'seatingPlan'], message: 'is not the id of a SeatingPlan' }];
    expect(await paths(encodeId('SeatingPlan', newId()))).toEqual(none);
    expect(await paths(venue)).toEqual(none);
  });

  test.each([
    [{ name: 'x'.repeat(301) }, 'name'],
    [{ category: ' ' }, 'category'],
    [{ ticketLimit: 0 }, 'ticketLimit'],
    [{ holdSeconds: 29 }, 'holdSeconds'],
    [{ holdCapSeconds: 86_401 }, 'holdCapSeconds'],
    [{ holdCapSeconds: 599 }, 'holdCapSeconds'],
    [{ performers: Array.from({ length: 101 }, () => 'prf_00') }, 'performers'],
  ])('refuses %j', async (fields, field) => {
    const { __typename, problems } = await create({ ...required(), ...fields });

    expect(__typename).toBe('InvalidInput');
    expect(new Set(problems.map(({ path }: { path: string[] }) => path[1]))).toEqual(new Set([field]));
  });

  test('accepts neither the Venue nor the Performers of another organiser', async () => {
    const { db } = world.platform;
    const hers = encodeId('Venue', await seedVenue(db, { organiserId: 'olga' }));
    const act = encodeId('Performer', await seedPerformer(db, 'Hers', { organiserId: 'olga' }));
    const otto = await world.as('otto', 'ORGANISER');

    expect((await create({ ...required(), venue: hers, performers: [act] }, otto)).problems).toEqual([
      {
        path: ['event', 'venue'],
        message: 'is not the id of a Venue that you may use: it does not exist, or is another organiser’s',
      },
      {
        path: ['event', 'performers', '0'],
        message:
          'is not the id of a Performer that you may use: it does not exist, or is another organiser’s',
      },
    ]);
    expect(await create({ ...required(), venue: hers, performers: [act] })).toMatchObject({
      event: { venue: { id: hers } },
    });
  });

  test('counts its outcomes', async () => {
    const counted = async (outcome: string) =>
      (await world.platform.metrics.outcomes.get()).values.find(
        ({ labels }) => labels.useCase === 'createEvent' && labels.outcome === outcome,
      )?.value ?? 0;
    const before = [await counted('EventCreated'), await counted('InvalidInput')];
    await create(required());
    await create({});

    expect([await counted('EventCreated'), await counted('InvalidInput')]).toEqual(before.map((n) => n + 1));
  });
});
