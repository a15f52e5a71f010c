import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { events } from '../../src/catalog/index.ts';
import { closeRoom, type RoomRow } from '../../src/waiting-room/store/rooms.ts';
import { writePass } from '../../src/waiting-room/tokens/passes.ts';
import { openClient } from '../support/client.ts';
import { reserve, reserveBest, reserved } from '../support/holds.ts';
import { eventOnSale, inDays, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { admit, endVisit, makeRoom } from './admissions.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

/** What an organiser does makes the process that answers read all rooms. */
const refresh = async ({ event }: Pick<SeededEvent, 'event'>) =>
  (await world.as(ORGANISER, 'ORGANISER')).mutate('steerWaitingRoom', { event, action: 'RESUME' });

async function guarded(): Promise<SeededEvent & { room: RoomRow }> {
  const seeded = await eventOnSale(world.platform, { seats: 200, areas: [{ key: 'pit', places: 50 }] });
  const room = await makeRoom(world.platform, seeded.id);
  await refresh(seeded);
  return { ...seeded, room };
}

const withPasses = async (viewer: string, ...passes: string[]) =>
  openClient(world.url, await world.token(viewer), { 'onsale-admission': passes.join(', ') });
const admitted = async (room: RoomRow, viewer: string, place: number) =>
  withPasses(viewer, await admit(world.platform.db, room, viewer, place));

const REQUIRED = '... on AdmissionRequired { message waiting waitingRoom { generation state event { id } } }';

describe.each([
  ['reserveTickets', (seats: number) => ({ selection: { places: [seats] } })],
  ['reserveTickets', () => ({ selection: { generalAdmission: [{ area: 'pit', quantity: 1 }] } })],
  ['reserveBestAvailable', () => ({ quantity: 1 })],
])('%s %#', (mutation, order) => {
  const call = (client: Awaited<ReturnType<World['as']>>, event: string, seat = 5) =>
    client.mutate(mutation, { event, idempotencyKey: randomUUID(), ...order(seat) }, REQUIRED);

  test('takes a pass, and says how to get one', async () => {
    const { event, room } = await guarded();
    expect(await call(await world.as('ana'), event)).toEqual({
      __typename: 'AdmissionRequired',
      message: expect.stringContaining('Join it'),
      waiting: 0,
      waitingRoom: { generation: 1, state: 'OPEN', event: { id: event } },
    });
    expect(await call(await admitted(room, 'ana', 1), event)).toMatchObject({
      __typename: 'TicketsReserved',
    });
  });

  test('refuses every pass that does not admit the viewer now', async () => {
    const [{ event, room }, other] = [await guarded(), await guarded()];
    const { db } = world.platform;
    const bens = await admit(db, room, 'ben', 1);
    const elsewhere = await admit(db, other.room, 'ana', 1);
    const expired = await admit(db, room, 'ana', 2, new Date(Date.now() - 601_000));
    const ended = await admit(db, room, 'ana', 3);
    await endVisit(db, room, 3);
    const visit = { place: 4, endsAt: inDays(1) };
    const forged = writePass({ ...room, key: other.room.key }, 'ana', visit);
    const nextRoom = writePass({ ...room, generation: 2 }, 'ana', visit);
    await refresh({ event });
    for (const pass of [
      bens,
      elsewhere,
      expired,
      ended,
      forged,
      nextRoom,
      ended.replace('.3.', '.4.'),
      'p1',
      '💺',
    ])
      expect(await call(await withPasses('ana', encodeURI(pass)), event), pass).toMatchObject({
        __typename: 'AdmissionRequired',
      });
    const all = await withPasses('ana', bens, elsewhere, expired, ended, forged, nextRoom);
    expect(await call(all, event)).toMatchObject({ __typename: 'AdmissionRequired' });
    expect(await call(await withPasses('ben', elsewhere, bens), event)).toMatchObject({
      __typename: 'TicketsReserved',
    });
  });

  test('sends nothing to the database for a call without a pass', async () => {
    const { event } = await guarded();
    const ana = await world.as('ana');
    await call(ana, event); // what a first call may load is loaded
    const query = vi.spyOn(world.platform.db.$client, 'query');
    const connect = vi.spyOn(world.platform.db.$client, 'connect');
    const answer = await ana.mutate(mutation, { event, idempotencyKey: randomUUID(), ...order(5) });
    const texts = [...query.mock.calls].map(([text]) => JSON.stringify(text));
    const checkouts = connect.mock.calls.length;
    query.mockRestore();
    connect.mockRestore();
    expect(answer).toMatchObject({ __typename: 'AdmissionRequired' });
    expect(texts.filter((text) => !/waiting-room\.|catalog\.readNow/.test(text))).toEqual([]);
    expect(checkouts).toBe(texts.length); // each of them takes a connection, and nothing else did
  });

  test('takes no pass once the room is closed, and an earlier pass is of no use for the next', async () => {
    const { event, room, id } = await guarded();
    const { db } = world.platform;
    const pass = await admit(db, room, 'ana', 1);
    await db.transaction((tx) => closeRoom(tx as never, room));
    await refresh({ event });
    expect(await call(await world.as('ana'), event, 5)).toMatchObject({ __typename: 'TicketsReserved' });
    await makeRoom(world.platform, id);
    await refresh({ event });
    expect(await call(await withPasses('ana', pass), event, 25)).toMatchObject({
      __typename: 'AdmissionRequired',
    });
  });

  test('answers a repeated call by its success after the visit has ended', async () => {
    const { event, room } = await guarded();
    const client = await admitted(room, 'ana', 1);
    const input = { event, idempotencyKey: randomUUID(), ...order(5) };
    const members = '... on TicketsReserved { reservation { id } }';
    const first = await client.mutate(mutation, input, members);
    expect(first.__typename).toBe('TicketsReserved');
    await endVisit(world.platform.db, room, 1);
    await refresh({ event });
    expect(await client.mutate(mutation, input, members)).toEqual(first);
    expect(await call(client, event, 45)).toMatchObject({ __typename: 'AdmissionRequired' });
    expect(await client.mutate(mutation, { ...input, idempotencyKey: randomUUID() })).toMatchObject({
      __typename: 'AdmissionRequired',
    });
  });

  test('does not reveal a draft with a room', async () => {
    const { event, id } = await guarded();
    await world.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, id));
    await refresh({ event });
    expect(await call(await world.as('ana'), event)).toMatchObject({ __typename: 'EventNotFound' });
    expect(await call(await world.as('boss', 'ADMIN'), event)).toMatchObject({
      __typename: 'AdmissionRequired',
    });
  });
});

