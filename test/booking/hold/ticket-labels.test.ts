import { drizzle } from 'drizzle-orm/node-postgres';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Context } from '../../../src/app/context.ts';
import { FieldCounter } from '../../../src/app/graphql/response-size.ts';
import { buildSchema } from '../../../src/app/schema.ts';
import { openBookingLoaders } from '../../../src/booking/index.ts';
import { openCatalogLoaders } from '../../../src/catalog/index.ts';
import { numberPlaces, type SectionDraft } from '../../../src/seating-plan/index.ts';
import { LiveRooms, NO_PASSES } from '../../../src/waiting-room/index.ts';
import type { Client } from '../../support/client.ts';
import { reserve, reserveBest } from '../../support/holds.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;
beforeAll(async () => {
  world = await openWorld();
  ana = await world.as('ana');
});
afterAll(() => world[Symbol.asyncDispose]());

const seated = (key: string, name: string, level: string, y: number): SectionDraft => ({
  kind: 'SEATED',
  key,
  name,
  level,
  rows: [
    {
      label: 'A',
      category: level === 'Stalls' ? 0 : 1,
      seats: ['1', '2', '3', '4', '5', '6'],
      x: [10, 20, 30, 40, 50, 60],
      y: [y, y, y, y, y, y],
      accessible: [],
    },
  ],
});

/** Places 0 to 5 and 6 to 11 are the seats 1 to 6 of a row A of a section “Left”; 12 and 13 a standing area. */
function twoLefts(fields: { orphanRule?: boolean } = {}): Promise<SeededEvent> {
  const layout = numberPlaces({
    name: 'Theatre',
    width: 100,
    height: 100,
    stage: { x: 50, y: 0, label: 'Stage' },
    categories: ['Front', 'Back'],
    sections: [
      seated('left-1', 'Left', 'Stalls', 20),
      seated('left-2', 'Left', 'Balcony', 60),
      {
        kind: 'GENERAL_ADMISSION',
        key: 'floor',
        name: 'Floor',
        level: '',
        places: 2,
        category: 1,
        outline: [0, 80, 10, 80, 10, 90],
      },
    ],
  });
  return eventOnSale(world.platform, { layout, prices: [9_000, 4_000] }, { ticketLimit: 12, ...fields });
}

const TICKET =
  'tickets { label seatingSection { key name level } priceTier { tier name price { amount currency } } }';
const left = (level: string, seat: string) => ({
  label: `${level}, Left, row A, seat ${seat}`,
  seatingSection: { key: level === 'Stalls' ? 'left-1' : 'left-2', name: 'Left', level },
  priceTier:
    level === 'Stalls'
      ? { tier: 0, name: 'Front', price: { amount: 9_000, currency: 'EUR' } }
      : { tier: 1, name: 'Back', price: { amount: 4_000, currency: 'EUR' } },
});

const RESERVE = `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) { __typename
  ... on TicketsReserved { reservation { ${TICKET} } }
  ... on TicketsUnavailable { places ${TICKET} } ... on OrphanSeat { places ${TICKET} } } }`;
const reserveAs = async (client: Client, event: string, places: number[]) => {
  const input = { event, selection: { places }, idempotencyKey: `${event} ${places.join(' ')}` };
  return (await client.ask(RESERVE, { input }))['reserveTickets'];
};

describe('two sections of one name', () => {
  test('give tickets that read differently, in reservations and refusals', async () => {
    const { event } = await twoLefts();
    expect(await reserveAs(ana, event, [0, 6])).toEqual({
      __typename: 'TicketsReserved',
      reservation: { tickets: [left('Stalls', '1'), left('Balcony', '1')] },
    });
    expect(await reserveAs(await world.as('ben'), event, [6])).toEqual({
      __typename: 'TicketsUnavailable',
      places: [6],
      tickets: [left('Balcony', '1')],
    });
  });

  test('are told apart in the refusal of an orphan seat', async () => {
    const { event } = await twoLefts({ orphanRule: true });
    expect(await reserveAs(ana, event, [7, 8])).toEqual({
      __typename: 'OrphanSeat',
      places: [6],
      tickets: [left('Balcony', '1')],
    });
  });

  test('are told apart on the seat map, and by an organiser who blocks', async () => {
    const { event } = await twoLefts();
    const { seatMap } = await ana.ask(
      `query ($event: ID!) { seatMap(event: $event) { sections { key name level } } }`,
      { event },
    );
    expect(seatMap.sections).toEqual([
      { key: 'left-1', name: 'Left', level: 'Stalls' },
      { key: 'left-2', name: 'Left', level: 'Balcony' },
      { key: 'floor', name: 'Floor', level: '' },
    ]);
    await reserve(ana, event, { places: [7] });
    const organiser = await world.as(ORGANISER, 'ORGANISER');
    const answer = await organiser.mutate(
      'blockTickets',
      { event, places: [7] },
      '... on TicketsUnavailable { tickets { label } }',
    );
    expect(answer).toMatchObject({ tickets: [{ label: 'Balcony, Left, row A, seat 2' }] });
  });

  test('are told apart when the seats were chosen for the buyer', async () => {
    const { event } = await twoLefts();
    const { reservation } = await reserveBest(ana, event, 2, { sections: ['left-2'] });
    const { node } = await ana.ask(
      `query ($id: ID!) { node(id: $id) { ... on Reservation { ${TICKET} } } }`,
      {
        id: reservation.id,
      },
    );
    expect(node.tickets.map(({ seatingSection }: any) => seatingSection)).toEqual([
      { key: 'left-2', name: 'Left', level: 'Balcony' },
      { key: 'left-2', name: 'Left', level: 'Balcony' },
    ]);
  });
});

test('a ticket of a general-admission area has the label of the area', async () => {
  const { event } = await twoLefts();
  const { event: found } = await ana.ask(
    `query ($event: ID!) { event(id: $event) { tickets(places: [12]) { label seatingSection { key } row } } }`,
    { event },
  );
  expect(found.tickets).toEqual([{ label: 'Floor', seatingSection: { key: 'floor' }, row: null }]);
});

test('ten tickets take as many statements as one', async () => {
  const { event } = await twoLefts();
  const schema = await buildSchema();
  await using waitingRooms = new LiveRooms(world.platform);
  await waitingRooms.refresh();
  const count = async (places: number[]) => {
    let statements = 0;
    const db = drizzle(world.platform.db.$client, { logger: { logQuery: () => statements++ } });
    const loaders = { ...openCatalogLoaders(db), ...openBookingLoaders(db) };
    const contextValue = {
      platform: { db },
      viewer: null,
      cacheability: { tags: new Set() },
      loaders,
      waitingRooms,
      passes: NO_PASSES,
      responseSize: new FieldCounter({ cost: 5_000 }, new AbortController().signal),
    } as unknown as Context;
    const source = `query ($event: ID!, $places: [Int!]!) { event(id: $event) { tickets(places: $places) {
      label section seatingSection { key } priceTier { name } price { amount } } } }`;
    const { errors } = await graphql({ schema, source, variableValues: { event, places }, contextValue });
    expect(errors).toBeUndefined();
    return statements;
  };
  const one = await count([0]);
  expect(await count([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBe(one);
});
