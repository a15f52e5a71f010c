import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import { LineSteps } from '../../../src/waiting-room/admission/line-steps.ts';
import { linesOf } from '../../../src/waiting-room/draw/draw.ts';
import { openRoom, readOrder } from '../../../src/waiting-room/draw/open-room.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { findRoom } from '../../../src/waiting-room/store/lists.ts';
import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import type { Client } from '../../support/client.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let organiser: Client;
let line: Line;
beforeAll(async () => {
  world = await openWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
  line = new Line(world.platform);
});
afterAll(() => world[Symbol.asyncDispose]());

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const read = async (id: string) => (await findRoom(world.platform.db, { eventId: id, generation: 1 }))!;

/** A room with entries, in order of arrival. */
async function roomWith(count: number, input: object = {}) {
  const { id, event } = await eventOnSale(world.platform, { seats: 20 });
  const settings = { capacity: 10, admissionsPerMinute: 60, requiresChallenge: false, ...input };
  await organiser.mutate('openWaitingRoom', { event, opensAt: inDays(1), ...settings });
  const room = await read(id);
  const entries = Array.from({ length: count }, (_, viewer) => entryOf(room, `fan-${viewer}`));
  for (const entry of entries) await line.join(room, entry);
  return { id, room, entries };
}

/** The recipe of docs/waiting-room.md, in JavaScript. */
function orderOf({ seed }: RoomRow, entries: readonly string[]) {
  const list = [...entries].sort();
  const listHash = sha256(linesOf(list));
  const lot = (entry: string) => sha256(`${seed.toString('hex')}:${listHash}:${entry}`);
  return list
    .map((entry) => [lot(entry), entry])
    .sort()
    .map(([, entry]) => entry!);
}

async function placesOf(room: RoomRow, entries: readonly string[]) {
  const states = (await line.find(room, entries))!;
  return states.map((state) => (state?.kind === 'waiting' ? state.place : state?.kind));
}
const counted = (entries: readonly string[]) => entries.map((_, index) => index + 1);

/** Redis loses all that it has of the room. */
async function lose(id: string) {
  const { redis } = world.platform;
  await redis.connection!.del(...(await redis.connection!.keys(`${redis.prefix}{${id}}:*`)));
}

/** The line, which is lost for the caller after some calls. */
function brokenAfter(calls: number) {
  let left = calls;
  const next = <T>(work: () => Promise<T>) => (left-- > 0 ? work() : Promise.resolve(null));
  return {
    closeArrivals: (room: RoomRow) => next(() => line.closeArrivals(room)),
    readArrivals: (room: RoomRow, cursor: number) => next(() => line.readArrivals(room, cursor)),
    writePlaces: (room: RoomRow, places: readonly (readonly [string, number])[]) =>
      next(() => line.writePlaces(room, places)),
    snapshot: (room: RoomRow) => next(() => line.snapshot(room)),
  } as unknown as Line;
}