test('what is held outlives the visit: it is extended and released without a pass', async () => {
  const { event, room } = await guarded();
  const client = await admitted(room, 'ana', 1);
  const [first, second] = [
    await reserved(client, event, { places: [5] }),
    await reserved(client, event, { places: [6] }),
  ];
  await endVisit(world.platform.db, room, 1);
  await refresh({ event });
  const ana = await world.as('ana');
  expect(await ana.mutate('extendReservation', { reservation: first.id })).toMatchObject({
    __typename: expect.stringMatching(/ReservationExtended|ReservationAtCap/),
  });
  expect(await ana.mutate('releaseReservation', { reservation: second.id })).toMatchObject({
    __typename: 'ReservationReleased',
  });
  const { node } = await ana.ask(
    `{ node(id: "${first.id}") { ... on Reservation { tickets { place status } } } }`,
  );
  expect(node.tickets).toEqual([{ place: 5, status: 'RESERVED' }]);
});

test('the places of a refusal are shown to who was admitted', async () => {
  const { event, room } = await guarded();
  await reserved(await admitted(room, 'ben', 1), event, { places: [5] });
  const ana = await admitted(room, 'ana', 2);
  const refusal = await ana.mutate(
    'reserveTickets',
    { event, selection: { places: [5] }, idempotencyKey: randomUUID() },
    '... on TicketsUnavailable { tickets { place status } }',
  );
  expect(refusal.tickets).toEqual([{ place: 5, status: 'RESERVED' }]);
});

test('another Event needs no pass', async () => {
  await guarded();
  const { event } = await eventOnSale(world.platform);
  expect(await reserve(await world.as('ana'), event, { places: [1] })).toMatchObject({
    __typename: 'TicketsReserved',
  });
  expect(await reserveBest(await world.as('ben'), event, 2)).toMatchObject({ __typename: 'TicketsReserved' });
});

test.each([
  ['eleven passes', Array(11).fill('p1').join(','), 400],
  ['2,000 bytes', 'p'.repeat(2_000), 400],
  ['100,000 bytes', 'p'.repeat(100_000), 431],
])('a header of %s is refused with the request', async (_what, header, status) => {
  const client = openClient(world.url, undefined, { 'onsale-admission': header });
  const answer = await client.send('{ viewer { subject } }');
  expect(answer.status).toBe(status);
  expect(answer.errors[0]!.extensions).toMatchObject({ code: 'INVALID_REQUEST' });
});
