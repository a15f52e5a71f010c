import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Client } from '../../support/client.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let organiser: Client;
beforeAll(async () => {
  world = await openWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world[Symbol.asyncDispose]());

const ROOM = `waitingRoom { generation state paused draining opensAt capacity admissionsPerMinute visitSeconds graceSeconds order
  protectsSeatMap keepsPlaces requiresChallenge seedHash event { id } }`;
const PROBLEMS = '... on InvalidInput { problems { path message } }';
const MEMBERS = {
  openWaitingRoom: `... on WaitingRoomOpened { ${ROOM} } ... on WaitingRoomExists { ${ROOM} } ${PROBLEMS}`,
  updateWaitingRoom: `... on WaitingRoomUpdated { ${ROOM} } ${PROBLEMS}`,
  steerWaitingRoom: `... on WaitingRoomUpdated { ${ROOM} }`,
  closeWaitingRoom: `... on WaitingRoomClosed { ${ROOM} } ... on WaitingRoomOccupied { waiting inside }`,
};
const change = (mutation: keyof typeof MEMBERS, input: object, client = organiser) =>
  client.mutate(mutation, input, MEMBERS[mutation]);

const onSale = async () => (await eventOnSale(world.platform, { seats: 20 })).event;
const SETTINGS = { capacity: 100, admissionsPerMinute: 600 };
const open = (event: string, input: object = {}, client = organiser) =>
  change('openWaitingRoom', { event, opensAt: inDays(1), ...SETTINGS, ...input }, client);
const roomOf = async (event: string) =>
  (await world.stranger.ask(`query ($id: ID!) { event(id: $id) { ${ROOM} } }`, { id: event })).event
    .waitingRoom;

describe('openWaitingRoom', () => {
  test('makes a room with its defaults, which everyone sees', async () => {
    const event = await onSale();
    const opensAt = inDays(1);
    expect(await roomOf(event)).toBeNull();
    const { __typename, waitingRoom } = await open(event, { opensAt });
    expect(__typename).toBe('WaitingRoomOpened');
    expect(waitingRoom).toEqual({
      generation: 1,
      state: 'BEFORE_OPENING',
      opensAt: opensAt.toISOString(),
      ...SETTINGS,
      visitSeconds: 600,
      graceSeconds: 60,
      order: 'SHUFFLED',
      protectsSeatMap: true,
      keepsPlaces: false,
      requiresChallenge: true,
      ...{ paused: false, draining: false },
      seedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      event: { id: event },
    });
    expect(await roomOf(event)).toEqual(waitingRoom);
  });

  test.each<[string, object, string]>([
    ['in the past', { opensAt: inDays(-1) }, 'opensAt'],
    ['in two years', { opensAt: inDays(800) }, 'opensAt'],
    ['without capacity', { capacity: 0 }, 'capacity'],
    ['with a negative capacity', { capacity: -1 }, 'capacity'],
    ['for too many', { capacity: 1_000_001 }, 'capacity'],
    ['without a rate', { admissionsPerMinute: 0 }, 'admissionsPerMinute'],
    ['for visits of a second', { visitSeconds: 1 }, 'visitSeconds'],
    ['without grace', { graceSeconds: 0 }, 'graceSeconds'],
    ['with null for a default', { order: null }, 'order'],
  ])('%s is refused with the field named', async (_what, input, field) => {
    const event = await onSale();
    expect(await open(event, input)).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: [field] }],
    });
    expect(await roomOf(event)).toBeNull();
  });

  test('is refused for the Event of another, one that is unknown, over or cancelled, and one with a room', async () => {
    const event = await onSale();
    expect(await open(event, {}, await world.as('other', 'ORGANISER'))).toMatchObject({
      __typename: 'EventNotFound',
    });
    expect(await open('evt_nonsense')).toMatchObject({ __typename: 'EventNotFound' });
    expect(await open(event)).toMatchObject({ __typename: 'WaitingRoomOpened' });
    expect(await open(event, { capacity: 5 })).toMatchObject({
      __typename: 'WaitingRoomExists',
      waitingRoom: { generation: 1, capacity: 100 },
    });
    const cancelled = await eventOnSale(world.platform, { seats: 20 });
    await world.platform.db.execute(sql`update events set status = 'CANCELLED' where id = ${cancelled.id}`);
    expect(await open(cancelled.event)).toMatchObject({ __typename: 'EventNotChangeable' });
  });

  test('is refused to an organiser with 500 rooms that are open, until one is closed', async () => {
    const { db } = world.platform;
    const { id, event } = await eventOnSale(world.platform, { seats: 20 }, { organiserId: 'many' });
    const many = await world.as('many', 'ORGANISER');
    await db.execute(sql`
      insert into events (id, organiser_id, venue_id, name, category, city, country_code, timezone, starts_at, status,
        folded, search_text, folded_city)
      select gen_random_uuid(), organiser_id, venue_id, name, category, city, country_code, timezone, starts_at, 'ANNOUNCED',
        folded, search_text, folded_city
      from events, generate_series(1, 500) where events.id = ${id}`);
    const rooms = sql`from events where organiser_id = 'many' and id <> ${id}`;
    await db.execute(sql`
      insert into waiting_rooms (event_id, generation, opens_at, capacity, admissions_per_minute, visit_seconds, grace_seconds,
        "order", protects_seat_map, keeps_places, requires_challenge, key, seed)
      select id, 1, now() + interval '1 day', 1, 1, 60, 60, 'ARRIVAL', true, false, false, '\\x00', '\\x00' ${rooms}`);
    expect(await open(event, {}, many)).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['event'], message: expect.stringContaining('500') }],
    });
    await db.execute(sql`
      update waiting_rooms set phase = 'CLOSED' where event_id = (select id ${rooms} limit 1)`);
    expect(await open(event, {}, many)).toMatchObject({ __typename: 'WaitingRoomOpened' });
    await db.execute(
      sql`delete from waiting_rooms where event_id in (select id from events where organiser_id = 'many')`,
    );
  });

  test('fails on a server without Redis, which would not open its line', async () => {
    await using without = await openWorld({ redisUrl: null });
    const { event } = await eventOnSale(without.platform, { seats: 20 });
    const { errors } = await (
      await without.as(ORGANISER, 'ORGANISER')
    ).send('mutation ($input: OpenWaitingRoomInput!) { openWaitingRoom(input: $input) { __typename } }', {
      input: { event, opensAt: inDays(1), ...SETTINGS },
    });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('Redis'), extensions: { code: 'SERVICE_UNAVAILABLE' } },
    ]);
  });

  test('of two at once one makes the room', async () => {
    const event = await onSale();
    const names = (await Promise.all([open(event), open(event), open(event)])).map(
      ({ __typename }) => __typename,
    );
    expect(names.toSorted()).toEqual(['WaitingRoomExists', 'WaitingRoomExists', 'WaitingRoomOpened']);
  });
});

