import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { challengeKeys } from '../../../src/waiting-room/challenge/keys.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import type { Client } from '../../support/client.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { solutionFor } from '../join/queue-client.ts';

let world: World;
let organiser: Client;
beforeAll(async () => {
  world = await openWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

/** A room that a fan has joined, and that no worker knows. */
async function joined() {
  const { id, event } = await eventOnSale(world.platform, { seats: 20 });
  const settings = { opensAt: inDays(1), capacity: 100, admissionsPerMinute: 600 };
  const opened = await organiser.mutate('openWaitingRoom', { event, ...settings });
  expect(opened).toMatchObject({ __typename: 'WaitingRoomOpened' });
  const fan = await world.as('fan');
  const solution = await solutionFor(fan, event);
  expect(await fan.mutate('joinQueue', { event, solution })).toMatchObject({ __typename: 'QueueJoined' });
  const { prefix } = world.platform.redis;
  const room = { eventId: id, generation: 1 };
  return { event, keys: roomKeys(prefix, room).slice(0, -1), counts: challengeKeys(prefix, room).counts };
}

test('a room that is closed leaves nothing in Redis', async () => {
  const { event, keys, counts } = await joined();
  const redis = world.platform.redis.connection!;
  expect(await redis.exists(counts)).toBe(1);
  expect(await organiser.mutate('closeWaitingRoom', { event, evenIfOccupied: true })).toMatchObject({
    __typename: 'WaitingRoomClosed',
  });
  expect(await redis.exists(...keys, counts)).toBe(0);
});

test('viewers are counted by one call, however many places were given up, also of another organiser', async () => {
  const { event, keys } = await joined();
  const [gone] = keys.filter((key) => key.endsWith(':gone'));
  const places = Array.from({ length: 25_000 }, (_, index) => [index + 1, String(index + 1)]);
  await world.platform.redis.connection!.zadd(gone!, ...places.flat());
  const calls = vi.spyOn(world.platform.redis, 'attempt');
  const stranger = await world.as('other', 'ORGANISER');
  expect(await stranger.mutate('closeWaitingRoom', { event })).toMatchObject({ __typename: 'EventNotFound' });
  expect(calls.mock.calls.filter(([feature]) => feature === 'waitingRooms')).toHaveLength(1);
  expect(await organiser.mutate('closeWaitingRoom', { event })).toMatchObject({
    __typename: 'WaitingRoomOccupied',
  });
});
