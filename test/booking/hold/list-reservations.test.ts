import { drizzle } from 'drizzle-orm/node-postgres';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Context } from '../../../src/app/context.ts';
import { FieldCounter } from '../../../src/app/graphql/response-size.ts';
import { buildSchema } from '../../../src/app/schema.ts';
import { openBookingLoaders, sellTickets } from '../../../src/booking/index.ts';
import { openCatalogLoaders } from '../../../src/catalog/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, RESERVATION, reserved, runOut } from '../../support/holds.ts';
import { draftEvent, eventOnSale, ORGANISER, viewerOf } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

beforeAll(async () => {
  world = await openWorld({ environment: { LIMIT_MUTATION_FIELDS: '2' } });
  [ana, ben] = [await world.as('ana'), await world.as('ben')];
});
afterAll(() => world[Symbol.asyncDispose]());

const release = (client: Client, hold: { id: string }) =>
  client.mutate('releaseReservation', { reservation: hold.id });
const sell = (hold: { id: string }) =>
  inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, keyOf(hold)));

describe('a viewer’s Reservations', () => {
  const LIST = `query ($event: ID, $status: [ReservationStatus!], $first: Int, $after: String) {
    viewer { reservations(event: $event, status: $status, first: $first, after: $after) {
      edges { cursor node { id } } nodes { id status } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }
  }`;
  const list = async (client: Client, variables: object = {}) =>
    (await client.ask(LIST, variables))['viewer'].reservations;
  const idsOf = (page: { nodes: { id: string }[] }) => page.nodes.map(({ id }) => id);

  test('are paged, newest first, and only the viewer’s own', async () => {
    const carla = await world.as('carla');
    const { event } = await eventOnSale(world.platform);
    const other = await eventOnSale(world.platform);
    await reserved(ben, event, { places: [30] });
    const made: string[] = [];
    for (let place = 0; place < 5; place++) made.unshift((await reserved(carla, place === 2 ? other.event : event, { places: [place] })).id); // prettier-ignore

    expect(idsOf(await list(carla))).toEqual(made);
    expect(idsOf(await list(carla, { event: other.event }))).toEqual([made[2]]);
    expect(idsOf(await list(await world.as('outsider')))).toEqual([]);

    const first = await list(carla, { first: 2 });
    expect(first.pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: first.edges[1].cursor,
    });
    const second = await list(carla, { first: 2, after: first.pageInfo.endCursor });
    const third = await list(carla, { first: 2, after: second.pageInfo.endCursor });
    expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual(made);
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('can be filtered by their current status', async () => {
    const dora = await world.as('dora');
    const { event } = await eventOnSale(world.platform);
    const [held, expired, released, booked] = [
      await reserved(dora, event, { places: [0] }),
      await reserved(dora, event, { places: [1] }),
      await reserved(dora, event, { places: [2] }),
      await reserved(dora, event, { places: [3] }),
    ];
    await runOut(world.platform.db, expired); // not swept yet
    await release(dora, released);
    await sell(booked);
    const byStatus = async (...status: string[]) => idsOf(await list(dora, { status }));
    expect(await byStatus('HELD')).toEqual([held.id]);
    expect(await byStatus('EXPIRED')).toEqual([expired.id]);
    expect(await byStatus('RELEASED', 'BOOKED')).toEqual([booked.id, released.id]);
    expect(await byStatus()).toEqual([]);
  });

  test.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: -2147483648 }, 'first'],
    [{ after: 'nonsense' }, 'after'],
    [{ after: Buffer.from('{"eventId":"x","id":"y"}').toString('base64url') }, 'after'],
    [{ event: 'nonsense' }, 'event'],
  ])('%j is refused', async (variables, argument) => {
    const { errors } = await ana.send(LIST, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });
});

