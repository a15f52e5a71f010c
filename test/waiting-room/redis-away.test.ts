import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { followQueue, type ConnectionLost } from '../../src/client/index.ts';
import { findRoom } from '../../src/waiting-room/store/lists.ts';
import { waitingRooms } from '../../src/waiting-room/tables.ts';
import { writeEntryToken } from '../../src/waiting-room/tokens/entries.ts';
import { ownRedis, type OwnRedis } from '../seat-map/own-redis.ts';
import { openClient } from '../support/client.ts';
import { eventOnSale, ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openWorld, type World } from '../support/world.ts';
import { admit, makeRoom } from './admissions.ts';

let redis: OwnRedis;
let world: World;
beforeAll(async () => {
  redis = await ownRedis();
  world = await openWorld({ redisUrl: redis.url });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

test('while Redis is away no viewer joins or leaves, and admitted ones reserve; who has a token is told the place', async () => {
  const { platform } = world;
  const { id, event } = await eventOnSale(platform, { seats: 20 });
  const room = await makeRoom(platform, id);
  const pass = await admit(platform.db, room, 'ana', 1);
  await (await world.as(ORGANISER, 'ORGANISER')).mutate('steerWaitingRoom', { event, action: 'RESUME' });
  await redis.kill();
  await eventually('the loss is noticed', async () => platform.redis.state() === 'away');

  const ben = await world.as('ben');
  const token = writeEntryToken(room, 'ben', { place: 7 });
  for (const mutation of ['joinQueue', 'leaveQueue']) {
    const operation = `mutation ($event: ID!) { ${mutation}(input: { event: $event }) { __typename } }`;
    expect(await ben.send(operation, { event })).toMatchObject({
      errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 } }],
    });
  }
  const status =
    'query ($event: ID!, $token: String) { queueStatus(event: $event, token: $token) { place state } }';
  expect((await ben.ask(status, { event, token })).queueStatus).toEqual({ place: 7, state: 'WAITING' });
  expect((await ben.send(status, { event, token: null })).errors).toMatchObject([
    { extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 } },
  ]);
  const reserve = (client: typeof ben, place: number) =>
    client.mutate('reserveTickets', { event, selection: { places: [place] }, idempotencyKey: randomUUID() });
  const ana = openClient(world.url, await world.token('ana'), { 'onsale-admission': pass });
  expect(await reserve(ana, 3)).toMatchObject({ __typename: 'TicketsReserved' });
  expect(await reserve(ben, 4)).toMatchObject({ __typename: 'AdmissionRequired' });
  expect(await findRoom(platform.db, { eventId: id, generation: 1 })).toMatchObject({ placesReserved: 1 });
});

test('a queue that is followed without a token is answered by itself once Redis is back', async () => {
  const { platform } = world;
  const { id, event } = await eventOnSale(platform, { seats: 20 });
  await makeRoom(platform, id);
  await platform.db.update(waitingRooms).set({ phase: 'BEFORE_OPENING' }).where(eq(waitingRooms.eventId, id));
  const known = 'query ($event: ID!) { event(id: $event) { waitingRoom { state } } }';
  await eventually('the process knows the room', async () => {
    const { event: found } = await world.stranger.ask(known, { event });
    return found.waitingRoom?.state === 'BEFORE_OPENING';
  });
  expect(platform.redis.state()).toBe('away');
  const lost: ConnectionLost[] = [];
  const restarts: Promise<void>[] = [];
  const positions = followQueue({
    url: world.url,
    event,
    token: await world.token('cleo'),
    random: () => 0,
    onLost(problem) {
      if (lost.push(problem) === 1) restarts.push(redis.start());
    },
  });
  expect((await positions.next()).value).toMatchObject({ state: 'NOT_JOINED' });
  expect((await positions.next()).done).toBe(true);
  await Promise.all(restarts);
  expect(lost[0]!.message).toBe('The line cannot be read now.');
});
