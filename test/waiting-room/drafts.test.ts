import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { events } from '../../src/catalog/index.ts';
import { QUEUE_POSITION } from '../../src/client/index.ts';
import { openRoom } from '../../src/waiting-room/draw/open-room.ts';
import { Line } from '../../src/waiting-room/line/line.ts';
import { findRoom } from '../../src/waiting-room/store/lists.ts';
import { overSse } from '../realtime/transports.ts';
import type { Client } from '../support/client.ts';
import { eventOnSale, inDays, ORGANISER } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { challengeOf, join, leave } from './join/queue-client.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const STATUS = 'query ($event: ID!) { queueStatus(event: $event) { state opensAt entry } }';

/** Everything that tells of a room, as a viewer sees it. */
async function seenBy(client: Client, token: string, event: string) {
  const subscription = await overSse.subscribe(world.url, {
    query: QUEUE_POSITION,
    variables: { event },
    token,
  });
  const { data } = await subscription.next();
  subscription.close();
  const files = ['draw.json', 'entries.txt'].map((file) =>
    fetch(`${world.url}/waiting-rooms/${event}/1/${file}`),
  );
  return {
    challenge: await challengeOf(client, event),
    left: (await leave(client, event)).__typename,
    status: (await client.ask(STATUS, { event })).queueStatus,
    position: data.queuePosition.state,
    joined: (await join(client, event)).__typename,
    files: (await Promise.all(files)).map(({ status, headers }) => [status, headers.get('cache-control')]),
  };
}

test('the room of a draft, drawn or not, is for others as if there were none, and is there at once when the draft is published', async () => {
  const { id, event } = await eventOnSale(world.platform);
  await world.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, id));
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  const settings = { opensAt: inDays(1), capacity: 1, admissionsPerMinute: 1 };
  expect(await organiser.mutate('openWaitingRoom', { event, ...settings })).toMatchObject({
    __typename: 'WaitingRoomOpened',
  });
  const fan = await world.as('fan');
  const asFan = async () => seenBy(fan, await world.token('fan'), event);
  const none = {
    ...{ challenge: null, left: 'WaitingRoomNotFound', joined: 'WaitingRoomNotFound', position: 'CLOSED' },
    status: { state: 'CLOSED', opensAt: null, entry: null },
    files: [
      [404, 'no-store'],
      [404, 'no-store'],
    ],
  };
  expect(await asFan()).toEqual(none);
  const room = (await findRoom(world.platform.db, { eventId: id, generation: 1 }))!;
  expect(await openRoom(world.platform, new Line(world.platform), room)).toBe('opened');
  expect(await asFan()).toEqual(none);

  const owner = await world.as(ORGANISER, 'ORGANISER', 'FAN');
  expect(await join(owner, event)).toMatchObject({ __typename: 'ChallengeRequired' });
  const draw = `{ event(id: "${event}") { waitingRoom { draw { entries } } } }`;
  const ownDraw = async () => (await owner.ask(draw)).event.waitingRoom.draw;
  await expect.poll(ownDraw).toEqual({ entries: 0 }); // the process reads rooms every second

  await world.platform.db.update(events).set({ status: 'ON_SALE' }).where(eq(events.id, id));
  expect(await asFan()).toMatchObject({
    ...{ challenge: { attempts: expect.any(Number) }, left: 'QueueLeft', joined: 'ChallengeRequired' },
    ...{ position: 'NOT_JOINED', status: { state: 'NOT_JOINED' } },
    files: [
      [200, expect.stringContaining('immutable')],
      [200, expect.stringContaining('immutable')],
    ],
  });
});