describe('the active Reservations of a viewer at an Event', () => {
  const ACTIVE = `query ($id: ID!) { event(id: $id) { activeReservations { ${RESERVATION} } } }`;

  test('are found after a reload until they are over', async () => {
    const { event } = await eventOnSale(world.platform);
    const elsewhere = await eventOnSale(world.platform);
    const [first, second, third] = [
      await reserved(ana, event, { places: [0] }),
      await reserved(ana, event, { places: [1] }),
      await reserved(ana, event, { places: [2] }),
    ];
    await reserved(ana, elsewhere.event, { places: [0] });
    await reserved(ben, event, { places: [3] });
    const active = async (client: Client) =>
      (await client.ask(ACTIVE, { id: event }))['event'].activeReservations;

    expect((await active(ana)).map(({ id }: { id: string }) => id)).toEqual([first.id, second.id, third.id]);
    await release(ana, first);
    await runOut(world.platform.db, second);
    expect(await active(ana)).toMatchObject([{ id: third.id, status: 'HELD', tickets: [{ place: 2 }] }]);
    await sell(third);
    expect(await active(ana)).toEqual([]);
    expect(await active(world.stranger)).toEqual([]);
  });

  test('are never cached', async () => {
    const { event } = await eventOnSale(world.platform);
    const { headers } = await ana.send(ACTIVE, { id: event });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('tickets', () => {
  const TICKETS = `query ($id: ID!, $places: [Int!]!) {
    event(id: $id) { tickets(places: $places) { id place status section row seat accessible tier price { amount currency } event { id } } }
  }`;
  const at = async (client: Client, id: string, places: number[]) =>
    (await client.ask(TICKETS, { id, places }))['event'].tickets;

  test('are listed in the order of the requested places, without unknown places', async () => {
    const { event, ticket } = await eventOnSale(world.platform, {
      seats: 40,
      areas: [{ key: 'floor', places: 3 }],
      prices: [9_000, 4_000],
    });
    expect(await at(world.stranger, event, [42, 21, 0, 43, -1, 2147483647])).toEqual([
      { id: ticket(42), place: 42, status: 'AVAILABLE', section: 'Area floor', row: null, seat: null, accessible: false, tier: 0, price: { amount: 9_000, currency: 'EUR' }, event: { id: event } }, // prettier-ignore
      { id: ticket(21), place: 21, status: 'AVAILABLE', section: 'Stalls', row: '2', seat: '2', accessible: false, tier: 1, price: { amount: 4_000, currency: 'EUR' }, event: { id: event } }, // prettier-ignore
      { id: ticket(0), place: 0, status: 'AVAILABLE', section: 'Stalls', row: '1', seat: '1', accessible: true, tier: 0, price: { amount: 9_000, currency: 'EUR' }, event: { id: event } }, // prettier-ignore
    ]);
  });

  test('have their current status', async () => {
    const { event } = await eventOnSale(world.platform);
    await reserved(ana, event, { places: [0] });
    await runOut(world.platform.db, await reserved(ana, event, { places: [1] }));
    await sell(await reserved(ana, event, { places: [2] }));
    await (await world.as(ORGANISER, 'ORGANISER')).mutate('blockTickets', { event, places: [3] });
    const statuses = (await at(world.stranger, event, [0, 1, 2, 3, 4])).map(
      ({ status }: { status: string }) => status,
    );
    expect(statuses).toEqual(['RESERVED', 'AVAILABLE', 'SOLD', 'BLOCKED', 'AVAILABLE']);
  });

  test('are at most a hundred per query, and none before the Event is on sale', async () => {
    const { event } = await eventOnSale(world.platform);
    const many = Array.from({ length: 101 }, (_, place) => place);
    const { errors } = await ana.send(TICKETS, { id: event, places: many });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'places' } }]);
    const announced = await draftEvent(world.platform, { seats: 20 }, { status: 'ANNOUNCED' });
    expect(await at(ana, announced.event, [0])).toEqual([]);
  });

  test('change status within one request', async () => {
    const { event } = await eventOnSale(world.platform);
    const hold = await reserved(ana, event, { places: [0] });
    const answer = await ana.ask(
      `mutation ($id: ID!) {
        extend: extendReservation(input: { reservation: $id }) {
          ... on ReservationExtended { reservation { status tickets { status } } }
        }
        release: releaseReservation(input: { reservation: $id }) {
          ... on ReservationReleased { reservation { status tickets { status } } }
        }
      }`,
      { id: hold.id },
    );
    expect(answer).toEqual({
      extend: { reservation: { status: 'HELD', tickets: [{ status: 'RESERVED' }] } },
      release: { reservation: { status: 'RELEASED', tickets: [{ status: 'AVAILABLE' }] } },
    });
  });
});

describe('by global id', () => {
  const NODE = `query ($id: ID!) { node(id: $id) { __typename id } }`;
  const node = async (client: Client, id: string) => (await client.ask(NODE, { id }))['node'];

  test('a Reservation is visible to its viewer and to admins', async () => {
    const { event } = await eventOnSale(world.platform);
    const { id } = await reserved(ana, event, { places: [0] });
    const found = { __typename: 'Reservation', id };
    expect(await node(ana, id)).toEqual(found);
    expect(await node(await world.as('root', 'ADMIN'), id)).toEqual(found);
    for (const other of [ben, world.stranger, await world.as(ORGANISER, 'ORGANISER')]) {
      expect(await node(other, id)).toBeNull();
    }
    expect(await node(ana, `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`)).toBeNull();
  });

  test('a Ticket is visible to every viewer of the Event', async () => {
    const { event, ticket } = await eventOnSale(world.platform, { seats: 20 });
    expect(event).toMatch(/^evt_/);
    expect(await node(world.stranger, ticket(19))).toEqual({ __typename: 'Ticket', id: ticket(19) });
    for (const place of [20, 9_999_999]) expect(await node(world.stranger, ticket(place))).toBeNull();
    const draft = await draftEvent(world.platform);
    expect(await node(await world.as(ORGANISER, 'ORGANISER'), draft.ticket(0))).toBeNull(); // a draft has no tickets
    expect(await node(world.stranger, 'tkt_nonsense')).toBeNull();
  });
});

test('a page of Reservations takes as many statements as a single one', async () => {
  const emil = await world.as('emil');
  const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 40 });
  for (let place = 0; place < 24; place += 4) {
    await reserved(emil, event, { places: [place, place + 1, place + 2, place + 3] });
  }
  const schema = await buildSchema();
  const source = `query ($first: Int!) {
    viewer { reservations(first: $first) { nodes { ${RESERVATION} event { id activeReservations { id } } } } }
  }`;
  const statementsFor = async (first: number) => {
    let statements = 0;
    const db = drizzle(world.platform.db.$client, { logger: { logQuery: () => statements++ } });
    const loaders = { ...openCatalogLoaders(db), ...openBookingLoaders(db) };
    const cacheability = { tags: new Set() };
    const contextValue = {
      platform: { db },
      viewer: viewerOf('emil'),
      loaders,
      cacheability,
      responseSize: new FieldCounter({ cost: 5_000 }, new AbortController().signal),
    } as unknown as Context;
    const { data, errors } = await graphql({ schema, source, variableValues: { first }, contextValue });
    expect(errors).toBeUndefined();
    expect(data!['viewer']).toMatchObject({ reservations: { nodes: { length: first } } });
    return statements;
  };
  expect(await statementsFor(6)).toBe(await statementsFor(1));
});
