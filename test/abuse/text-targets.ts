import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

import { encodeTicketId } from '../../src/platform/ids.ts';
import type { CheckoutWorld } from '../support/checkout-world.ts';
import type { Client } from '../support/client.ts';
import { draftEvent, eventOnSale } from '../support/seed.ts';
import { leavesOf, minimalValue, valueWith } from './hostile-values.ts';
import { idOf, openValidInputs } from './valid-inputs.ts';

type Arguments = Record<string, any>;

/** Valid arguments of a field, and who may call it. */
interface Prepared {
  client: Client;
  args: Arguments;
}

/** A place of the schema that takes a value: an argument, or a field of an input below one. */
export interface ValueTarget {
  where: string;
  /** Mutations that succeed once. */
  repeatable: boolean;
  /** Prepare a valid request, and put the value into it; returns a function that sends it and tells what kind of answer it got. */
  prepare(value: unknown): Promise<() => Promise<string>>;
}

/** Scalars that are sent as text; `DateTime` is tried with the other types. */
export const TEXT_SCALARS = new Set(['String', 'ID', 'Currency']);

/** Mutations whose second call cannot succeed: the first one has changed what they ask for. */
const SUCCEEDS_ONCE = new Set([
  ...['createSeatingPlan', 'updateSeatingPlan', 'publishEvent'],
  ...['openWaitingRoom', 'closeWaitingRoom', 'refundTickets'],
]);

/** How a field of a type is reached, with the id of an object of it. */
const ROUTES: Record<string, (field: string) => string> = {
  Query: (field) => field,
  Mutation: (field) => field,
  Subscription: (field) => field,
  Viewer: (field) => `viewer { ${field} }`,
  Event: (field) => `event(id: $__id) { ${field} }`,
  Venue: (field) => `venue(id: $__id) { ${field} }`,
  Performer: (field) => `performer(id: $__id) { ${field} }`,
  WaitingRoom: (field) => `waitingRoom(event: $__id) { ${field} }`,
};

/** Every place of the schema that takes one of the types. A type without a route is an error, so that none is left out. */
export async function valueTargets(
  world: CheckoutWorld,
  schema: GraphQLSchema,
  takes: (typeName: string) => boolean,
): Promise<ValueTarget[]> {
  const valid = await openValidArguments(world);
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__')) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((arg) =>
        leavesOf(arg.type)
          .filter(({ scalar }) => takes(scalar))
          .map(({ path }): ValueTarget => {
            const route = ROUTES[type.name];
            if (route === undefined) throw new Error(`no route to ${type.name}.${field.name}`);
            return {
              where: `${type.name}.${field.name}(${[arg.name, ...path].join('.')})`,
              repeatable: !SUCCEEDS_ONCE.has(field.name),
              async prepare(value) {
                const { client, args } = await valid.of(type.name, field);
                const variables: Arguments = {
                  ...args,
                  [arg.name]: valueWith(arg.type, path, value, args[arg.name]),
                };
                const query = operationOn(type.name, field, Object.keys(variables), route);
                const all = { ...variables, ...valid.idOf(type.name) };
                return () =>
                  type.name === 'Subscription' ? firstUpdate(world, query, all) : kindOf(client, query, all);
              },
            };
          }),
      ),
    );
  });
}

function operationOn(
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  names: readonly string[],
  route: (field: string) => string,
): string {
  const used = field.args.filter(({ name }) => names.includes(name));
  const declared = used.map((arg) => `$${arg.name}: ${String(arg.type)}`);
  const call = used.length === 0 ? '' : `(${used.map(({ name }) => `${name}: $${name}`).join(', ')})`;
  const reached = route(
    `${field.name}${call} ${isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'}`,
  );
  if (reached.includes('$__id')) declared.push('$__id: ID!');
  const operation = typeName === 'Mutation' || typeName === 'Subscription' ? typeName.toLowerCase() : 'query';
  return `${operation} ${declared.length === 0 ? '' : `(${declared.join(', ')})`} { ${reached} }`;
}

/** The codes of its errors, or the type of what it found. */
async function kindOf(client: Client, query: string, variables: Arguments): Promise<string> {
  const { data, errors } = await client.send(query, variables);
  return kindOfResult(data, errors);
}

