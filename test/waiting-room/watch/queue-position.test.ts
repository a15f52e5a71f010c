import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { QUEUE_POSITION } from '../../../src/client/index.ts';
import { decodeIdOf } from '../../../src/platform/ids.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { readRooms, type RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { entryOf, writeEntryToken } from '../../../src/waiting-room/tokens/entries.ts';
import { overSse, overWebSocket, type TestSubscriber } from '../../realtime/transports.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let line: Line;
beforeAll(async () => {
  world = await openWorld();
  line = new Line(world.platform);
});
afterAll(() => world[Symbol.asyncDispose]());

const STATUS = `query ($event: ID!, $token: String) {
  queueStatus(event: $event, token: $token) { state entry token place peopleAhead minWaitSeconds opensAt pass }
}`;

/** A room of an Event of its own. */
async function openRoom() {
  const { event } = await eventOnSale(world.platform, { seats: 20 });
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  const input = { event, opensAt: inDays(1), capacity: 5, admissionsPerMinute: 60, requiresChallenge: false };
  expect((await organiser.mutate('openWaitingRoom', input)).__typename).toBe('WaitingRoomOpened');
  const { id: eventId } = decodeIdOf('Event', event)!;
  const read = async () => (await readRooms(world.platform.db)).find((room) => room.eventId === eventId)!;
  return {
    event,
    organiser,
    read,
    /** Let viewers join in this order, and give them their places. */
    async fill(viewers: readonly string[]): Promise<RoomRow> {
      const room = await read();
      await line.closeArrivals(room);
      for (const viewer of viewers) await line.join(room, entryOf(room, viewer));
      await world.platform.db.execute(
        sql`update waiting_rooms set phase = 'OPEN' where event_id = ${eventId}`,
      );
      return read();
    },
    /** Publish a message, as a step of the controller does. */
    async publish(room: RoomRow, sequence: number, head: number, gone: number[] = [], isSoldOut = false) {
      const channel = roomKeys(world.platform.redis.prefix, room).at(-1)!;
      const message = {
        generation: 1,
        sequence,
        head,
        gone,
        waiting: 9,
        inside: 1,
        measuredRate: 60,
        isSoldOut,
      };
      await world.platform.redis.connection!.spublish(channel, JSON.stringify(message));
    },
    status: async (viewer: string, token: string | null = null) =>
      (await (await world.as(viewer)).ask(STATUS, { event, token })).queueStatus,
  };
}

async function until(subscriber: TestSubscriber, holds: (status: any) => boolean) {
  for (;;) {
    const { data, errors } = await subscriber.next();
    if (errors) throw new Error(JSON.stringify(errors));
    if (holds(data.queuePosition)) return data.queuePosition;
  }
}