describe('the opening', () => {
  test('gives places in the order that seed and list give, commits to the list, and publishes the seed', async () => {
    const { id, room, entries } = await roomWith(300);
    expect(await openRoom(world.platform, line, room)).toBe('opened');
    const opened = await read(id);
    expect(opened).toMatchObject({
      phase: 'OPEN',
      listed: 300,
      listHash: sha256(linesOf([...entries].sort())),
    });
    expect(opened.placesReserved).toBeGreaterThanOrEqual(300);
    const order = orderOf(room, entries);
    expect(order).not.toEqual(entries);
    expect(await placesOf(room, order)).toEqual(counted(order));
    expect(await line.join(opened, entryOf(room, 'late'))).toMatchObject({ place: 301 });
    expect(await readOrder(world.platform, opened)).toEqual(order);
  });

  test('by arrival gives places in that order, and publishes the list in it', async () => {
    const { id, room, entries } = await roomWith(50, { order: 'ARRIVAL' });
    expect(await openRoom(world.platform, line, room)).toBe('opened');
    expect(await placesOf(room, entries)).toEqual(counted(entries));
    expect((await read(id)).listHash).toBe(sha256(linesOf(entries)));
  });

  test('of an empty room opens it', async () => {
    const { id, room } = await roomWith(0);
    expect(await openRoom(world.platform, line, room)).toBe('opened');
    expect(await read(id)).toMatchObject({ phase: 'OPEN', listed: 0, listHash: sha256('') });
    expect(await line.join(await read(id), entryOf(room, 'late'))).toMatchObject({ place: 1 });
  });

  test('interrupted after any call of Redis is finished by the next with the same places', async () => {
    const { id, room, entries } = await roomWith(2_100);
    const openAfter = async (calls: number) => openRoom(world.platform, brokenAfter(calls), await read(id));
    // close, three pages and an empty one; then the list is stored, and it is: close, three batches, stragglers
    for (const calls of [0, 1, 2, 3, 4, 5]) expect(await openAfter(calls)).not.toBe('opened');
    for (const calls of [0, 1, 2, 3, 4]) expect(await openAfter(calls)).not.toBe('opened');
    expect(await openAfter(5)).toBe('opened');
    expect(await placesOf(room, orderOf(room, entries))).toEqual(counted(entries));
    expect((await read(id)).listed).toBe(2_100);
  });

  test('goes on after a call of Redis that took too long', async () => {
    const { room, entries } = await roomWith(2_100);
    const slow = brokenAfter(Infinity);
    const writePlaces = slow.writePlaces.bind(slow);
    let calls = 0;
    slow.writePlaces = async (...args) => (calls++ % 2 === 0 ? null : writePlaces(...args));
    expect(await openRoom(world.platform, slow, room)).toBe('opened');
    expect(await placesOf(room, orderOf(room, entries))).toEqual(counted(entries));
  });

  test('survives that Redis loses the line once the list is stored; entries of the meantime get places behind it', async () => {
    const { id, room, entries } = await roomWith(40);
    expect(await openRoom(world.platform, brokenAfter(3), room)).toBe('not-written');
    expect(await read(id)).toMatchObject({ phase: 'DRAWING', listed: 40 });
    await lose(id);
    const late = entryOf(room, 'late');
    expect(await line.join(room, late)).toEqual({ kind: 'before-opening' }); // by a process that knows of no opening
    expect(await openRoom(world.platform, line, await read(id))).toBe('opened');
    expect(await placesOf(room, orderOf(room, entries))).toEqual(counted(entries));
    expect((await placesOf(room, [late]))[0]).toBeGreaterThan(40);
  });

  test.each(['SHUFFLED', 'ARRIVAL'])(
    '%s waits for the entries that Redis lost shortly before, and for those of the meantime',
    async (order) => {
      const { id, room, entries } = await roomWith(3, { order });
      await lose(id);
      expect(await openRoom(world.platform, line, room)).toBe('settling');
      for (const entry of entries.slice(0, 2))
        expect(await line.restore(room, entry, null)).toEqual({ kind: 'before-opening' });
      await line.join(room, entryOf(room, 'late'));
      expect(await openRoom(world.platform, line, room)).toBe('settling');
      expect(await read(id)).toMatchObject({ phase: 'BEFORE_OPENING', listHash: null });
      const later = new Line(world.platform, () => Date.now() + 36_000);
      expect(await openRoom(world.platform, later, room)).toBe('opened');
      expect(await read(id)).toMatchObject({ phase: 'OPEN', listed: 3 });
      const missed = await line.restore(await read(id), entries[2]!, null);
      expect(missed).toEqual({ kind: 'waiting', place: 4 });
    },
  );

  test('does not wait for a line that has never begun', async () => {
    const { id, room } = await roomWith(0);
    await line.begin(room);
    expect(await openRoom(world.platform, line, room)).toBe('opened');
    expect(await read(id)).toMatchObject({ phase: 'OPEN', placesReserved: 1 });
  });

  test('does not commit to a list that Redis lost while it was read', async () => {
    const { id, room } = await roomWith(10);
    const losing = brokenAfter(Infinity);
    const readArrivals = losing.readArrivals.bind(losing);
    losing.readArrivals = async (key, cursor) => {
      await lose(id);
      await line.begin(room);
      return readArrivals(key, cursor);
    };
    expect(await openRoom(world.platform, losing, room)).toBe('list-not-read');
    expect(await read(id)).toMatchObject({ phase: 'BEFORE_OPENING', listHash: null });
  });

  test('does not commit to a list if the opening was put off while it was read', async () => {
    const { id, room } = await roomWith(3);
    const reading = brokenAfter(Infinity);
    const readArrivals = reading.readArrivals.bind(reading);
    reading.readArrivals = async (key, cursor) => {
      await world.platform.db.execute(
        sql`update waiting_rooms set opens_at = opens_at + interval '1 hour' where event_id = ${id}`,
      );
      return readArrivals(key, cursor);
    };
    expect(await openRoom(world.platform, reading, room)).toBe('fenced');
    expect(await read(id)).toMatchObject({ phase: 'BEFORE_OPENING', listHash: null });
    expect(await openRoom(world.platform, line, await read(id))).toBe('opened');
  });

  test('by two controllers at once, or one whose lease is over, draws once', async () => {
    const { id, room, entries } = await roomWith(100);
    await Promise.all([openRoom(world.platform, line, room), openRoom(world.platform, line, room)]);
    expect(await placesOf(room, orderOf(room, entries))).toEqual(counted(entries));
    const other = await roomWith(3);
    await world.platform.db.execute(sql`update waiting_rooms set fence = 7 where event_id = ${other.id}`);
    expect(await openRoom(world.platform, line, other.room)).toBe('fenced');
    expect(await read(other.id)).toMatchObject({ phase: 'BEFORE_OPENING', listHash: null });
    await new LineSteps(line, other.room).beat(7, null); // so begins each step of its controller
    expect(await openRoom(world.platform, line, await read(other.id))).toBe('opened');
    expect(await openRoom(world.platform, line, await read(id))).toBe('fenced'); // open already
  });
});