function kindOfResult(data: unknown, errors: { extensions: Record<string, any> }[]): string {
  if (errors.length > 0) return errors.map(({ extensions }) => String(extensions['code'])).join();
  const typeNames: string[] = [];
  JSON.stringify(data, (key, value: unknown) => {
    if (key === '__typename') typeNames.push(String(value));
    return value;
  });
  return typeNames.length > 0 ? [...new Set(typeNames)].join() : 'nothing found';
}

/** The kind of the first result of a subscription, which is ended then. */
async function firstUpdate(world: CheckoutWorld, query: string, variables: Arguments): Promise<string> {
  const ending = new AbortController();
  const response = await fetch(`${world.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await world.token('ada', 'ADMIN')}`,
      ...{ 'content-type': 'application/json', accept: 'text/event-stream' },
    },
    body: JSON.stringify({ query, variables }),
    signal: ending.signal,
  });
  try {
    let received = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      received += chunk;
      const result = /^data: (\{.*\})$/m.exec(received)?.[1];
      if (result === undefined) continue;
      const { data = null, errors = [] } = JSON.parse(result);
      return kindOfResult(data, errors);
    }
    return `status ${response.status}: ${received}`;
  } finally {
    ending.abort();
  }
}

const LAYOUT = {
  ...{ width: 10, height: 10, stageX: 5, stageY: 0, stageLabel: 'Stage', categories: ['All'] },
  sections: [
    {
      seated: {
        ...{ key: 'stalls', name: 'Stalls', level: '' },
        rows: [{ label: 'A', category: 0, seats: ['1'], x: [1], y: [1] }],
      },
    },
  ],
};

/** A waiting room that opens in time for every draft. */
const ROOM = { opensAt: new Date(Date.now() + 86_400_000), capacity: 10, admissionsPerMinute: 10 };