describe('queueStatus', () => {
  test('before the opening there is an entry without a place; without one the viewer has not joined', async () => {
    const { read, status } = await openRoom();
    const room = await read();
    await line.join(room, entryOf(room, 'ben'));
    expect(await status('ana')).toMatchObject({ state: 'NOT_JOINED', token: null });
    await line.join(room, entryOf(room, 'ana'));
    const before = await status('ana');
    expect(before).toMatchObject({ state: 'BEFORE_OPENING', place: null, entry: entryOf(room, 'ana') });
    expect(before).toMatchObject({ token: writeEntryToken(room, 'ana', { place: null }) });
  });

  test('with the token of a place it needs no Redis, and asking counts as a sign of life', async () => {
    const { fill, status } = await openRoom();
    const room = await fill(['ana', 'ben', 'cleo']);
    await eventually('the process knows of the opening', async () => {
      const { state } = await status('ana');
      return state === 'WAITING';
    });
    const token = writeEntryToken(room, 'cleo', { place: 3 });
    const keys = roomKeys(world.platform.redis.prefix, room);
    const redis = world.platform.redis.connection!;
    await redis.zadd(keys[2]!, 1, entryOf(room, 'cleo')); // last heard of in 1970
    expect(await status('cleo', token)).toMatchObject({ state: 'WAITING', place: 3, peopleAhead: 2, token });
    await eventually(
      'the sign of life has arrived',
      async () => Number(await redis.zscore(keys[2]!, entryOf(room, 'cleo'))) > Date.now(),
    );
    await redis.del(keys[1]!);
    expect(await status('cleo', token)).toMatchObject({ state: 'WAITING', place: 3, peopleAhead: 2 });
  });

  test('a token of another viewer is of no use', async () => {
    const { fill, status } = await openRoom();
    const room = await fill(['ana']);
    const token = writeEntryToken(room, 'ana', { place: 1 });
    expect(await status('eve', token)).toMatchObject({ state: 'NOT_JOINED', place: null, token: null });
    expect(await line.find(room, [entryOf(room, 'eve')])).toEqual([null]);
  });

  test('an entry that Redis has lost is restored by its token', async () => {
    const { fill, status } = await openRoom();
    const room = await fill(['ana', 'ben']);
    const keys = roomKeys(world.platform.redis.prefix, room);
    const redis = world.platform.redis.connection!;
    await Promise.all([1, 2].map((index) => redis.zrem(keys[index]!, entryOf(room, 'ben'))));
    await status('ben', writeEntryToken(room, 'ben', { place: 2 }));
    await eventually('the entry is back', async () => {
      const [found] = (await line.find(room, [entryOf(room, 'ben')]))!;
      return found?.kind === 'waiting' && found.place === 2;
    });
  });

  test('without a waiting room, and for an id that is none, no admission is needed', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 20 });
    const ana = await world.as('ana');
    expect((await ana.ask(STATUS, { event })).queueStatus).toMatchObject({ state: 'CLOSED', entry: null });
    expect((await ana.ask(STATUS, { event: 'nonsense' })).queueStatus).toMatchObject({ state: 'CLOSED' });
    const { errors } = await world.stranger.send(STATUS, { event });
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe.each([overWebSocket, overSse])('queuePosition over $name', ({ subscribe }) => {
  const follow = async (event: string, viewer: string, token: string | null = null) =>
    subscribe(world.url, {
      query: QUEUE_POSITION,
      variables: { event, token },
      token: await world.token(viewer),
    });

  test('sends the place, and each change of the people ahead', async () => {
    const { event, fill, publish } = await openRoom();
    const room = await fill(['ana', 'ben', 'cleo', 'dan', 'eli']);
    const eli = await follow(event, 'eli');
    const first = await until(eli, ({ state }) => state === 'WAITING');
    expect(first).toMatchObject({ place: 5, peopleAhead: 4, pass: null });
    expect(first.token).toBe(writeEntryToken(room, 'eli', { place: 5 }));
    await publish(room, 1, 0, [2]);
    expect(await until(eli, ({ peopleAhead }) => peopleAhead < 4)).toMatchObject({
      place: 5,
      peopleAhead: 3,
    });
    await publish(room, 2, 1, [], true);
    expect(await until(eli, ({ state }) => state === 'SOLD_OUT')).toMatchObject({ peopleAhead: 2 });
    await publish(room, 3, 1);
    const moving = await until(eli, ({ state }) => state === 'WAITING');
    expect(moving.maxWaitSeconds).toBeGreaterThan(moving.minWaitSeconds);
    eli.close();
  });

  test('no update is executed, also once queries were: each viewer has one of their own', async () => {
    const { event, fill, publish, status } = await openRoom();
    await fill(['ana', 'ben']).then((room) => publish(room, 1, 0));
    await status('ana'); // after a first query Apollo Server gives every field a resolver
    const executions = async () => (await world.platform.metrics.realtimeExecutions.get()).values[0]!.value;
    const before = await executions();
    const ben = await follow(event, 'ben');
    await until(ben, ({ state }) => state === 'WAITING');
    ben.close();
    expect(await executions()).toBe(before);
  });

  test('before the opening a new time of it is sent', async () => {
    const { event, organiser, read } = await openRoom();
    const before = await read();
    await line.join(before, entryOf(before, 'ana'));
    const ana = await follow(event, 'ana');
    await until(ana, ({ state }) => state === 'BEFORE_OPENING');
    const opensAt = inDays(2).toISOString();
    await organiser.mutate('updateWaitingRoom', { event, opensAt });
    expect(await until(ana, (status) => status.opensAt === opensAt)).toMatchObject({
      state: 'BEFORE_OPENING',
    });
    ana.close();
  });

  test('a place is sent at the opening', async () => {
    const { event, read, fill } = await openRoom();
    const before = await read();
    await line.join(before, entryOf(before, 'ana'));
    const ana = await follow(event, 'ana');
    await until(ana, ({ state }) => state === 'BEFORE_OPENING');
    await fill([]);
    await line.writePlaces(before, [[entryOf(before, 'ana'), 1]]);
    const placed = await until(ana, ({ state }) => state === 'WAITING');
    expect(placed).toMatchObject({ place: 1, peopleAhead: 0 });
    expect(placed.token).toBe(writeEntryToken(before, 'ana', { place: 1 }));
    ana.close();
  });

  test('an entry that has a token without a place is told so', async () => {
    const { event, read } = await openRoom();
    const room = await read();
    await line.join(room, entryOf(room, 'ana'));
    const token = writeEntryToken(room, 'ana', { place: null });
    const ana = await follow(event, 'ana', token);
    expect(await until(ana, () => true)).toMatchObject({ state: 'BEFORE_OPENING', place: null, token });
    ana.close();
  });

  test('the last message has the pass, and then the subscription is complete', async () => {
    const { event, fill, publish } = await openRoom();
    const room = await fill(['ana', 'ben']);
    const ana = await follow(event, 'ana', writeEntryToken(room, 'ana', { place: 1 }));
    await until(ana, ({ state }) => state === 'WAITING');
    const keys = roomKeys(world.platform.redis.prefix, room);
    const redis = world.platform.redis.connection!;
    const entry = entryOf(room, 'ana');
    await redis.zrem(keys[1]!, entry);
    await redis.hset(keys[3]!, entry, `1 ${Date.now() + 60_000}`); // as a step of the controller does
    await publish(room, 1, 1);
    const admitted = await until(ana, ({ state }) => state === 'ADMITTED');
    expect(admitted.pass).toMatch(/^p1\.1\.1\./);
    expect(admitted.secondsLeft).toBeGreaterThan(50);
    const again = await follow(event, 'ana', admitted.token);
    expect(await until(again, () => true)).toMatchObject({ state: 'ADMITTED', pass: admitted.pass });
    again.close();
  });

  test('ends when the entry leaves, when the room closes, and without an entry', async () => {
    const { event, organiser, fill, publish } = await openRoom();
    const room = await fill(['ana', 'ben']);
    const [ana, ben, eve] = [
      await follow(event, 'ana'),
      await follow(event, 'ben'),
      await follow(event, 'eve'),
    ];
    expect(await until(eve, () => true)).toMatchObject({ state: 'NOT_JOINED', place: null });
    for (const one of [ana, ben]) await until(one, ({ state }) => state === 'WAITING');
    await line.leave(room, entryOf(room, 'ana'));
    await publish(room, 1, 0, [1]);
    expect(await until(ana, ({ state }) => state !== 'WAITING')).toMatchObject({ state: 'GONE', place: 1 });
    await organiser.mutate('closeWaitingRoom', { event, evenIfOccupied: true });
    expect(await until(ben, ({ state }) => state !== 'WAITING')).toMatchObject({
      state: 'CLOSED',
      pass: null,
    });
    for (const one of [ana, ben, eve]) one.close();
  });

  test('an open subscription is a sign of life', async () => {
    const { event, fill } = await openRoom();
    const room = await fill(['ana']);
    const ana = await follow(event, 'ana');
    await until(ana, ({ state }) => state === 'WAITING');
    const keys = roomKeys(world.platform.redis.prefix, room);
    const redis = world.platform.redis.connection!;
    await redis.zadd(keys[2]!, 1, entryOf(room, 'ana'));
    ana.close(); // the grace begins then
    await eventually(
      'the sign of life has arrived',
      async () => Number(await redis.zscore(keys[2]!, entryOf(room, 'ana'))) > 1,
    );
  });

  test('needs a viewer', async () => {
    const { event } = await openRoom();
    const stranger = await subscribe(world.url, { query: QUEUE_POSITION, variables: { event } });
    expect((await stranger.next()).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    stranger.close();
  });
});
