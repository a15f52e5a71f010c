import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sellTickets } from '../../src/booking/index.ts';
import { events } from '../../src/catalog/index.ts';
import { isRoom, type RoomRow } from '../../src/waiting-room/store/rooms.ts';
import { waitingRooms } from '../../src/waiting-room/tables.ts';
import { overSse, overWebSocket, type Transport } from '../realtime/transports.ts';
import { openClient, type Client } from '../support/client.ts';
import { keyOf, reserved, runOut } from '../support/holds.ts';
import { draftEvent, eventOnSale, inDays, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { KEEPING, openWorld, type World } from '../support/world.ts';
import { admit, endVisit, makeRoom } from './admissions.ts';

let world: World;
let organiser: Client;
beforeAll(async () => {
  world = await openWorld({ roles: ['api', 'worker'], environment: KEEPING });
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const refresh = ({ event }: Pick<SeededEvent, 'event'>) =>
  organiser.mutate('steerWaitingRoom', { event, action: 'RESUME' });
const HOUSE = { seats: 40, prices: [5_000, 3_000] };
const SETTINGS = { opensAt: inDays(1), capacity: 100, admissionsPerMinute: 600 };

async function guarded(settings = {}): Promise<SeededEvent & { room: RoomRow }> {
  const seeded = await eventOnSale(world.platform, HOUSE);
  const room = await makeRoom(world.platform, seeded.id, settings);
  await refresh(seeded);
  return { ...seeded, room };
}

async function admitted(room: RoomRow, viewer: string, place: number): Promise<Client> {
  const pass = await admit(world.platform.db, room, viewer, place);
  return openClient(world.url, await world.token(viewer), { 'onsale-admission': pass });
}

/** Every query that shows single places, by its field. */
const QUERIES: Record<string, (seeded: SeededEvent) => string> = {
  seatMap: ({ event }) => `{ seatMap(event: "${event}") { sections { statuses } } }`,
  seatMapSince: ({ event }) => `{ seatMapSince(event: "${event}", cursor: "NGYxYyAxNw") { __typename } }`,
  tickets: ({ event }) => `{ event(id: "${event}") { tickets(places: [1, 2]) { status } } }`,
  node: ({ ticket }) => `{ node(id: "${ticket(1)}") { ... on Ticket { status } } }`,
  nodes: ({ ticket }) => `{ nodes(ids: ["${ticket(1)}"]) { ... on Ticket { status } } }`,
};
const HIDDEN = { code: 'ADMISSION_REQUIRED', waiting: 0 };

describe.each(Object.entries(QUERIES))('%s', (_field, query) => {
  test('is for admitted viewers, the organiser and admins, and is not cached', async () => {
    const seeded = await guarded();
    const fan = await world.as('ana');
    const text = query(seeded);
    for (const client of [world.stranger, fan, await world.as('another', 'ORGANISER')]) {
      const answer = await client.send(text);
      expect(answer.errors.map(({ extensions }) => extensions)).toEqual([
        expect.objectContaining({ ...HIDDEN, event: seeded.event }),
      ]);
      expect(JSON.stringify(answer.data)).not.toMatch(/status|SeatMap/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    for (const client of [
      await admitted(seeded.room, 'ana', 1),
      organiser,
      await world.as('boss', 'ADMIN'),
    ]) {
      for (let repeat = 0; repeat < 2; repeat++) {
        const answer = await client.send(text);
        expect(answer.errors).toEqual([]);
        expect(JSON.stringify(answer.data)).toMatch(/AAAA|AVAILABLE|"__typename":"SeatMap"/);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('age')).toBeNull();
      }
    }
    expect((await fan.send(text)).errors[0]?.extensions).toMatchObject(HIDDEN); // the same request, without the header
  });

  test('shows places again when the visit goes on, and none once it has ended', async () => {
    const seeded = await guarded();
    const client = await admitted(seeded.room, 'ana', 1);
    expect((await client.send(query(seeded))).errors).toEqual([]);
    await endVisit(world.platform.db, seeded.room, 1);
    await refresh(seeded);
    expect((await client.send(query(seeded))).errors[0]?.extensions).toMatchObject(HIDDEN);
  });

  test('is for all if the room does not protect the map', async () => {
    const seeded = await guarded({ protectsSeatMap: false });
    expect((await world.stranger.send(query(seeded))).errors).toEqual([]);
  });

  test('tells of a draft with a room what it tells of any draft', async () => {
    const seeded = await guarded();
    await world.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, seeded.id));
    await refresh(seeded);
    const answer = await world.stranger.send(query(seeded));
    expect(answer.errors).toEqual([]);
    expect(Object.values(answer.data!).flat()).toEqual([null]);
  });
});

const TICKET = '__typename ... on Ticket { status }';

test('one refused id of `nodes` leaves the others their objects', async () => {
  const [hidden, open] = [await guarded(), await guarded({ protectsSeatMap: false })];
  const answer = await world.stranger.send(
    `{ nodes(ids: ["${hidden.event}", "${hidden.ticket(1)}", "${open.ticket(1)}"]) { ${TICKET} } }`,
  );
  expect(answer.data).toEqual({
    nodes: [{ __typename: 'Event' }, null, { __typename: 'Ticket', status: 'AVAILABLE' }],
  });
  expect(answer.errors).toMatchObject([{ path: ['nodes', 1], extensions: HIDDEN }]);
});

test.each([
  ['node', (id: string) => `{ node(id: "${id}") { ${TICKET} } }`],
  ['nodes', (id: string) => `{ nodes(ids: ["${id}"]) { ${TICKET} } }`],
])('%s shows a ticket to its holder after the visit, and to no other', async (_field, query) => {
  const seeded = await guarded();
  const holding = await reserved(await admitted(seeded.room, 'ana', 1), seeded.event, { places: [1] });
  await endVisit(world.platform.db, seeded.room, 1);
  await refresh(seeded);
  const [ana, ben] = [await world.as('ana'), await world.as('ben')];
  const show = (client: Client, place = 1) => client.send(query(seeded.ticket(place)));
  const shown = await show(ana);
  expect(shown.errors).toEqual([]);
  expect(JSON.stringify(shown.data)).toContain('RESERVED');
  expect(shown.headers.get('cache-control')).toBe('no-store');
  for (const other of [await show(ben), await show(world.stranger), await show(ana, 2)])
    expect(other.errors[0]?.extensions).toMatchObject(HIDDEN);

  await world.platform.db.transaction((tx) => sellTickets(tx, keyOf(holding)));
  expect(JSON.stringify((await show(ana)).data)).toContain('SOLD');
  expect((await show(ben)).errors[0]?.extensions).toMatchObject(HIDDEN);
});

test('a hold that has run out shows its ticket no more', async () => {
  const seeded = await guarded();
  const holding = await reserved(await admitted(seeded.room, 'ana', 1), seeded.event, { places: [1] });
  await endVisit(world.platform.db, seeded.room, 1);
  await refresh(seeded);
  await runOut(world.platform.db, holding);
  const answer = await (await world.as('ana')).send(QUERIES['node']!(seeded));
  expect(answer.errors[0]?.extensions).toMatchObject(HIDDEN);
});

test('a cached map is not served once a room protects it, from the answer that opens the room on', async () => {
  const seeded = await eventOnSale(world.platform, HOUSE);
  const { event } = seeded;
  const query = QUERIES['seatMap']!(seeded);
  const watcher = await overWebSocket.subscribe(world.url, { variables: { event } }); // a live map is cached
  await watcher.next();
  await eventually(
    'the map is cached',
    async () => (await world.stranger.send(query)).headers.get('age') !== null,
  );
  await organiser.mutate('openWaitingRoom', { event, ...SETTINGS });
  expect((await world.stranger.send(query)).errors[0]?.extensions).toMatchObject(HIDDEN);
  expect(await watcher.next()).toMatchObject({ errors: [{ extensions: HIDDEN }] });
  watcher.close();
});

describe.each<Transport>([overWebSocket, overSse])('seatMapChanged over $name', (transport) => {
  const WITH_PASS = `subscription ($event: ID!, $pass: String) { seatMapChanged(event: $event, pass: $pass) {
    __typename ... on SeatMapDelta { places } } }`;
  const subscribe = async (
    { event }: SeededEvent,
    viewer: string | null,
    {
      admission,
      pass = null,
      roles = [] as 'ORGANISER'[],
    }: { admission?: string; pass?: string | null; roles?: 'ORGANISER'[] } = {},
  ) =>
    transport.subscribe(world.url, {
      query: WITH_PASS,
      variables: { event, pass },
      ...(viewer !== null && { token: await world.token(viewer, ...roles) }),
      ...(admission !== undefined && { admission }),
    });
  const map = { data: { seatMapChanged: { __typename: 'SeatMap' } } };
  const hidden = { errors: [{ extensions: HIDDEN }] };

  test('takes a pass, of the connection or of the subscription', async () => {
    const seeded = await guarded();
    const pass = await admit(world.platform.db, seeded.room, 'ana', 1);
    const shown = [
      await subscribe(seeded, 'ana', { admission: `nonsense, ${pass}` }),
      await subscribe(seeded, 'ana', { pass }),
      await subscribe(seeded, ORGANISER, { roles: ['ORGANISER'] }),
    ];
    for (const subscriber of shown) expect(await subscriber.next()).toMatchObject(map);
    const refused = [
      await subscribe(seeded, null),
      await subscribe(seeded, 'ana'),
      await subscribe(seeded, 'ben', { pass, admission: pass }),
      await subscribe(seeded, null, { pass }),
      await subscribe(seeded, 'ana', { pass: `${pass}x` }),
    ];
    for (const subscriber of refused) expect(await subscriber.next()).toMatchObject(hidden);
    for (const subscriber of [...shown, ...refused]) subscriber.close();
  });

  test('refuses a pass of 101 characters, which it would keep', async () => {
    const seeded = await guarded();
    const subscriber = await subscribe(seeded, 'ana', { pass: 'x'.repeat(101) });
    const code = 'BAD_USER_INPUT';
    expect(await subscriber.next()).toMatchObject({ errors: [{ extensions: { code, argument: 'pass' } }] });
    subscriber.close();
  });

  test('ends for those who are not admitted when a room opens, and with the visit', async () => {
    const seeded = await eventOnSale(world.platform, HOUSE);
    const room = await makeRoom(world.platform, seeded.id, { protectsSeatMap: false });
    await refresh(seeded);
    const [anas, bens] = [
      await admit(world.platform.db, room, 'ana', 1),
      await admit(world.platform.db, room, 'ben', 2),
    ];
    const [ana, ben, carl] = [
      await subscribe(seeded, 'ana', { pass: anas }),
      await subscribe(seeded, 'ben', { admission: bens }),
      await subscribe(seeded, 'carl'),
    ];
    for (const subscriber of [ana, ben, carl]) expect(await subscriber.next()).toMatchObject(map);

    await world.platform.db.update(waitingRooms).set({ protectsSeatMap: true }).where(isRoom(room));
    expect(await carl.next()).toMatchObject(hidden); // by the refresh of each second
    await endVisit(world.platform.db, room, 1);
    expect(await ana.next()).toMatchObject(hidden);
    await organiser.mutate('blockTickets', { event: seeded.event, places: [3] });
    expect((await ben.next()).data.seatMapChanged.places).toEqual([3]);
    expect([ana.bytes.length, carl.bytes.length].every((count) => count <= 2)).toBe(true); // SSE counts the error, too
    for (const subscriber of [ana, ben, carl]) subscriber.close();
  });
});

test.each([
  ['eleven passes', Array(11).fill('p1').join(',')],
  ['no string', 7 as never],
])('a connection_init with %s is closed as a bad request', async (_what, admission) => {
  const { event } = await guarded();
  const subscriber = await overWebSocket.subscribe(world.url, { variables: { event }, admission });
  expect(await subscriber.ended).toMatchObject({
    code: 4400,
    reason: expect.stringContaining('onsale-admission'),
  });
});

test('an event stream with eleven passes is refused', async () => {
  const { event } = await guarded();
  const admission = Array(11).fill('p1').join(',');
  const subscriber = await overSse.subscribe(world.url, { variables: { event }, admission });
  expect(await subscriber.ended).toMatchObject({
    code: 400,
    reason: expect.stringContaining('INVALID_REQUEST'),
  });
});

describe('Event.tierAvailability', () => {
  const TIERS = 'tier name available places price { amount }';

  test('is what the map says by tier, for all, and cached', async () => {
    const seeded = await guarded();
    const query = `{ event(id: "${seeded.event}") { name tierAvailability { ${TIERS} } } }`;
    const { seatMap } = await organiser.ask(`{ seatMap(event: "${seeded.event}") { tiers { ${TIERS} } } }`);
    expect(seatMap.tiers).toHaveLength(2);
    const answer = await world.stranger.send(query);
    expect(answer.data!['event'].tierAvailability).toEqual(seatMap.tiers);
    expect(answer.headers.get('cache-control')).toBe('max-age=1, public');
  });

  test('follows the sale', async () => {
    const seeded = await guarded();
    const query = `{ event(id: "${seeded.event}") { tierAvailability { available } } }`;
    const available = async () =>
      (await world.stranger.ask(query)).event.tierAvailability.map(
        (tier: { available: number }) => tier.available,
      );
    expect(await available()).toEqual([20, 20]);
    await organiser.mutate('blockTickets', { event: seeded.event, places: [0, 1, 20] });
    await eventually('the tiers have changed', async () => JSON.stringify(await available()) === '[18,19]');
  });

  test('is null without tickets', async () => {
    const { event } = await draftEvent(world.platform, HOUSE, { status: 'ANNOUNCED' });
    const { event: found } = await world.stranger.ask(
      `{ event(id: "${event}") { tierAvailability { tier } } }`,
    );
    expect(found).toEqual({ tierAvailability: null });
  });
});