describe('what is published', () => {
  const DRAW = 'seedHash draw { seed listHash entries listPath }';
  const drawOf = async (event: string) =>
    (
      await world.stranger.ask(`query ($id: ID!) { event(id: $id) { waitingRoom { ${DRAW} } } }`, {
        id: event,
      })
    ).event.waitingRoom;

  test('is nothing before the list is closed', async () => {
    const { id, room } = await roomWith(1);
    expect((await drawOf(encodeId('Event', id))).draw).toBeNull();
    const path = `${world.url}/waiting-rooms/${encodeId('Event', id)}`;
    const paths = ['/1/entries.txt', '/1/draw.json', '/2/draw.json', '/0/draw.json', '/x/draw.json'];
    for (const file of paths) {
      const response = await fetch(path + file);
      expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
    }
    const nonsense = await fetch(`${world.url}/waiting-rooms/nonsense/1/draw.json`);
    expect(nonsense.status).toBe(404);
    expect(await nonsense.json()).toMatchObject({
      errors: [{ extensions: { advice: expect.stringContaining('published at the opening') } }],
    });
    expect(room.phase).toBe('BEFORE_OPENING');
  });

  test('are seed, hash and list, for ever', async () => {
    const { id, room, entries } = await roomWith(120);
    await openRoom(world.platform, line, room);
    const event = encodeId('Event', id);
    await expect.poll(async () => (await drawOf(event)).draw).not.toBeNull(); // the process reads rooms every second
    const { seedHash, draw } = await drawOf(event);
    expect(sha256(Buffer.from(draw.seed, 'hex'))).toBe(seedHash);
    const list = await fetch(world.url + draw.listPath);
    expect(Object.fromEntries(list.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(120 * 23),
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const text = await list.text();
    expect(sha256(text)).toBe(draw.listHash);
    expect(text).toBe(linesOf([...entries].sort()));
    await organiser.mutate('closeWaitingRoom', { event, evenIfOccupied: true });
    const json = await fetch(`${world.url}/waiting-rooms/${event}/1/draw.json`);
    expect(await json.json()).toMatchObject({
      ...{ event, generation: 1, order: 'SHUFFLED', entries: 120 },
      ...{ seedHash, seed: draw.seed, listHash: draw.listHash },
    });
  });
});
