import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Admission } from '../../../src/waiting-room/index.ts';
import { findUnsettledRooms } from '../../../src/waiting-room/store/visit-ends.ts';
import { overSse, overWebSocket } from '../../realtime/transports.ts';
import { ORGANISER } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';
import { openScriptedRoom, type ScriptedRoom } from './scripted-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const LINE = 'number kind entry place at';
const QUERY = `query ($event: ID!, $generation: Int, $first: Int, $after: String) {
  waitingRoom(event: $event, generation: $generation) {
    admissions(first: $first, after: $after) {
      nodes { ${LINE} } edges { cursor } pageInfo { hasNextPage endCursor }
    }
  }
}`;
const FOLLOW = `subscription ($event: ID!, $after: String) {
  waitingRoomAdmissions(event: $event, after: $after) { cursor entries { ${LINE} } }
}`;

const asOrganiser = () => world.as(ORGANISER, 'ORGANISER');
const page = async (event: string, args: object = {}) =>
  (await (await asOrganiser()).ask(QUERY, { event, ...args })).waitingRoom.admissions;
const summary = (lines: { number: number; kind: string; place: number }[]) =>
  lines.map(({ number, kind, place }) => `${number} ${kind} ${place}`);

/** Three are admitted; the second leaves, the first buys, the fourth and fifth follow. */
async function script(room: ScriptedRoom) {
  await room.join('ana', 'ben', 'cleo', 'dan', 'eva');
  await room.step();
  await room.step();
  await room.leave('ben');
  await room.buy('ana');
  await room.step();
}
const SCRIPT = [
  '1 ADMITTED 1',
  '2 ADMITTED 2',
  '3 ADMITTED 3',
  '4 LEFT 2',
  '5 BOUGHT 1',
  '6 ADMITTED 4',
  '7 ADMITTED 5',
];

describe('the log of admissions', () => {
  test('has each admission and each end, in order, by the id of the entry', async () => {
    const room = await openScriptedRoom(world);
    await script(room);
    const { nodes } = await page(room.event);
    expect(summary(nodes)).toEqual(SCRIPT);
    expect(nodes[0]).toEqual({
      number: 1,
      kind: 'ADMITTED',
      entry: await room.entry('ana'),
      place: 1,
      at: new Date(room.now - 2_000).toISOString(),
    });
    expect(JSON.stringify(nodes)).not.toMatch(/ana|ben/);
  });

  test('is read in pages, and continues behind a cursor with what came later', async () => {
    const room = await openScriptedRoom(world);
    await script(room);
    const first = await page(room.event, { first: 4 });
    expect([summary(first.nodes), first.pageInfo.hasNextPage]).toEqual([SCRIPT.slice(0, 4), true]);
    await room.step(700);
    await room.step();
    const rest = await page(room.event, { after: first.pageInfo.endCursor });
    expect(summary(rest.nodes).slice(0, 3)).toEqual(SCRIPT.slice(4));
    expect(summary(rest.nodes).slice(3).toSorted()).toEqual(['10 EXPIRED 5', '8 EXPIRED 3', '9 EXPIRED 4']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test('ends with the visits that the closing of the room ended', async () => {
    const room = await openScriptedRoom(world);
    await script(room);
    await room.buy('cleo'); // it has no number yet
    await (await asOrganiser()).mutate('closeWaitingRoom', { event: room.event, evenIfOccupied: true });
    await using admission = new Admission({
      platform: world.platform,
      stock: { read: async () => null, lastChange: async () => null, isOnSale: async () => true },
    }).start();
    await eventually('visits of the closed room have ended', async () => (await room.row()).isSettled);
    void admission;
    const { nodes } = await page(room.event, { generation: 1 });
    expect(summary(nodes).slice(7)).toEqual(['8 CLOSED 4', '9 CLOSED 5', '10 BOUGHT 3']);
    expect(await findUnsettledRooms(world.platform.db, null, 1_000)).toEqual([]);
    expect(await room.row()).toMatchObject({ bought: 2, visitsClosed: 2, logged: 10 });

    await world.platform.db.execute(
      sql`update waiting_rooms set is_settled = false where event_id = ${room.eventId}`,
    );
    const [unsettled] = await findUnsettledRooms(world.platform.db, null, 1);
    expect(unsettled).toMatchObject({ eventId: room.eventId });
    expect(await findUnsettledRooms(world.platform.db, room.eventId, 1)).toEqual([]);
  });

  test.each([
    ['of another list', 'e30'],
    ['that is none', 'nonsense!'],
    ['of another room', Buffer.from('{"generation":2,"number":1}').toString('base64url')],
  ])('refuses a cursor %s', async (_what, after) => {
    const room = await openScriptedRoom(world);
    const { errors } = await (await asOrganiser()).send(QUERY, { event: room.event, after });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });

  test('is not shown to other viewers', async () => {
    const room = await openScriptedRoom(world);
    await script(room);
    await eventually('the process knows the room', async () => {
      const query = `query ($event: ID!) { event(id: $event) { waitingRoom { generation } } }`;
      return (await world.stranger.ask(query, { event: room.event })).event.waitingRoom !== null;
    });
    const embedded = `query ($event: ID!) { event(id: $event) { waitingRoom { admissions { nodes { entry } } } } }`;
    for (const client of [await world.as('other', 'ORGANISER'), await world.as('ana'), world.stranger])
      expect((await client.ask(embedded, { event: room.event })).event.waitingRoom.admissions).toBeNull();
  });
});

describe.each([overWebSocket, overSse])('waitingRoomAdmissions over $name', ({ subscribe }) => {
  const follow = async (event: string, after?: string, who = ORGANISER) =>
    subscribe(world.url, {
      query: FOLLOW,
      variables: { event, after },
      token: await world.token(who, 'ORGANISER'),
    });
  /** Read updates until there are as many lines; returns them with the last cursor. */
  async function read(subscriber: Awaited<ReturnType<typeof follow>>, count: number) {
    const lines: any[] = [];
    for (let cursor = ''; ;) {
      if (lines.length >= count) return { lines: summary(lines), cursor };
      const { data, errors } = await subscriber.next();
      if (errors) throw new Error(JSON.stringify(errors));
      lines.push(...data.waitingRoomAdmissions.entries);
      cursor = data.waitingRoomAdmissions.cursor;
    }
  }

  test('sends the log from its beginning, goes on with it, and resumes behind a cursor without a gap', async () => {
    const room = await openScriptedRoom(world);
    await room.join('ana', 'ben', 'cleo', 'dan', 'eva');
    await room.step();
    await room.step();
    const first = await follow(room.event);
    const { lines, cursor } = await read(first, 3);
    expect(lines).toEqual(SCRIPT.slice(0, 3));
    first.close();
    await room.leave('ben');
    await room.buy('ana');
    await room.step();
    const second = await follow(room.event, cursor);
    expect((await read(second, 4)).lines).toEqual(SCRIPT.slice(3));
    await room.buy('cleo');
    await room.step();
    expect((await read(second, 1)).lines).toEqual(['8 BOUGHT 3']);
    second.close();
  });

  test('refuses another organiser, and a cursor of another room', async () => {
    const room = await openScriptedRoom(world);
    const foreign = Buffer.from('{"generation":2,"number":1}').toString('base64url');
    for (const [subscriber, argument] of [
      [await follow(room.event, undefined, 'other'), 'event'],
      [await follow(room.event, foreign), 'after'],
    ] as const) {
      const { data, errors } = await subscriber.next();
      expect(data ?? null).toBeNull();
      expect(errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
      subscriber.close();
    }
  });
});
