import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { Boards } from '../../../src/seat-map/board/boards.ts';
import { boardKeys } from '../../../src/seat-map/board/keys.ts';
import { writeCursor, type Position } from '../../../src/seat-map/cursors.ts';
import type { SeatMaps, SeatMapUpdate } from '../../../src/seat-map/index.ts';
import { Channel } from '../../../src/seat-map/live/channel.ts';
import { randomNumbers } from '../../support/race.ts';
import { draftEvent, eventOnSale, ORGANISER, viewerOf, type SeededEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openLivePlatform, type LivePlatform } from '../live-platform.ts';
import { distinctStatuses, mapInDatabase, simulateSales } from '../random-sales.ts';
import { changeTickets } from '../ticket-rows.ts';
import { VerifyingSubscriber } from '../verifying-subscriber.ts';

let live: LivePlatform;
let maps: SeatMaps;
let event: SeededEvent;

beforeAll(async () => {
  live = await openLivePlatform();
  live.startFeed();
  maps = live.openMaps();
});
afterAll(() => live[Symbol.asyncDispose]());
beforeEach(async () => {
  event = await eventOnSale(live.platform, { seats: 120 });
  await eventually('the map is live', async () => (await maps.read(null, event.id))?.stale === false);
});

/** Join after a cursor, or from a whole map. */
async function join(subscriber: VerifyingSubscriber, after: string | null = subscriber.cursor, of = maps) {
  const channel = (await of.subscribe(subscriber.viewer, event.id))!;
  const first = channel.join(after, subscriber);
  for (const update of first) subscriber.onUpdate(update);
  return { leave: () => channel.leave(subscriber), first };
}

const converged = (subscriber: VerifyingSubscriber) =>
  eventually('the subscriber has the map in the database', async () => {
    return subscriber.map === (await mapInDatabase(live.platform.db, event.id));
  });

test.each([1, 2, 3])(
  'subscribers converge to the database during a rush, without gaps or reordering: %i',
  async (seed) => {
    const below = randomNumbers(seed);
    const [stable, unstable] = [new VerifyingSubscriber(), new VerifyingSubscriber()];
    await join(stable);
    let going = true;
    const reconnecting = (async () => {
      while (going) {
        const { leave } = await join(unstable); // resumes from its cursor
        const until = unstable.deltas + below(4);
        await eventually('it has received some updates', async () => !going || unstable.deltas >= until);
        leave();
        if (below(3) === 0)
          await maps.readSince(null, event.id, unstable.cursor!).then((update) => unstable.onUpdate(update!));
      }
    })();
    await simulateSales(live.platform, event, { steps: 240, seed });
    going = false;
    await reconnecting;
    await join(unstable);

    await Promise.all([converged(stable), converged(unstable)]);
    expect(distinctStatuses(stable.map)).toMatch(/A.*[BRS].*S/);
    expect([...stable.violations, ...unstable.violations]).toEqual([]);
    expect(stable.snapshots).toBe(1);
    expect(stable.deltas).toBeGreaterThan(3);
    expect((await maps.read(null, event.id))!.sections.map(({ statuses }) => statuses).join('')).toBe(
      stable.map,
    );
  },
);

test('a subscriber that misses one update detects the gap', async () => {
  const [complete, incomplete] = [new VerifyingSubscriber(), new VerifyingSubscriber()];
  await join(complete);
  const channel = (await maps.subscribe(null, event.id))!;
  let count = 0;
  const first = channel.join(null, {
    viewer: null,
    passes: [],
    onUpdate: (update) => void (++count !== 2 && incomplete.onUpdate(update)),
    end: () => {},
  });
  for (const update of first) incomplete.onUpdate(update);
  for (let version = 1; version <= 4; version++) {
    await changeTickets(live.platform, event, [version], 'BLOCKED');
    await eventually('the update is received', async () => complete.deltas === version);
  }
  await converged(complete);
  expect(complete.violations).toEqual([]);
  expect(incomplete.violations).toContainEqual(expect.stringContaining('a gap'));
  expect(incomplete.map).not.toBe(complete.map);
});

describe('a lost Redis message', () => {
  test('is detected by the next message', async () => {
    const subscriber = new VerifyingSubscriber();
    await join(subscriber);
    const dropped = vi.spyOn(Channel.prototype, 'onMessage').mockImplementationOnce(() => {});
    await changeTickets(live.platform, event, [5], 'BLOCKED');
    await eventually('a message was dropped', async () => dropped.mock.calls.length === 1);
    await changeTickets(live.platform, event, [6], 'BLOCKED');
    await converged(subscriber);
    expect(subscriber.violations).toEqual([]);
    expect(subscriber.snapshots).toBe(1);
  });

  test('is detected by the periodic resync if no message follows', async () => {
    const fastMaps = live.openMaps({ resyncMs: 100 });
    const subscriber = new VerifyingSubscriber();
    await join(subscriber, null, fastMaps);
    const dropped = vi.spyOn(Channel.prototype, 'onMessage').mockImplementation(() => {});
    await changeTickets(live.platform, event, [7], 'BLOCKED');
    await eventually('a message was dropped', async () => dropped.mock.calls.length > 0);
    await converged(subscriber);
    expect(subscriber.violations).toEqual([]);
    expect(subscriber.snapshots).toBe(1);
  });
});

