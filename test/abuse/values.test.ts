import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildSchema } from '../../src/app/schema.ts';
import { openClient, type Client } from '../support/client.ts';
import { inDays } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { HOSTILE, leavesOf, minimalValue, valueWith } from './hostile-values.ts';
import { idOf, openValidInputs } from './valid-inputs.ts';

let world: World;
let schema: GraphQLSchema;
let admin: Client;
let fields: { type: 'query' | 'mutation'; field: GraphQLField<unknown, unknown> }[];
/** Arguments that pass validation, so that a hostile part of them reaches the deepest code. */
let bases: Record<string, Record<string, unknown>>;

beforeAll(async () => {
  world = await openWorld();
  schema = await buildSchema();
  admin = openClient(world.url, await world.token('ada', 'ADMIN'));
  fields = (['query', 'mutation'] as const).flatMap((type) =>
    Object.values(schema.getRootType(type as never)!.getFields()).map((field) => ({ type, field })),
  );
  bases = await makeBases();
});
afterAll(() => world[Symbol.asyncDispose]());

async function makeBases(): Promise<typeof bases> {
  const { ids, inputs } = await openValidInputs(admin);
  return {
    ...inputs,
    createSeatingPlan: { input: { venue: ids.venue, name: 'Plan', source: { generate: { capacity: 10 } } } },
    publishEvent: { input: { event: ids.event } },
    reserveTickets: { input: { event: ids.event } },
    announceEvent: { input: { event: ids.event } },
    withdrawEvent: { input: { event: ids.event } },
    cancelEvent: { input: { event: ids.event } },
    changePrices: { input: { event: ids.event } },
    pauseSale: { input: { event: ids.event } },
    resumeSale: { input: { event: ids.event } },
    blockTickets: { input: { event: ids.event } },
    unblockTickets: { input: { event: ids.event } },
    ...(await openRooms(admin, ids)),
  };
}

/** Fields of waiting rooms, each of an Event of its own: what one of them changes is nothing to the others. */
async function openRooms({ mutate }: Client, { venue }: { venue: string }): Promise<typeof bases> {
  const settings = { opensAt: inDays(1).toISOString(), capacity: 10, admissionsPerMinute: 10 };
  const eventWith = async (hasRoom: boolean) => {
    const fields = { name: 'Gala', category: 'concert', venue, startsAt: '2031-01-01T20:00:00Z' };
    const event = await idOf(admin, 'createEvent', { event: fields }, '... on EventCreated { event { id } }');
    if (hasRoom)
      expect(await mutate('openWaitingRoom', { event, ...settings })).toMatchObject({
        __typename: 'WaitingRoomOpened',
      });
    return event;
  };
  return {
    openWaitingRoom: { input: { event: await eventWith(false), ...settings } },
    updateWaitingRoom: { input: { event: await eventWith(true) } },
    steerWaitingRoom: { input: { event: await eventWith(true) } },
    closeWaitingRoom: { input: { event: await eventWith(true) } },
    joinQueue: { input: { event: await eventWith(true) } },
    leaveQueue: { input: { event: await eventWith(true) } },
    queueChallenge: { event: await eventWith(true) },
    queueStatus: { event: await eventWith(true) },
  };
}

/** An operation on one root field with the given arguments as variables. */
function operationOn({ type, field }: (typeof fields)[number], args: readonly string[]): string {
  const used = field.args.filter(({ name }) => args.includes(name));
  const variables = used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const call = used.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return `${type} ${variables && `(${variables})`} { ${field.name}${call && `(${call})`} ${selection} }`;
}

/** Refusals of a value. INTERNAL_SERVER_ERROR is none of them. */
const REFUSAL_CODES = ['BAD_USER_INPUT', 'OPERATION_TOO_COMPLEX', 'BODY_TOO_LARGE'];

