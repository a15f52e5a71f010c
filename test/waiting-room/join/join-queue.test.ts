import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openRoom as openDraw } from '../../../src/waiting-room/draw/open-room.ts';
import { roomKeys } from '../../../src/waiting-room/line/keys.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { findRoom } from '../../../src/waiting-room/store/lists.ts';
import type { Client } from '../../support/client.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { challengeOf, join, leave, solutionFor, solve } from './queue-client.ts';

const ENVIRONMENT = { WAITING_ROOM_CHALLENGE_ATTEMPTS: '4' };

let world: World;
let organiser: Client;
beforeAll(async () => {
  world = await openWorld({ environment: ENVIRONMENT });
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

/** An Event with a room. */
async function openRoom(input: object = {}, client = organiser, { platform } = world) {
  const { id, event } = await eventOnSale(platform, { seats: 20 });
  const settings = { opensAt: inDays(1), capacity: 100, admissionsPerMinute: 600, ...input };
  expect(await client.mutate('openWaitingRoom', { event, ...settings })).toMatchObject({
    __typename: 'WaitingRoomOpened',
  });
  return { id, event };
}

const suspectsOf = async (event: string, client: Client) =>
  (
    await client.ask('query ($event: ID!) { event(id: $event) { waitingRoom { suspectedEntries } } }', {
      event,
    })
  ).event.waitingRoom.suspectedEntries;

describe('joining', () => {
  test('takes a solved challenge; joining again, from another device or at the same time, gives the same entry', async () => {
    const { event } = await openRoom();
    const fan = await world.as('fan');
    expect(await join(fan, event)).toMatchObject({ __typename: 'ChallengeRequired' });
    const solution = await solutionFor(fan, event);
    const [first, second] = await Promise.all([
      join(fan, event, { solution }),
      join(await world.as('fan'), event, { solution }),
    ]);
    expect(first).toEqual({
      __typename: 'QueueJoined',
      entry: {
        id: expect.stringMatching(/^[\w-]{22}$/),
        state: 'BEFORE_OPENING',
        place: null,
        token: expect.stringMatching(/^q1\.1\.0\./),
        pass: null,
        visitEndsAt: null,
      },
      waitingRoom: { generation: 1 },
    });
    expect(second).toEqual(first);
    expect(await join(await world.as('fan'), event)).toEqual(first);
    expect(await join(fan, event, { token: first.entry.token })).toEqual(first);
    expect((await join(await world.as('other'), event)).__typename).toBe('ChallengeRequired');
  });

  test('joining again is a sign of life', async () => {
    const { id, event } = await openRoom({ requiresChallenge: false });
    const fan = await world.as('fan');
    const { entry } = await join(fan, event);
    const { redis } = world.platform;
    const seen = roomKeys(redis.prefix, { eventId: id, generation: 1 })[2]!;
    await redis.connection!.zadd(seen, 1, entry.id); // last heard of in 1970
    await join(fan, event, { token: entry.token });
    expect(Number(await redis.connection!.zscore(seen, entry.id))).toBeGreaterThan(1);
  });

  test('takes no challenge where the organiser switched it off', async () => {
    const { event } = await openRoom({ requiresChallenge: false });
    const fan = await world.as('fan');
    expect(await challengeOf(fan, event)).toBeNull();
    expect(await join(fan, event)).toMatchObject({ __typename: 'QueueJoined' });
  });

  test('without a room, or of an unknown Event, is refused, and no challenge is given', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 20 });
    const fan = await world.as('fan');
    for (const id of [event, 'evt_nonsense', 'x'.repeat(1_000)]) {
      expect(await challengeOf(fan, id)).toBeNull();
      expect(await join(fan, id)).toMatchObject({ __typename: 'WaitingRoomNotFound' });
      expect(await leave(fan, id)).toMatchObject({ __typename: 'WaitingRoomNotFound' });
    }
  });

  test('a draining room keeps its entries, and takes no other', async () => {
    const { event } = await openRoom({ requiresChallenge: false });
    const fan = await world.as('fan');
    const joined = await join(fan, event);
    await organiser.mutate('steerWaitingRoom', { event, action: 'DRAIN' });
    expect(await join(await world.as('late'), event)).toMatchObject({ __typename: 'WaitingRoomDraining' });
    expect(await join(fan, event)).toEqual(joined);
  });

  test('a draining room gives no challenge: its work would be for nothing', async () => {
    const { event } = await openRoom();
    const fan = await world.as('fan');
    expect(await challengeOf(fan, event)).not.toBeNull();
    await organiser.mutate('steerWaitingRoom', { event, action: 'DRAIN' });
    expect(await challengeOf(fan, event)).toBeNull();
    expect(await join(fan, event)).toMatchObject({ __typename: 'WaitingRoomDraining' });
  });

  test('needs a token of the role', async () => {
    const { event } = await openRoom();
    const operation = 'mutation ($event: ID!) { joinQueue(input: { event: $event }) { __typename } }';
    expect((await world.stranger.send(operation, { event })).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect((await organiser.send(operation, { event })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('leaving', () => {
  test('can be repeated; joining again takes another challenge and gives a new place at the end', async () => {
    const { id, event } = await openRoom();
    const [fan, other] = [await world.as('fan'), await world.as('other')];
    const solution = await solutionFor(fan, event);
    await join(fan, event, { solution });
    await join(other, event, { solution: await solutionFor(other, event) });
    expect(await leave(fan, event)).toMatchObject({ __typename: 'QueueLeft' });
    expect(await leave(fan, event)).toMatchObject({ __typename: 'QueueLeft' });
    expect(await join(fan, event, { solution })).toMatchObject({ __typename: 'ChallengeRefused' });
    expect(await join(fan, event, { solution: await solutionFor(fan, event) })).toMatchObject({
      entry: { state: 'BEFORE_OPENING' },
    });
    const { redis } = world.platform;
    const arrivals = `${redis.prefix}{${id}}:waiting-room:1:arrivals`;
    const [last] = await redis.connection!.zrange(arrivals, '-1', '-1');
    expect(last).toBe((await join(fan, event)).entry.id);
  });

  test('without an entry changes nothing', async () => {
    const { event } = await openRoom();
    expect(await leave(await world.as('fan'), event)).toMatchObject({ __typename: 'QueueLeft' });
  });
});

describe('tokens', () => {
  test('restore an entry that Redis has lost', async () => {
    const { id, event } = await openRoom();
    const { redis } = world.platform;
    const fan = await world.as('fan');
    const { entry } = await join(fan, event, { solution: await solutionFor(fan, event) });
    const keys = await redis.connection!.keys(`${redis.prefix}{${id}}:waiting-room:*`);
    await redis.connection!.del(...keys);
    expect(await join(fan, event)).toMatchObject({ __typename: 'ChallengeRequired' });
    expect((await join(fan, event, { token: entry.token })).entry).toEqual(entry);
  });

  test('forged, altered, of another viewer, Event or generation are refused alike, without a warning in the log', async () => {
    const lines: string[] = [];
    const log = openLog('debug', { write: (line: string) => void lines.push(line) });
    await using logged = await openWorld({ environment: ENVIRONMENT, log });
    const organiser = await logged.as(ORGANISER, 'ORGANISER');
    const { event } = await openRoom({ requiresChallenge: false }, organiser, logged);
    const { event: elsewhere } = await openRoom({ requiresChallenge: false }, organiser, logged);
    const [fan, other] = [await logged.as('fan'), await logged.as('other')];
    const { token } = (await join(fan, event)).entry;
    const refusals = new Set<string>();
    const refused = async (client: Client, id: string, text: string) =>
      refusals.add(JSON.stringify(await join(client, id, { token: text })));
    await refused(other, event, token);
    await refused(fan, elsewhere, token);
    await refused(fan, event, token.replace('q1.1.0.', 'q1.1.7.'));
    await refused(fan, event, token.replace(/.{4}$/, 'AAAA'));
    for (const text of ['', 'nonsense', '\u0000', 'x'.repeat(50_000)]) await refused(fan, event, text);
    await organiser.mutate('closeWaitingRoom', { event, evenIfOccupied: true });
    await organiser.mutate('openWaitingRoom', {
      event,
      ...{ opensAt: inDays(1), capacity: 1, admissionsPerMinute: 1, requiresChallenge: false },
    });
    await refused(fan, event, token);
    expect([...refusals]).toEqual([expect.stringContaining('"EntryTokenRefused"')]);
    expect(lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 40)).toEqual([]);
  });
});

test('a token gives no place back that its viewer left, nor that of a visit that is over', async () => {
  const { id, event } = await openRoom({ requiresChallenge: false });
  const line = new Line(world.platform);
  const [fan, other] = [await world.as('fan'), await world.as('other')];
  await join(fan, event);
  await join(other, event);
  const room = (await findRoom(world.platform.db, { eventId: id, generation: 1 }))!;
  expect(await openDraw(world.platform, line, room)).toBe('opened');
  const { token, place } = (await join(fan, event)).entry;
  expect([1, 2]).toContain(place);
  await leave(fan, event);
  const again = (await join(fan, event, { token })).entry;
  expect(again).toMatchObject({ place: 3, state: 'WAITING' });
  expect((await join(fan, event, { token })).entry).toEqual(again); // the older token moves nothing
  expect((await join(await world.as('fan'), event, { token: again.token })).entry).toEqual(again);
});

test('a token that is refused costs no call of Redis', async () => {
  const { event } = await openRoom({ requiresChallenge: false });
  const fan = await world.as('fan');
  const { token } = (await join(fan, event)).entry;
  const attempt = vi.spyOn(world.platform.redis, 'attempt');
  const calls = () => attempt.mock.calls.filter(([feature]) => /waitingRooms|challenge/.test(feature)).length;
  for (const text of [token.replace('.0.', '.1.'), 'nonsense', `${token}x`])
    expect(await join(fan, event, { token: text })).toMatchObject({ __typename: 'EntryTokenRefused' });
  expect(calls()).toBe(0);
  await join(fan, event, { token });
  expect(calls()).toBeGreaterThan(0);
});

describe('challenges', () => {
  test('wrong, reused, swapped or of another Event are refused alike', async () => {
    const { event } = await openRoom();
    const { event: elsewhere } = await openRoom();
    const [fan, other] = [await world.as('fan'), await world.as('other')];
    const solution = await solutionFor(fan, event);
    const refusals = new Set<string>();
    const refused = async (client: Client, id: string, text: string) =>
      refusals.add(JSON.stringify(await join(client, id, { solution: text })));
    await refused(other, event, solution);
    await refused(fan, elsewhere, solution);
    for (const text of ['', 'nonsense', Buffer.from('[]').toString('base64'), 'x'.repeat(50_000)])
      await refused(fan, event, text);
    expect(await join(fan, event, { solution })).toMatchObject({ __typename: 'QueueJoined' });
    await leave(fan, event);
    await refused(fan, event, solution);
    expect([...refusals]).toEqual([expect.stringContaining('"ChallengeRefused"')]);
  });

  test('spent by a request that did not get to join are accepted again from that viewer', async () => {
    const { id, event } = await openRoom();
    const { redis } = world.platform;
    const fan = await world.as('fan');
    const solution = await solutionFor(fan, event);
    const { entry } = await join(fan, event, { solution });
    const room = `${redis.prefix}{${id}}:waiting-room:1`;
    await redis.connection!.del(`${room}:meta`, `${room}:arrivals`, `${room}:seen`); // as if it had only been spent
    expect((await join(fan, event, { solution })).entry).toEqual(entry);
  });

  test('become harder for an address with many entries; those fetched before are refused, and the organiser sees a mark', async () => {
    const { event } = await openRoom();
    const early = await world.as('early');
    const fetched = await challengeOf(early, event);
    expect(fetched!.attempts).toBe(4);
    for (let bot = 0; bot < 40; bot++) {
      const client = await world.as(`bot-${bot}`);
      expect(await join(client, event, { solution: await solutionFor(client, event) })).toMatchObject({
        __typename: 'QueueJoined',
      });
    }
    expect((await challengeOf(early, event))!.attempts).toBe(20); // 40 entries, 8 of them at no extra cost
    expect(await join(early, event, { solution: await solve(fetched!.challenge) })).toMatchObject({
      __typename: 'ChallengeRefused',
    });
    expect(await suspectsOf(event, organiser)).toBe(40);
    expect(await suspectsOf(event, early)).toBeNull();
    expect(await suspectsOf(event, await world.as('competitor', 'ORGANISER'))).toBeNull();
  });
});

test('without Redis joining and leaving are SERVICE_UNAVAILABLE, and a challenge is still given', async () => {
  const { event } = await openRoom();
  await using without = await openWorld({
    redisUrl: null,
    environment: ENVIRONMENT,
    databaseUrl: world.databaseUrl,
  });
  const fan = await without.as('fan');
  expect((await challengeOf(fan, event))!.attempts).toBe(4);
  for (const mutation of ['joinQueue', 'leaveQueue']) {
    const operation = `mutation ($event: ID!) { ${mutation}(input: { event: $event }) { __typename } }`;
    expect((await fan.send(operation, { event })).errors).toMatchObject([
      { extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 } },
    ]);
  }
});