describe('joining', () => {
  test('all subscribers receive the same object, with the coalesced changes', async () => {
    const channel = (await maps.subscribe(null, event.id))!;
    expect(await maps.subscribe(null, event.id)).toBe(channel);
    const received: SeatMapUpdate[][] = [[], []];
    const firsts = received.map((updates) =>
      channel.join(null, {
        viewer: null,
        passes: [],
        onUpdate: (update) => void updates.push(update),
        end: () => {},
      }),
    );
    expect(firsts[0]![0]).toBe(firsts[1]![0]);
    await Promise.all(
      [...'123456'].map((place) => changeTickets(live.platform, event, [Number(place)], 'BLOCKED')),
    );
    await eventually('both have received all changes', async () =>
      received.every(
        (updates) => updates.flatMap((update) => ('places' in update ? update.places : [])).length === 6,
      ),
    );
    expect(received[0]!.length).toBeLessThan(6);
    for (const [index, update] of received[0]!.entries()) expect(received[1]![index]).toBe(update);
  });

  test('subscribers that join together share a snapshot, which is not kept for later ones', async () => {
    const channel = (await maps.subscribe(null, event.id))!;
    const whole = () => {
      const subscriber = new VerifyingSubscriber();
      const [first] = channel.join(null, subscriber);
      channel.leave(subscriber);
      return first;
    };
    const first = whole();
    expect(whole()).toBe(first);
    await eventually('the snapshot is dropped', async () => whole() !== first); // with the results cached for it
  });

  test('a subscriber that left receives nothing', async () => {
    const [left, joined] = [new VerifyingSubscriber(), new VerifyingSubscriber()];
    const { leave } = await join(left);
    await join(joined);
    leave();
    await changeTickets(live.platform, event, [1], 'BLOCKED');
    await converged(joined);
    expect(left.deltas).toBe(0);
  });

  test('after a cursor starts with the missed changes, also in another process', async () => {
    const subscriber = new VerifyingSubscriber();
    const { leave } = await join(subscriber);
    leave();
    await changeTickets(live.platform, event, [1, 2], 'BLOCKED');
    await changeTickets(live.platform, event, [2], 'AVAILABLE');
    await eventually(
      'the board has the changes',
      async () => (await maps.read(null, event.id))!.sequence === 2,
    );
    const { first } = await join(subscriber, subscriber.cursor, live.openMaps());
    expect(first).toMatchObject([
      { __typename: 'SeatMapDelta', fromSequence: 1, places: [1, 2], statuses: 'BA' },
    ]);
    expect(subscriber.map).toBe(await mapInDatabase(live.platform.db, event.id));
    expect((await join(subscriber)).first).toEqual([]);
  });

  test.each([
    ['of another epoch', ({ sequence }: Position) => ({ epoch: 'another', sequence })],
    ['in the future', ({ epoch }: Position) => ({ epoch, sequence: 999 })],
  ])('after a cursor %s starts with a whole map', async (_what, invalidate) => {
    const cursor = writeCursor(invalidate((await maps.read(null, event.id))!));
    const { first } = await join(new VerifyingSubscriber(), cursor);
    expect(first).toMatchObject([{ __typename: 'SeatMap' }]);
    expect(await maps.readSince(null, event.id, cursor)).toMatchObject({ __typename: 'SeatMap' });
  });

  test('after an invalid cursor is refused', async () => {
    const channel = (await maps.subscribe(null, event.id))!;
    expect(() => channel.join('nonsense', new VerifyingSubscriber())).toThrow('after: is not a cursor');
    await expect(maps.readSince(null, event.id, 'nonsense')).rejects.toThrow('cursor: is not a cursor');
  });

  test('drafts, Events without tickets and unknown ones have no map, except a draft for its organiser', async () => {
    const draft = await eventOnSale(live.platform, { seats: 20 });
    await live.platform.sql`update events set status = 'DRAFT' where id = ${draft.id}`;
    const { id: unsold } = await draftEvent(live.platform, { seats: 20 }, { status: 'ANNOUNCED' });
    for (const id of [draft.id, unsold, '00000000-0000-7000-8000-000000000000']) {
      expect(await maps.read(null, id)).toBeNull();
      expect(await maps.subscribe(null, id)).toBeNull();
      expect(await maps.readSince(null, id, Buffer.from('e 1').toString('base64url'))).toBeNull();
    }
    const organiser = viewerOf(ORGANISER, 'ORGANISER');
    expect(await maps.read(organiser, draft.id)).not.toBeNull();
    expect(await maps.subscribe(organiser, draft.id)).not.toBeNull();
    expect(await maps.subscribe(null, draft.id)).toBeNull(); // although its channel is open now
  });

  test('a board whose deltas were evicted is live all the same', async () => {
    const first = new VerifyingSubscriber();
    await join(first);
    await changeTickets(live.platform, event, [3], 'BLOCKED');
    await converged(first);
    const { redis } = live.platform;
    const boards = new Boards(redis);
    const { deltas } = boardKeys(redis.prefix, event.id, (await boards.generation(event.id))!);
    await redis.connection!.del(deltas); // as by eviction

    const second = new VerifyingSubscriber();
    await join(second, null, live.openMaps());
    await converged(second);
    expect([second.stale, second.epoch]).toEqual([false, first.epoch]);
  });

  test('a channel closes after its last subscriber has left, when the idle TTL is over', async () => {
    const fastMaps = live.openMaps({ idleTtlMs: 50 });
    const { leave } = await join(new VerifyingSubscriber(), null, fastMaps);
    const channels = async () => (await live.platform.metrics.seatMapChannels.get()).values[0]!.value;
    const open = await channels();
    leave();
    await eventually('the channel is closed', async () => (await channels()) < open);
    expect((await join(new VerifyingSubscriber(), null, fastMaps)).first).toHaveLength(1);
  });
});