/** Every argument or input field of the scalar, with each of its hostile values. */
function casesOf(scalar: string) {
  return fields.flatMap((target) => {
    const { name, args } = target.field;
    const base = bases[name] ?? {};
    return args.flatMap((arg) => {
      const others = args.filter(
        (other) => other !== arg && isNonNullType(other.type) && other.defaultValue === undefined,
      );
      const rest = Object.fromEntries(
        others.map((other) => [other.name, base[other.name] ?? minimalValue(other.type)]),
      );
      const leaves = leavesOf(arg.type).filter((leaf) => leaf.scalar === scalar);
      return leaves.flatMap(({ path }) =>
        HOSTILE[scalar]!.map((value) => ({
          where: `${name}(${[arg.name, ...path].join('.')}: ${JSON.stringify(value).slice(0, 40)})`,
          query: operationOn(target, [arg.name, ...Object.keys(rest)]),
          variables: { ...rest, [arg.name]: valueWith(arg.type, path, value, base[arg.name]) },
        })),
      );
    });
  });
}

describe('a hostile value is refused or harmless in every argument', () => {
  test.each(Object.keys(HOSTILE))('%s', async (scalar) => {
    const cases = casesOf(scalar);
    const broken: string[] = [];
    const sendNext = async () => {
      for (let next = cases.pop(); next; next = cases.pop()) {
        const { data, errors } = await admin.send(next.query, next.variables);
        const codes = errors
          .map(({ extensions }) => String(extensions['code']))
          .filter((code) => !REFUSAL_CODES.includes(code));
        if (codes.length > 0 || (data === null && errors.length === 0))
          broken.push(`${next.where}: ${codes.join()}`);
      }
    };
    expect(cases.length).toBeGreaterThan(3);
    await Promise.all([sendNext(), sendNext(), sendNext(), sendNext()]);
    expect(broken).toEqual([]);
  });
});

test('every page takes sizes from 1 to 100 and refuses all others', async () => {
  const paged = Object.values(schema.getTypeMap()).flatMap((type) =>
    'getFields' in type && !isInputObjectType(type)
      ? Object.values(type.getFields())
          .filter(({ args }) => ['first', 'after'].every((name) => args.some((arg) => arg.name === name)))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
  const QUERIES: Record<string, (page: string) => string> = {
    'Query.events': (page) => `{ events(${page}) { nodes { id } } }`,
    'Query.searchEvents': (page) => `{ searchEvents(input: {}, ${page}) { nodes { id } } }`,
    'Viewer.reservations': (page) => `{ viewer { reservations(${page}) { nodes { id } } } }`,
    'Viewer.bookings': (page) => `{ viewer { bookings(${page}) { nodes { id } } } }`,
    'Venue.events': (page) =>
      `{ venue(id: "${String((bases['updateVenue']!['input'] as any).id)}") { events(${page}) { nodes { id } } } }`,
    'WaitingRoom.admissions': (page) =>
      `{ waitingRoom(event: "${String((bases['updateWaitingRoom']!['input'] as any).event)}") { admissions(${page}) { edges { cursor } } } }`,
    'Event.auditTrail': (page) =>
      `{ event(id: "${String((bases['updateEvent']!['input'] as any).id)}") { auditTrail(${page}) { nodes { at } } } }`,
    'Event.bookings': (page) =>
      `{ event(id: "${String((bases['updateEvent']!['input'] as any).id)}") { bookings(${page}) { nodes { id } } } }`,
    'Performer.events': (page) =>
      `{ performer(id: "${String((bases['updatePerformer']!['input'] as any).id)}") { events(${page}) { nodes { id } } } }`,
  };
  expect(paged.toSorted()).toEqual(Object.keys(QUERIES).toSorted()); // a new connection needs a query here
  for (const [name, query] of Object.entries(QUERIES)) {
    const codeOf = async (page: string) => {
      const { errors } = await admin.send(query(page));
      return `${name}(${page}): ${errors[0]?.extensions['code'] ?? 'fine'}`;
    };
    for (const first of [1, 100])
      expect(await codeOf(`first: ${first}`)).toBe(`${name}(first: ${first}): fine`);
    for (const first of [0, -1, 101, 1_000_000, 2_147_483_647]) {
      expect(await codeOf(`first: ${first}`)).toBe(`${name}(first: ${first}): BAD_USER_INPUT`);
    }
    expect(await codeOf('after: "nonsense"')).toBe(`${name}(after: "nonsense"): BAD_USER_INPUT`);
  }
});
