import { randomUUID } from 'node:crypto';
import { buildSchema as buildSdl, isUnionType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { buildSchema } from '../../src/app/schema.ts';
import type { RoomSettings } from '../../src/waiting-room/store/rooms.ts';
import { overWebSocket } from '../realtime/transports.ts';
import { openClient, type Client } from '../support/client.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { admit, makeRoom } from '../waiting-room/admissions.ts';
import { fieldsOfPlaces, mutationsOfReservations } from './admission-rules.ts';

interface Asking {
  client: Client;
  seeded: SeededEvent;
  pass: string | null;
}

const ask =
  (query: (seeded: SeededEvent) => string) =>
  async ({ client, seeded }: Asking) =>
    JSON.stringify(await client.send(query(seeded)));
const mutate = (name: string, input: object) => async ({ client, seeded: { event } }: Asking) =>
  JSON.stringify(await client.mutate(name, { event, idempotencyKey: randomUUID(), ...input })); // prettier-ignore

/** How a client reaches each field behind a waiting room. A new field that the schema has needs a line here, or among the exempt. */
const PROBES: Record<string, (asking: Asking) => Promise<string>> = {
  'Mutation.reserveTickets': mutate('reserveTickets', { selection: { places: [5] } }),
  'Mutation.reserveBestAvailable': mutate('reserveBestAvailable', { quantity: 1 }),
  'Event.tickets': ask(({ event }) => `{ event(id: "${event}") { tickets(places: [1]) { status } } }`),
  'Query.node': ask(({ ticket }) => `{ node(id: "${ticket(1)}") { ... on Ticket { status } } }`),
  'Query.nodes': ask(({ ticket }) => `{ nodes(ids: ["${ticket(1)}"]) { ... on Ticket { status } } }`),
  'Query.seatMap': ask(({ event }) => `{ seatMap(event: "${event}") { sections { statuses } } }`),
  'Query.seatMapSince': ask(
    ({ event }) =>
      `{ seatMapSince(event: "${event}", cursor: "NGYxYyAxNw") { ... on SeatMap { sections { statuses } } } }`,
  ),
  async 'Subscription.seatMapChanged'({ seeded: { event }, pass }) {
    const token = await world.token('ana');
    const subscriber = await overWebSocket.subscribe(world.url, {
      variables: { event },
      token,
      admission: pass ?? '',
    });
    const first = JSON.stringify(await subscriber.next());
    subscriber.close();
    return first;
  },
};

const HELD = 'acts on what the viewer holds, which outlives the visit';
const OWN = 'tickets that the viewer holds or has bought';
const ANSWER = 'the answer of a mutation that has asked for admission, or of one for organisers';

/** Fields that need no admission, with the reason. */
const EXEMPT: Record<string, string> = {
  'Mutation.extendReservation': HELD,
  'Mutation.releaseReservation': HELD,
  'Booking.tickets': OWN,
  'Reservation.tickets': OWN,
  'OrphanSeat.tickets': ANSWER,
  'TicketsUnavailable.tickets': ANSWER,
};

const found = (schema: GraphQLSchema) => [...mutationsOfReservations(schema), ...fieldsOfPlaces(schema)];
/** Fields of the schema that are neither probed nor exempt. */
const unprobed = (schema: GraphQLSchema) =>
  found(schema).filter((coordinate) => !(coordinate in PROBES) && !(coordinate in EXEMPT));

describe('every field that holds tickets or shows single places', () => {
  test('is probed below, or exempt with a reason; and no other is', async () => {
    const schema = await buildSchema();
    expect(unprobed(schema)).toEqual([]);
    expect([...Object.keys(PROBES), ...Object.keys(EXEMPT)].toSorted()).toEqual(found(schema).toSorted());
  });

  test('of a refusal is an answer of a mutation that is probed, or is for organisers', async () => {
    const schema = await buildSchema();
    const refusals = Object.keys(EXEMPT).filter((one) => EXEMPT[one] === ANSWER).map((one) => one.split('.')[0]!); // prettier-ignore
    const mutations = Object.values(schema.getMutationType()!.getFields()).filter(({ type }) => {
      const union = schema.getType(String(type).replace('!', ''));
      return isUnionType(union) && union.getTypes().some(({ name }) => refusals.includes(name));
    });
    expect(mutations.length).toBeGreaterThan(1);
    for (const { name, astNode } of mutations) {
      const roles = /roles: \[(.*?)\]/.exec(textOf(astNode))?.[1];
      expect(`Mutation.${name}` in PROBES || roles === 'ORGANISER', name).toBe(true);
    }
  });
});

const textOf = (
  node: { loc?: { source: { body: string }; start: number; end: number } | undefined } | null | undefined,
) => (node?.loc ? node.loc.source.body.slice(node.loc.start, node.loc.end) : '');

describe('a new one is found:', () => {
  const sdl = [...textsOf(SCHEMA_FILES).values()].join('\n');

  test.each([
    ['Mutation.reserveTable', 'extend type Mutation { reserveTable: ReserveTicketsResult! }'],
    ['Mutation.reserveTable', 'extend type Mutation { reserveTable: R! } union R = TableReserved | EventNotFound type TableReserved { held: Reservation! }'],
    ['Mutation.reserveTable', 'extend type Mutation { reserveTable: R! } type R { first: Held! } type Held { reservation: Reservation! }'],
    ['Event.firstTicket', 'extend type Event { firstTicket: Ticket }'],
    ['Query.places', 'extend type Query { places: [PlaceState!]! } type PlaceState { state: TicketStatus! }'],
    ['Query.sections', 'extend type Query { sections: [SeatMapSection!]! }'],
    ['Venue.currentMap', 'extend type Venue { currentMap: SeatMap }'],
    ['Floor.sections', 'extend type Query { floor: Floor } type Floor { sections: [SeatMapSection!]! }'],
    ['Subscription.placeChanged', 'extend type Subscription { placeChanged: SeatMapDelta! }'],
    ['Subscription.anyChanged', 'extend type Subscription { anyChanged: Change! } union Change = Venue | SeatMapDelta'],
    ['Query.anything', 'extend type Query { anything: Node }'],
  ])('%s', (coordinate, addition) => {
    const schema = buildSdl(`${sdl}\n${addition}`, { assumeValidSDL: true });
    expect(unprobed(schema)).toEqual([coordinate]);
  }); // prettier-ignore
});

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

/** What the field answers to a viewer, with a pass or without. */
async function probe(coordinate: string, withPass: boolean, settings: Partial<RoomSettings> | null = {}) {
  const seeded = await eventOnSale(world.platform);
  const room = settings && (await makeRoom(world.platform, seeded.id, settings));
  const pass = room && withPass ? await admit(world.platform.db, room, 'ana', 1) : null;
  await (
    await world.as(ORGANISER, 'ORGANISER')
  ).mutate('steerWaitingRoom', { event: seeded.event, action: 'RESUME' });
  const client = openClient(
    world.url,
    await world.token('ana'),
    pass === null ? {} : { 'onsale-admission': pass },
  );
  const answer = await PROBES[coordinate]!({ client, seeded, pass });
  const isRefused = /ADMISSION_REQUIRED|AdmissionRequired/.test(answer);
  expect(answer).toMatch(isRefused ? /./ : /AAAA|AVAILABLE|TicketsReserved/);
  if (isRefused) expect(answer).not.toMatch(/AAAA|AVAILABLE|TicketsReserved/);
  return isRefused ? 'refused' : 'answered';
}

describe.each(Object.keys(PROBES))('%s', (coordinate) => {
  test('refuses without a pass, and answers with one', async () => {
    expect(await probe(coordinate, false)).toBe('refused');
    expect(await probe(coordinate, true)).toBe('answered');
  });

  test('would be noticed if it answered without a pass', async () => {
    const unguarded = coordinate.startsWith('Mutation.') ? null : { protectsSeatMap: false };
    expect(await probe(coordinate, false, unguarded)).toBe('answered');
  });
});
