import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { overSse, overWebSocket, type TestSubscriber } from '../../realtime/transports.ts';
import { ORGANISER } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';
import { forget } from '../own-room.ts';
import { openScriptedRoom } from './scripted-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const FIGURES = `figures { asOf waiting inside admittedPerMinute admitted abandoned converted left expired ticketsLeft
  ticketsHeld secondsToClear }`;
const QUERY = `query ($event: ID!, $generation: Int) { waitingRoom(event: $event, generation: $generation) { generation ${FIGURES} } }`;
const KNOWN = `query ($event: ID!) { event(id: $event) { waitingRoom { generation } } }`;
const FOLLOW = `subscription ($event: ID!) { waitingRoomFigures(event: $event) { waiting inside converted } }`;

const asOrganiser = () => world.as(ORGANISER, 'ORGANISER');
const figures = async (event: string) =>
  (await (await asOrganiser()).ask(QUERY, { event })).waitingRoom.figures;

async function until(subscriber: TestSubscriber, holds: (figures: any) => boolean) {
  for (;;) {
    const { data, errors } = await subscriber.next();
    if (errors) throw new Error(JSON.stringify(errors));
    if (holds(data.waitingRoomFigures)) return data.waitingRoomFigures;
  }
}

describe('figures of a waiting room', () => {
  test('are those of what happened in it', async () => {
    const room = await openScriptedRoom(world);
    room.stock = { available: 7, held: 2 };
    await room.join('ana', 'ben', 'cleo', 'dan', 'eva', 'finn');
    expect(await figures(room.event)).toMatchObject({ asOf: null, waiting: 0, ticketsLeft: null });
    await room.step();
    await room.step();
    await room.leave('eva');
    await room.leave('ana');
    await room.buy('ben');
    await room.step(); // ana's and ben's visits end, dan and finn are admitted
    await room.join('gil');
    await room.step();
    await room.step(); // notes the step before
    expect(await figures(room.event)).toEqual({
      asOf: new Date(room.now - 1_000).toISOString(),
      waiting: 1,
      inside: 3,
      admittedPerMinute: 100, // 5 in three seconds
      admitted: 5,
      abandoned: 1,
      converted: 1,
      left: 1,
      expired: 0,
      ticketsLeft: 7,
      ticketsHeld: 2,
      secondsToClear: Math.ceil(60 / (100 + 60)), // and one of the front half gave up in two seconds,
    });
    await room.change({ isPaused: true });
    await room.step(700);
    await room.step();
    await room.step();
    expect(await figures(room.event)).toMatchObject({
      ...{ inside: 0, expired: 3, converted: 1, admittedPerMinute: 0, secondsToClear: null },
    });
  });

  test('tell no shorter time to clear for those who join and leave at the end of the line', async () => {
    const crowd = Array.from({ length: 30 }, (_, index) => `fan-${index}`);
    const secondsToClear = async (churners: readonly string[]) => {
      const room = await openScriptedRoom(world, { admissionsPerMinute: 60 });
      await room.join(...crowd);
      for (let second = 0; second < 5; second++) {
        await room.step();
        await room.join(...churners);
        for (const churner of churners) await room.leave(churner);
      }
      await room.step();
      return (await figures(room.event)).secondsToClear;
    };
    const calm = await secondsToClear([]);
    expect(calm).toBeGreaterThan(0);
    expect(await secondsToClear(crowd.slice(0, 10).map((name) => `${name}-again`))).toBe(calm);
  });

  test('keep what was abandoned when Redis loses the line', async () => {
    const room = await openScriptedRoom(world, { capacity: 1 });
    await room.join('ana', 'ben', 'cleo');
    await room.step();
    await room.leave('cleo');
    await room.step();
    await room.step();
    await forget(world.platform, await room.row());
    for (let second = 0; second < 3; second++) await room.step();
    expect(await figures(room.event)).toMatchObject({ abandoned: 1, admitted: 1 });
  });

  test('of a closed room have no one in it', async () => {
    const room = await openScriptedRoom(world, { capacity: 1 });
    await room.join('ana', 'ben');
    for (let second = 0; second < 3; second++) await room.step();
    expect(await figures(room.event)).toMatchObject({ waiting: 1, inside: 1 });
    await (await asOrganiser()).mutate('closeWaitingRoom', { event: room.event, evenIfOccupied: true });
    expect(await figures(room.event)).toMatchObject({ waiting: 0, inside: 0, secondsToClear: null });
  });

  test('are not shown to other viewers, organisers and fans', async () => {
    const { event } = await openScriptedRoom(world);
    await eventually('the process knows the room', async () => {
      const known = await world.stranger.ask(KNOWN, { event });
      return known.event.waitingRoom !== null;
    });
    const other = await world.as('other', 'ORGANISER');
    expect((await other.ask(QUERY, { event })).waitingRoom).toBeNull();
    const { errors } = await (await world.as('ana')).send(QUERY, { event });
    expect(errors[0]!.extensions['code']).toBe('FORBIDDEN');
    const embedded = `query ($event: ID!) { event(id: $event) { waitingRoom { generation ${FIGURES} } } }`;
    for (const client of [other, await world.as('ana'), world.stranger])
      expect((await client.ask(embedded, { event })).event.waitingRoom).toEqual({
        generation: 1,
        figures: null,
      });
    expect((await (await asOrganiser()).ask(embedded, { event })).event.waitingRoom.figures).not.toBeNull();
    expect((await (await asOrganiser()).ask(QUERY, { event, generation: 2 })).waitingRoom).toBeNull();
    expect((await (await asOrganiser()).ask(QUERY, { event: 'none' })).waitingRoom).toBeNull();
  });
});

describe.each([overWebSocket, overSse])('waitingRoomFigures over $name', ({ name, subscribe }) => {
  const follow = (event: string, token?: string) =>
    subscribe(world.url, { query: FOLLOW, variables: { event }, ...(token && { token }) });

  test('sends the figures, then their changes, and ends when the room is closed', async () => {
    const room = await openScriptedRoom(world);
    await room.join('ana', 'ben', 'cleo', 'dan');
    const subscriber = await follow(room.event, await world.token(ORGANISER, 'ORGANISER'));
    expect(await until(subscriber, () => true)).toEqual({ waiting: 0, inside: 0, converted: 0 });
    for (let second = 0; second < 3; second++) await room.step();
    expect(await until(subscriber, ({ inside }) => inside === 3)).toEqual({
      waiting: 1,
      inside: 3,
      converted: 0,
    });
    await room.buy('ana');
    for (let second = 0; second < 3; second++) await room.step();
    expect(await until(subscriber, ({ converted }) => converted === 1)).toMatchObject({
      waiting: 0,
      inside: 3,
    });
    await (await asOrganiser()).mutate('closeWaitingRoom', { event: room.event, evenIfOccupied: true });
    if (name === 'SSE') expect((await subscriber.ended).reason).toBe('complete');
    subscriber.close();
  });

  test.each([
    ['of another organiser', () => world.token('other', 'ORGANISER'), 'BAD_USER_INPUT'],
    ['of a fan', () => world.token('ana'), 'BAD_USER_INPUT'],
    ['without a token', async () => undefined, 'UNAUTHENTICATED'],
  ])('refuses a subscription %s', async (_whose, token, code) => {
    const room = await openScriptedRoom(world);
    const subscriber = await follow(room.event, await token());
    const { data, errors } = await subscriber.next();
    expect([data ?? null, errors[0].extensions.code]).toEqual([null, code]);
    subscriber.close();
  });
});