describe('an opening and the end of the Event', () => {
  const move = (event: string, times: object) =>
    organiser.mutate('updateEvent', { id: event, event: times }, PROBLEMS);

  test('do not cross when the room is opened or moved', async () => {
    const event = await onSale(); // starts in 30 days
    const late = { opensAt: inDays(31) };
    const problem = { problems: [{ path: ['opensAt'], message: 'is after the end of the Event' }] };
    expect(await open(event, late)).toMatchObject(problem);
    await open(event);
    expect(await change('updateWaitingRoom', { event, ...late })).toMatchObject(problem);
  });

  test('do not cross when the Event is moved, until the room is moved or closed', async () => {
    const event = await onSale();
    const opensAt = inDays(20);
    await open(event, { opensAt });
    const problem = (field: string) => ({
      __typename: 'InvalidInput',
      problems: [
        { path: ['event', field], message: expect.stringContaining('before its waiting room opens') },
      ],
    });
    expect(await move(event, { startsAt: inDays(19) })).toMatchObject(problem('startsAt'));
    expect(await move(event, { startsAt: inDays(19), endsAt: opensAt })).toMatchObject(problem('endsAt'));
    expect(await move(event, { startsAt: inDays(19), endsAt: inDays(21) })).toMatchObject({
      __typename: 'EventUpdated',
    });
    expect(await move(event, { endsAt: null })).toMatchObject(problem('endsAt'));

    await change('updateWaitingRoom', { event, opensAt: inDays(18) });
    expect(await move(event, { endsAt: null })).toMatchObject({ __typename: 'EventUpdated' });
    expect(await move(event, { startsAt: inDays(2) })).toMatchObject(problem('startsAt'));
    await change('closeWaitingRoom', { event });
    expect(await move(event, { startsAt: inDays(2) })).toMatchObject({ __typename: 'EventUpdated' });
  });
});

