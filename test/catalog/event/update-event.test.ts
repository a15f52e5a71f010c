import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { events } from '../../../src/catalog/tables.ts';
import { decodeIdOf, encodeId, newId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedEvent, seedOnSale, seedPerformer, seedPlan, seedVenue } from '../seed.ts';

let world: World;
let olga: Client;
let venueId: string;
let planId: string;
beforeAll(async () => {
  world = await openWorld({ environment: { LIMIT_MUTATION_FIELDS: '2' } });
  olga = await world.as('olga', 'ORGANISER');
  venueId = await seedVenue(world.platform.db);
  planId = await seedPlan(world.platform.db, venueId);
});
afterAll(() => world[Symbol.asyncDispose]());

const FIELDS = `id name description category genre series status venue { id } city timezone startsAt endsAt
  performers { id } seatingPlan { id } saleStartsAt saleEndsAt ticketLimit holdSeconds holdCapSeconds`;
const SELECTION = `... on EventUpdated { event { ${FIELDS} } } ... on InvalidInput { problems { path message } }
  ... on EventNotChangeable { status }`;
const update = (id: string, event: object, client = olga) =>
  client.mutate('updateEvent', { id, event }, SELECTION);

const draft = async (columns: object = {}, lineup: string[] = []): Promise<string> => {
  const own = { organiserId: 'olga', venueId, status: 'DRAFT' as const };
  return encodeId('Event', await seedEvent(world.platform.db, 'Draft', { ...own, ...columns }, lineup));
};
const onSale = async (): Promise<string> => {
  const sale = { seatingPlanId: planId, currency: 'EUR', amounts: [1_000, 500] };
  return encodeId(
    'Event',
    await seedOnSale(world.platform.db, 'On sale', sale, { organiserId: 'olga', venueId }),
  );
};

