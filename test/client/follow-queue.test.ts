import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { followQueue, type ConnectionLost, type QueuePosition } from '../../src/client/index.ts';
import { decodeIdOf } from '../../src/platform/ids.ts';
import { roomKeys } from '../../src/waiting-room/line/keys.ts';
import { Line } from '../../src/waiting-room/line/line.ts';
import { readRooms } from '../../src/waiting-room/store/rooms.ts';
import { entryOf } from '../../src/waiting-room/tokens/entries.ts';
import { eventOnSale, inDays, ORGANISER } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { openRelay } from './relay.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** An Event whose room is open, with one viewer in the line, whom `admit` lets in as a step of the controller does. */
async function waitingIn() {
  const { event } = await eventOnSale(world.platform, { seats: 20 });
  const { redis, db } = world.platform;
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  const input = { event, opensAt: inDays(1), capacity: 5, admissionsPerMinute: 60, requiresChallenge: false };
  await organiser.mutate('openWaitingRoom', input);
  const { id } = decodeIdOf('Event', event)!;
  const room = (await readRooms(db)).find(({ eventId }) => eventId === id)!;
  const line = new Line(world.platform);
  await line.closeArrivals(room);
  await line.join(room, entryOf(room, 'ana'));
  await db.execute(sql`update waiting_rooms set phase = 'OPEN' where event_id = ${id}`);
  const keys = roomKeys(redis.prefix, room);
  return {
    event,
    organiser,
    async admit() {
      await redis.connection!.zrem(keys[1]!, entryOf(room, 'ana'));
      await redis.connection!.hset(keys[3]!, entryOf(room, 'ana'), `1 ${Date.now() + 60_000}`);
      const numbers = { waiting: 0, inside: 1, measuredRate: 60, isSoldOut: false };
      const message = { generation: 1, sequence: 1, head: 1, gone: [], ...numbers };
      await redis.connection!.spublish(keys.at(-1)!, JSON.stringify(message));
    },
  };
}

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  test('the loop ends with the pass, across a lost connection', async () => {
    const { event, admit } = await waitingIn();
    await using relay = await openRelay(world.url);
    const lost: ConnectionLost[] = [];
    const token = await world.token('ana');
    const states: QueuePosition[] = [];
    const options = { url: relay.url, event, token, transport, random: () => 0 };
    for await (const position of followQueue({ ...options, onLost: (reason) => lost.push(reason) })) {
      states.push(position);
      if (position.state === 'WAITING' && lost.length === 0) relay.cut();
      else if (position.state === 'WAITING') await admit();
    }
    expect(lost).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({
      state: 'ADMITTED',
      place: 1,
      pass: expect.stringMatching(/^p1\./),
    });
    expect(new Set(states.filter(({ place }) => place !== null).map((state) => state.place))).toEqual(
      new Set([1]),
    );
  });

  test('the loop ends when the room closes', async () => {
    const { event, organiser } = await waitingIn();
    const states: string[] = [];
    const options = { url: world.url, event, token: () => world.token('ana'), transport };
    for await (const { state } of followQueue(options)) {
      states.push(state);
      if (state === 'WAITING') await organiser.mutate('closeWaitingRoom', { event, evenIfOccupied: true });
    }
    expect(states.at(-1)).toBe('CLOSED');
  });
});
