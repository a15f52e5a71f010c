import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Client } from '../../support/client.ts';
import { draftEvent, eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let olga: Client;
beforeAll(async () => {
  world = await openWorld();
  olga = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world?.[Symbol.asyncDispose]());

const PAGE = `query ($event: ID!, $first: Int, $after: String) {
  event(id: $event) {
    auditTrail(first: $first, after: $after) {
      nodes { at actor byAdministrator mutation changes { field before after } }
      edges { cursor }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
const trailOf = async (client: Client, event: string, page: object = {}) =>
  (await client.ask(PAGE, { event, ...page })).event.auditTrail;

test('every mutation on an Event leaves who did it and what it changed, newest first', async () => {
  const { event } = await draftEvent(world.platform, { seats: 20, prices: [5_000] });
  const admin = await world.as('ada', 'ADMIN');
  await olga.mutate('updateEvent', { id: event, event: { name: 'The Gala', ticketLimit: 4 } });
  await admin.mutate('publishEvent', { event, currency: 'EUR', prices: [{ tier: 0, amount: 5_000 }] });
  await olga.mutate('blockTickets', { event, places: [3, 9, 8, 7] });
  await olga.mutate('unblockTickets', { event, places: [3] });
  await olga.mutate('openWaitingRoom', {
    event,
    ...{ opensAt: inDays(1).toISOString(), capacity: 10, admissionsPerMinute: 10 },
  });
  await olga.mutate('steerWaitingRoom', { event, action: 'PAUSE' });
  await olga.mutate('updateWaitingRoom', { event, capacity: 20 });
  await olga.mutate('closeWaitingRoom', { event });

  const { nodes } = await trailOf(olga, event);
  const own = { actor: ORGANISER, byAdministrator: false };
  expect(nodes).toMatchObject([
    { ...own, mutation: 'closeWaitingRoom', changes: [] },
    { ...own, mutation: 'updateWaitingRoom', changes: [{ field: 'capacity', before: '10', after: '20' }] },
    {
      ...own,
      mutation: 'steerWaitingRoom',
      changes: [{ field: 'isPaused', before: 'false', after: 'true' }],
    },
    { ...own, mutation: 'openWaitingRoom' },
    { ...own, mutation: 'unblockTickets', changes: [{ field: 'places', before: null, after: '3' }] },
    { ...own, mutation: 'blockTickets', changes: [{ field: 'places', before: null, after: '3, 7–9' }] },
    {
      ...{ actor: 'ada', byAdministrator: true, mutation: 'publishEvent' },
      changes: [
        { field: 'status', before: 'DRAFT', after: 'ON_SALE' },
        { field: 'currency', before: null, after: 'EUR' },
        { field: 'prices.0', before: null, after: '5000' },
      ],
    },
    {
      ...{ ...own, mutation: 'updateEvent' },
      changes: [
        { field: 'name', before: 'The Show', after: 'The Gala' },
        { field: 'ticketLimit', before: '10', after: '4' },
      ],
    },
  ]);
  const times = nodes.map(({ at }: { at: string }) => Date.parse(at));
  expect(times).toEqual(times.toSorted((a: number, b: number) => b - a));
});

test('a new Event begins with its creation, and ids are those of the schema', async () => {
  const venue = async () =>
    (
      await olga.mutate(
        'createVenue',
        {
          venue: {
            ...{ name: 'Hall', kind: 'hall', city: 'Bonn', country: 'Germany', countryCode: 'DE' },
            timezone: 'Europe/Berlin',
          },
        },
        '... on VenueCreated { venue { id } }',
      )
    ).venue.id;
  const [first, second] = [await venue(), await venue()];
  const fields = { name: 'Gala', category: 'concert', venue: first, startsAt: '2031-01-01T20:00:00Z' };
  const { id } = (await olga.mutate('createEvent', { event: fields }, '... on EventCreated { event { id } }'))
    .event;
  await olga.mutate('updateEvent', { id, event: { venue: second, startsAt: '2031-01-02T20:00:00Z' } });
  expect((await trailOf(olga, id)).nodes).toMatchObject([
    {
      mutation: 'updateEvent',
      changes: [
        { field: 'startsAt', before: '2031-01-01T20:00:00.000Z', after: '2031-01-02T20:00:00.000Z' },
        { field: 'venue', before: first, after: second },
      ],
    },
    { mutation: 'createEvent', actor: ORGANISER },
  ]);
});

test('what is refused or changes nothing leaves no entry', async () => {
  const { event } = await eventOnSale(world.platform);
  const before = (await trailOf(olga, event)).nodes;
  await olga.mutate('updateEvent', { id: event, event: {} });
  await olga.mutate('updateEvent', { id: event, event: { name: 'The Show', ticketLimit: 1_000 } });
  await olga.mutate('blockTickets', { event, places: [] });
  await olga.mutate('unblockTickets', { event, places: [1] });
  await olga.mutate('publishEvent', { event, currency: 'EUR', prices: [{ tier: 0, amount: 1 }] });
  expect((await trailOf(olga, event)).nodes).toEqual(before);
});

test('long values end in an ellipsis', async () => {
  const { event } = await eventOnSale(world.platform);
  await olga.mutate('updateEvent', { id: event, event: { description: 'x'.repeat(10_000) } });
  const [{ changes }] = (await trailOf(olga, event, { first: 1 })).nodes;
  expect(changes).toEqual([{ field: 'description', before: '', after: `${'x'.repeat(199)}…` }]);
});

test('is read in pages, by the organiser and administrators alone', async () => {
  const { event } = await eventOnSale(world.platform);
  for (const ticketLimit of [1, 2, 3, 4])
    await olga.mutate('updateEvent', { id: event, event: { ticketLimit } });
  const all = await trailOf(olga, event);
  expect(all.nodes).toHaveLength(5);
  const first = await trailOf(olga, event, { first: 2 });
  expect(first.nodes).toEqual(all.nodes.slice(0, 2));
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await trailOf(olga, event, { first: 3, after: first.pageInfo.endCursor });
  expect(second.nodes).toEqual(all.nodes.slice(2));
  expect(second.pageInfo.hasNextPage).toBe(false);

  expect((await trailOf(await world.as('ada', 'ADMIN'), event)).nodes).toHaveLength(5);
  for (const client of [world.stranger, await world.as('fan'), await world.as('rival', 'ORGANISER')])
    expect(await trailOf(client, event)).toBeNull();
});

test('a change whose entry cannot be written is not made', async () => {
  const { event, id } = await eventOnSale(world.platform);
  const { sql } = world.platform;
  await sql.unsafe(`alter table event_audit add constraint no_more check (event_id <> '${id}') not valid`);
  try {
    const send = () => olga.mutate('updateEvent', { id: event, event: { name: 'Lost' } });
    await expect(send()).rejects.toThrow('INTERNAL_SERVER_ERROR');
  } finally {
    await sql`alter table event_audit drop constraint no_more`;
  }
  const { name } = (await olga.ask('query ($event: ID!) { event(id: $event) { name } }', { event })).event;
  expect(name).toBe('The Show');
});