describe('updateEvent', () => {
  test('raises the ticket limit of an Event on sale only if that many tickets can be paid for together', async () => {
    const prices = { seatingPlanId: planId, currency: 'USD', amounts: [5_000_000] };
    const own = { organiserId: 'olga', venueId };
    const id = encodeId('Event', await seedOnSale(world.platform.db, 'Dear', prices, own));
    expect(await update(id, { ticketLimit: 20 })).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['event', 'ticketLimit'], message: expect.stringContaining('cannot be paid') }],
    });
    expect(await update(id, { ticketLimit: 19 })).toMatchObject({ event: { ticketLimit: 19 } });
    expect(await update(id, { ticketLimit: 2 })).toMatchObject({ event: { ticketLimit: 2 } });
  });

  test('changes the given fields and leaves the rest', async () => {
    const id = await draft({ description: 'Before', genre: 'Rock', seatingPlanId: planId });
    const { event: before } = await olga.ask(`query ($id: ID!) { event(id: $id) { ${FIELDS} } }`, { id });

    expect(await update(id, {})).toEqual({ __typename: 'EventUpdated', event: before });
    expect(await update(id, { name: 'After', ticketLimit: 2 })).toEqual({
      __typename: 'EventUpdated',
      event: { ...before, name: 'After', ticketLimit: 2 },
    });
  });

  test('clears fields given as null, or resets them to their defaults', async () => {
    const band = await seedPerformer(world.platform.db, 'Band');
    const id = await draft(
      {
        ...{ description: 'Text', genre: 'Rock', series: 'Tour', seatingPlanId: planId, ticketLimit: 3 },
        ...{ saleEndsAt: new Date('2031-01-01T00:00:00Z'), holdSeconds: 40, holdCapSeconds: 50 },
      },
      [band],
    );
    const cleared = [
      'description',
      'genre',
      'series',
      'seatingPlan',
      'saleEndsAt',
      'performers',
      'ticketLimit',
    ];
    const nulls = Object.fromEntries(
      [...cleared, 'holdSeconds', 'holdCapSeconds'].map((field) => [field, null]),
    );

    expect((await update(id, nulls)).event).toMatchObject({
      ...{ description: '', genre: null, series: null, seatingPlan: null, saleEndsAt: null, performers: [] },
      ...{ ticketLimit: 10, holdSeconds: 600, holdCapSeconds: 1_800 },
    });
  });

  test('refuses null for required fields, and changes that contradict other fields', async () => {
    const id = await draft({
      startsAt: new Date('2031-05-01T18:00:00Z'),
      endsAt: new Date('2031-05-01T20:00:00Z'),
      saleStartsAt: new Date('2031-01-01T00:00:00Z'),
    });
    const required = { name: null, category: null, venue: null, startsAt: null };
    expect((await update(id, required)).problems).toEqual(
      Object.keys(required).map((field) => ({ path: ['event', field], message: 'cannot be null' })),
    );
    const wrong = {
      startsAt: '2031-05-01T21:00:00Z',
      saleEndsAt: '2030-12-31T00:00:00Z',
      holdSeconds: 2_000,
    };
    expect((await update(id, wrong)).problems).toEqual([
      { path: ['event', 'startsAt'], message: 'is after `endsAt`' },
      { path: ['event', 'saleEndsAt'], message: 'must be later than `saleStartsAt`' },
      { path: ['event', 'holdSeconds'], message: 'must be at most `holdCapSeconds`, 1800' },
    ]);
    const { event } = await olga.ask('query ($id: ID!) { event(id: $id) { startsAt holdSeconds } }', { id });
    expect(event).toEqual({ startsAt: '2031-05-01T18:00:00.000Z', holdSeconds: 600 });
  });

  test('replaces the lineup, in the order given', async () => {
    const { db } = world.platform;
    const [a, b, c] = [
      await seedPerformer(db, 'Aa'),
      await seedPerformer(db, 'Bb'),
      await seedPerformer(db, 'Cc'),
    ];
    const id = await draft({}, [a, b]);
    const performers = [c, a].map((key) => encodeId('Performer', key));

    expect((await update(id, { performers })).event.performers).toEqual(
      performers.map((key) => ({ id: key })),
    );
    expect((await update(id, { performers: [performers[0], performers[0]] })).problems).toEqual([
      { path: ['event', 'performers', '1'], message: 'is a duplicate' },
    ]);
  });

  test('moves to another Venue, with its city, time zone and plan', async () => {
    const { db } = world.platform;
    const tokyo = await seedVenue(db, {
      name: 'Budokan',
      city: 'Tokyo',
      countryCode: 'JP',
      timezone: 'Asia/Tokyo',
    });
    const there = encodeId('SeatingPlan', await seedPlan(db, tokyo));
    const venue = encodeId('Venue', tokyo);
    const id = await draft({ seatingPlanId: planId });

    expect((await update(id, { venue })).problems).toEqual([
      {
        path: ['event', 'seatingPlan'],
        message: 'belongs to the previous Venue: choose one of the new Venue, or null',
      },
    ]);
    expect((await update(id, { venue, seatingPlan: there })).event).toMatchObject({
      venue: { id: venue },
      city: 'Tokyo',
      timezone: 'Asia/Tokyo',
      seatingPlan: { id: there },
    });
    const back = encodeId('Venue', venueId);
    expect((await update(id, { venue: back, seatingPlan: null })).event).toMatchObject({
      city: 'Berlin',
      seatingPlan: null,
    });
  });

  test('is found by its new name and lineup, not by the old', async () => {
    const act = await seedPerformer(world.platform.db, 'Ólafur Arnalds');
    const id = await draft({ status: 'ANNOUNCED', name: 'Zwischenzeit', folded: 'zwischenzeit' });
    const find = async (term: string) => {
      const query = 'query ($term: String) { searchEvents(input: { term: $term }) { nodes { id } } }';
      return (await world.stranger.ask(query, { term }))['searchEvents'].nodes;
    };
    expect(await find('zwischenzeit')).toEqual([{ id }]);

    await update(id, { name: 'Re:member', performers: [encodeId('Performer', act)] });

    expect(await find('zwischenzeit')).toEqual([]);
    expect(await find('member olafur')).toEqual([{ id }]);
  });

  test('changes text, times, limits and lineup of an Event on sale, but not its Venue and plan', async () => {
    const { db } = world.platform;
    const id = await onSale();
    const other = await seedVenue(db);
    const otherPlan = encodeId('SeatingPlan', await seedPlan(db, venueId, 'Another'));
    const same = { venue: encodeId('Venue', venueId), seatingPlan: encodeId('SeatingPlan', planId) };
    const band = encodeId('Performer', await seedPerformer(db, 'Headliner'));
    const changes = {
      name: 'New name',
      description: 'New',
      startsAt: '2032-01-01T19:00:00.000Z',
      ticketLimit: 1,
      holdSeconds: 60,
    };

    expect((await update(id, { ...same, ...changes, performers: [band] })).event).toMatchObject({
      ...changes,
      performers: [{ id: band }],
      status: 'ON_SALE',
    });
    for (const frozen of [
      { venue: encodeId('Venue', other) },
      { seatingPlan: otherPlan },
      { seatingPlan: null },
    ]) {
      expect(await update(id, { ...frozen, name: 'Not this' })).toEqual({
        __typename: 'EventNotChangeable',
        message: expect.stringMatching(/^Tickets are on sale: the (Venue|SeatingPlan) cannot change\.$/),
        status: 'ON_SALE',
      });
    }
    const { event } = await olga.ask('query ($id: ID!) { event(id: $id) { name } }', { id });
    expect(event.name).toBe('New name');
  });

  test('refuses to change a cancelled Event', async () => {
    const id = await draft({ status: 'CANCELLED' });

    expect(await update(id, { name: 'Back again' })).toEqual({
      __typename: 'EventNotChangeable',
      message: 'The Event was cancelled.',
      status: 'CANCELLED',
    });
  });

  test('does not find an Event of another organiser, announced or not', async () => {
    const otto = await world.as('otto', 'ORGANISER');
    const [hidden, shown, gone] = [await draft(), await onSale(), await draft({ status: 'CANCELLED' })];
    const imported = await draft({ organiserId: null, status: 'ANNOUNCED' });

    for (const id of [
      hidden,
      shown,
      gone,
      imported,
      encodeId('Event', newId()),
      encodeId('Venue', venueId),
      '',
    ]) {
      expect(await update(id, { name: null }, otto)).toEqual({
        __typename: 'EventNotFound',
        message: 'There is no such Event, or you have no access to it.',
      });
    }
    const admin = await world.as('adam', 'ADMIN');
    expect(await update(imported, { name: 'Corrected' }, admin)).toMatchObject({
      event: { name: 'Corrected' },
    });
  });

  test('returns the state after each of several changes in one request', async () => {
    const id = await draft();
    const data = await olga.ask(
      `mutation ($first: UpdateEventInput!, $second: UpdateEventInput!) {
        first: updateEvent(input: $first) { ... on EventUpdated { event { name performers { name } } } }
        second: updateEvent(input: $second) { ... on EventUpdated { event { name performers { name } } } }
      }`,
      {
        first: { id, event: { name: 'One', performers: [] } },
        second: {
          id,
          event: {
            name: 'Two',
            performers: [encodeId('Performer', await seedPerformer(world.platform.db, 'Duo'))],
          },
        },
      },
    );

    expect(data).toEqual({
      first: { event: { name: 'One', performers: [] } },
      second: { event: { name: 'Two', performers: [{ name: 'Duo' }] } },
    });
  });

  test('serialises concurrent changes', async () => {
    const id = await draft();
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    const answers = await Promise.all(
      names.map((name, index) => update(id, index % 2 === 0 ? { name } : { holdCapSeconds: 2_000 + index })),
    );

    expect(answers.map(({ __typename }) => __typename)).toEqual(names.map(() => 'EventUpdated'));
    const [row] = await world.platform.db
      .select()
      .from(events)
      .where(eq(events.id, decodeIdOf('Event', id)!.id));
    expect(row!.folded).toBe(row!.name.toLowerCase());
    expect(row!.searchText.startsWith(row!.folded)).toBe(true);
    expect(row!.holdCapSeconds).toBeGreaterThan(2_000);
  });
});