/** Arguments that pass validation, so that a strange part of them reaches the deepest code. */
async function openValidArguments(world: CheckoutWorld) {
  const admin = await world.as('ada', 'ADMIN');
  const sale = await eventOnSale(world.platform, {
    seats: 20_000,
    areas: [{ key: 'floor', places: 20_000 }],
  });
  let place = 0;
  const nextBuyer = async (): Promise<Prepared & { places: number[] }> => {
    const client = await world.as(`buyer-${randomUUID()}`);
    return { client, args: {}, places: [place++ % 20_000] };
  };
  const held = async () => {
    const { client, places } = await nextBuyer();
    const input = { event: sale.event, selection: { places }, idempotencyKey: randomUUID() };
    const answer = await client.mutate(
      'reserveTickets',
      input,
      '... on TicketsReserved { reservation { id } }',
    );
    return { client, reservation: answer.reservation.id as string };
  };
  const payment = { amount: { amount: 5_000, currency: 'EUR' }, paymentMethod: 'pm_card_visa' };

  const booked = async () => {
    const { client, reservation } = await held();
    const input = { reservation, payment, idempotencyKey: randomUUID() };
    const { booking } = await client.mutate(
      'confirmBooking',
      input,
      '... on BookingConfirmed { booking { id } }',
    );
    return booking.id as string;
  };
  const [kept, returned] = [await booked(), await booked()];
  const tickets = [encodeTicketId(sale.id, place - 1)]; // the one of `returned`

  const guardedEvent = async () => {
    const { event } = await draftEvent(world.platform);
    const answer = await admin.mutate('openWaitingRoom', { event, ...ROOM });
    if (answer.__typename !== 'WaitingRoomOpened') throw new Error(`no room: ${JSON.stringify(answer)}`);
    return event;
  };
  const { event: guarded } = await eventOnSale(world.platform); // fans join it
  await admin.mutate('openWaitingRoom', { event: guarded, ...ROOM });

  const made = await openValidInputs(admin);
  const inputs: Record<string, Arguments> = made.inputs;
  const ids: Record<string, string> = {
    Venue: made.ids.venue,
    Performer: made.ids.performer,
    Event: sale.event,
    WaitingRoom: guarded,
  };
  const plan = () => ({ venue: ids['Venue'], name: `Plan ${randomUUID()}`, source: { layout: LAYOUT } });
  const newPlan = () =>
    idOf(admin, 'createSeatingPlan', plan(), '... on SeatingPlanCreated { seatingPlan { id } }');

  const PREPARED: Record<string, () => Arguments | Promise<Arguments | Prepared>> = {
    createSeatingPlan: () => ({ input: plan() }),
    updateSeatingPlan: async () => ({ input: { id: await newPlan(), source: { layout: LAYOUT } } }),
    publishEvent: async () => ({
      input: {
        event: (await draftEvent(world.platform)).event,
        currency: 'EUR',
        prices: [{ tier: 0, amount: 5_000 }],
      },
    }),
    announceEvent: async () => ({ input: { event: (await draftEvent(world.platform)).event } }),
    withdrawEvent: async () => ({ input: { event: (await draftEvent(world.platform)).event } }),
    cancelEvent: async () => ({ input: { event: (await draftEvent(world.platform)).event } }),
    refundTickets: () => ({
      input: { booking: returned, tickets, returnToSale: true, reason: 'ill', idempotencyKey: randomUUID() },
    }),
    refundAmount: () => ({
      input: {
        booking: kept,
        amount: { amount: 100, currency: 'EUR' },
        reason: 'view',
        idempotencyKey: randomUUID(),
      },
    }),
    changePrices: () => ({ input: { event: sale.event, prices: [{ tier: 0, name: 'All', amount: 5_000 }] } }),
    pauseSale: async () => ({ input: { event: (await eventOnSale(world.platform)).event } }),
    resumeSale: async () => ({ input: { event: (await eventOnSale(world.platform)).event } }),
    blockTickets: () => ({ input: { event: sale.event, places: [19_999] } }),
    unblockTickets: () => ({ input: { event: sale.event, places: [19_999] } }),
    async reserveTickets() {
      const { client, places } = await nextBuyer();
      return {
        client,
        args: { input: { event: sale.event, selection: { places }, idempotencyKey: randomUUID() } },
      };
    },
    async reserveBestAvailable() {
      const { client } = await nextBuyer();
      const input = { event: sale.event, quantity: 1, sections: ['floor'], idempotencyKey: randomUUID() };
      return { client, args: { input } };
    },
    async confirmBooking() {
      const { client, reservation } = await held();
      return { client, args: { input: { reservation, payment, idempotencyKey: randomUUID() } } };
    },
    openWaitingRoom: async () => ({ input: { event: (await draftEvent(world.platform)).event, ...ROOM } }),
    updateWaitingRoom: () => ({ input: { event: guarded } }),
    steerWaitingRoom: () => ({ input: { event: guarded, action: 'RESUME' } }),
    closeWaitingRoom: async () => ({ input: { event: await guardedEvent() } }),
    joinQueue: async () => ({ client: (await nextBuyer()).client, args: { input: { event: guarded } } }),
    leaveQueue: () => ({ input: { event: guarded } }),
    queueChallenge: () => ({ event: guarded }),
    queueStatus: () => ({ event: guarded }),
    queuePosition: () => ({ event: guarded }),
    seatMap: () => ({ event: sale.event }),
    seatMapChanged: () => ({ event: sale.event }),
  };
  return {
    /** Fresh for mutations that change what they are given. */
    async of(typeName: string, field: GraphQLField<unknown, unknown>): Promise<Prepared> {
      const prepared = await (typeName in ids ? undefined : (PREPARED[field.name]?.() ?? inputs[field.name]));
      const { client, args } = (prepared && 'client' in prepared ? prepared : { client: admin, args: prepared ?? {} }) as Prepared; // prettier-ignore
      const missing = field.args.filter(
        ({ name, type, defaultValue }) =>
          isNonNullType(type) && defaultValue === undefined && !(name in args),
      );
      return {
        client,
        args: { ...Object.fromEntries(missing.map(({ name, type }) => [name, minimalValue(type)])), ...args },
      };
    },
    idOf: (typeName: string): Arguments => (ids[typeName] === undefined ? {} : { __id: ids[typeName] }),
  };
}