describe('a room', () => {
  test('can be re-sized, paused, resumed, drained and closed; the next one has the next generation and another seed', async () => {
    const event = await onSale();
    const { waitingRoom: first } = await open(event);
    expect(await change('updateWaitingRoom', { event, capacity: 7 })).toMatchObject({
      waitingRoom: { ...first, capacity: 7 },
    });
    expect(await change('updateWaitingRoom', { event })).toMatchObject({ waitingRoom: { capacity: 7 } });
    const steered = async (action: string) => {
      const { waitingRoom } = await change('steerWaitingRoom', { event, action });
      return [waitingRoom.state, waitingRoom.paused, waitingRoom.draining];
    };
    for (let times = 0; times < 2; times++)
      expect(await steered('PAUSE')).toEqual(['BEFORE_OPENING', true, false]);
    expect(await steered('DRAIN')).toEqual(['BEFORE_OPENING', true, true]);
    expect(await steered('RESUME')).toEqual(['BEFORE_OPENING', false, false]);
    for (let times = 0; times < 2; times++)
      expect(await steered('DRAIN')).toEqual(['BEFORE_OPENING', false, true]);
    expect(await change('closeWaitingRoom', { event })).toMatchObject({ waitingRoom: { state: 'CLOSED' } });
    expect(await roomOf(event)).toBeNull();
    const { waitingRoom: second } = await open(event);
    expect(second.generation).toBe(2);
    expect(second.seedHash).not.toBe(first.seedHash);
  });

  test.each<[string, object, string]>([
    ['an opening in the past', { opensAt: inDays(-1) }, 'opensAt'],
    ['an opening in two years', { opensAt: inDays(800) }, 'opensAt'],
    ['no capacity', { capacity: 0 }, 'capacity'],
    ['no rate', { admissionsPerMinute: 0 }, 'admissionsPerMinute'],
    ['a rate beyond the highest', { admissionsPerMinute: 1_000_001 }, 'admissionsPerMinute'],
    ['visits of a second', { visitSeconds: 1 }, 'visitSeconds'],
    ['visits of a day', { visitSeconds: 86_400 }, 'visitSeconds'],
    ['no grace', { graceSeconds: 0 }, 'graceSeconds'],
    ['null for what it needs', { keepsPlaces: null }, 'keepsPlaces'],
  ])('is not changed to have %s', async (_what, input, field) => {
    const event = await onSale();
    await open(event);
    const before = await roomOf(event);
    expect(await change('updateWaitingRoom', { event, capacity: 5, ...input })).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: [field] }],
    });
    expect(await roomOf(event)).toEqual(before);
  });

  test('shows the state that it was steered to once it has opened', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    await open(event);
    await world.platform.db.execute(sql`update waiting_rooms set phase = 'OPEN' where event_id = ${id}`);
    const stateAfter = async (action: string) =>
      (await change('steerWaitingRoom', { event, action })).waitingRoom.state;
    expect(await stateAfter('PAUSE')).toBe('PAUSED');
    expect(await stateAfter('DRAIN')).toBe('PAUSED');
    expect(await stateAfter('RESUME')).toBe('OPEN');
    expect(await stateAfter('DRAIN')).toBe('DRAINING');
    expect(await change('updateWaitingRoom', { event, opensAt: inDays(2) })).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['opensAt'] }],
    });
  });

  test('is put off until its opening has passed, also while the change waits for a lock', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    await open(event);
    const putOff = () => change('updateWaitingRoom', { event, opensAt: inDays(2) });
    expect(await putOff()).toMatchObject({ __typename: 'WaitingRoomUpdated' });
    const refusal = {
      __typename: 'InvalidInput',
      problems: [{ path: ['opensAt'], message: 'cannot change: it has passed' }],
    };
    const waiting = await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`select from events where id = ${id} for update`);
      const late = putOff();
      await sessionsWaitingForLocks(world.platform.db);
      await tx.execute(sql`update waiting_rooms set opens_at = clock_timestamp() where event_id = ${id}`);
      return { late };
    });
    expect(await waiting.late).toMatchObject(refusal);
    expect(await putOff()).toMatchObject(refusal);
  });

  test('that viewers have just joined is closed only if that is asked for', async () => {
    const event = await onSale();
    await open(event, { requiresChallenge: false });
    const fan = await world.as('fan');
    expect(await fan.mutate('joinQueue', { event })).toMatchObject({ __typename: 'QueueJoined' });
    expect(await change('closeWaitingRoom', { event })).toMatchObject({
      ...{ __typename: 'WaitingRoomOccupied', waiting: 1, inside: 0 },
    });
    expect(await change('closeWaitingRoom', { event, evenIfOccupied: true })).toMatchObject({
      waitingRoom: { state: 'CLOSED' },
    });
  });

  test('with people inside is closed only if that is asked for', async () => {
    const { id, event } = await eventOnSale(world.platform, { seats: 20 });
    await open(event);
    await world.platform.db.execute(
      sql`update waiting_rooms set waiting = 3, inside = 2 where event_id = ${id}`,
    );
    expect(await change('closeWaitingRoom', { event })).toMatchObject({
      __typename: 'WaitingRoomOccupied',
      waiting: 3,
      inside: 2,
    });
    expect(await change('closeWaitingRoom', { event, evenIfOccupied: true })).toMatchObject({
      __typename: 'WaitingRoomClosed',
    });
  });

  test('that does not exist, or is another’s, is not changed', async () => {
    const event = await onSale();
    expect(await change('closeWaitingRoom', { event })).toMatchObject({ __typename: 'WaitingRoomNotFound' });
    await open(event);
    const other = await world.as('other', 'ORGANISER');
    expect(await change('closeWaitingRoom', { event }, other)).toMatchObject({ __typename: 'EventNotFound' });
    expect(await change('updateWaitingRoom', { event, capacity: 0 })).toMatchObject({
      problems: [{ path: ['capacity'] }],
    });
    const fan = await world.as('fan');
    const { errors } = await fan.send(
      'mutation ($input: CloseWaitingRoomInput!) { closeWaitingRoom(input: $input) { __typename } }',
      { input: { event } },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
