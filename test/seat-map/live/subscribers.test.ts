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
  await eventually('the feed is there', async () => (await maps.read(null, event.id))?.stale === false);
});

/** Follow from a cursor, or from a whole map. */
async function join(subscriber: VerifyingSubscriber, after: string | null = subscriber.cursor, of = maps) {
  const channel = (await of.subscribe(subscriber.viewer, event.id))!;
  const first = channel.join(after, subscriber);
  for (const update of first) subscriber.onUpdate(update);
  return { leave: () => channel.leave(subscriber), first };
}

const settled = (subscriber: VerifyingSubscriber) =>
  eventually('the subscriber has what the database has', async () => {
    return subscriber.map === (await mapInDatabase(live.platform.db, event.id));
  });

test.each([1, 2, 3])('who follows a rush has what the database has, in order: %i', async (seed) => {
  const below = randomNumbers(seed);
  const [steady, fickle] = [new VerifyingSubscriber(), new VerifyingSubscriber()];
  await join(steady);
  let going = true;
  const fickleness = (async () => {
    while (going) {
      const { leave } = await join(fickle); // comes back where it was
      const until = fickle.deltas + below(4);
      await eventually('it has heard some', async () => !going || fickle.deltas >= until);
      leave();
      if (below(3) === 0)
        await maps.readSince(null, event.id, fickle.cursor!).then((update) => fickle.onUpdate(update!));
    }
  })();
  await simulateSales(live.platform, event, { steps: 240, seed });
  going = false;
  await fickleness;
  await join(fickle);

  await Promise.all([settled(steady), settled(fickle)]);
  expect(distinctStatuses(steady.map)).toMatch(/A.*[BRS].*S/);
  expect([...steady.violations, ...fickle.violations]).toEqual([]);
  expect(steady.snapshots).toBe(1);
  expect(steady.deltas).toBeGreaterThan(3);
  expect((await maps.read(null, event.id))!.sections.map(({ statuses }) => statuses).join('')).toBe(
    steady.map,
  );
});

test('a subscriber who is not told one update would notice', async () => {
  const [whole, lacking] = [new VerifyingSubscriber(), new VerifyingSubscriber()];
  await join(whole);
  const channel = (await maps.subscribe(null, event.id))!;
  let count = 0;
  const first = channel.join(null, {
    viewer: null,
    onUpdate: (update) => void (++count !== 2 && lacking.onUpdate(update)),
    end: () => {},
  });
  for (const update of first) lacking.onUpdate(update);
  for (let version = 1; version <= 4; version++) {
    await changeTickets(live.platform, event, [version], 'BLOCKED');
    await eventually('it is told', async () => whole.deltas === version);
  }
  await settled(whole);
  expect(whole.violations).toEqual([]);
  expect(lacking.violations).toContainEqual(expect.stringContaining('a gap'));
  expect(lacking.map).not.toBe(whole.map);
});

describe('a message of Redis that is lost', () => {
  test('is noticed with the next one', async () => {
    const subscriber = new VerifyingSubscriber();
    await join(subscriber);
    const dropped = vi.spyOn(Channel.prototype, 'onMessage').mockImplementationOnce(() => {});
    await changeTickets(live.platform, event, [5], 'BLOCKED');
    await eventually('it was dropped', async () => dropped.mock.calls.length === 1);
    await changeTickets(live.platform, event, [6], 'BLOCKED');
    await settled(subscriber);
    expect(subscriber.violations).toEqual([]);
    expect(subscriber.snapshots).toBe(1);
  });

  test('is noticed when it was the last for now', async () => {
    const hasty = live.openMaps({ resyncMs: 100 });
    const subscriber = new VerifyingSubscriber();
    await join(subscriber, null, hasty);
    const dropped = vi.spyOn(Channel.prototype, 'onMessage').mockImplementation(() => {});
    await changeTickets(live.platform, event, [7], 'BLOCKED');
    await eventually('it was dropped', async () => dropped.mock.calls.length > 0);
    await settled(subscriber);
    expect(subscriber.violations).toEqual([]);
    expect(subscriber.snapshots).toBe(1);
  });
});

describe('joining', () => {
  test('everybody is told by the same object, changes of one moment together', async () => {
    const channel = (await maps.subscribe(null, event.id))!;
    expect(await maps.subscribe(null, event.id)).toBe(channel);
    const heard: SeatMapUpdate[][] = [[], []];
    const firsts = heard.map((mine) =>
      channel.join(null, { viewer: null, onUpdate: (update) => void mine.push(update), end: () => {} }),
    );
    expect(firsts[0]![0]).toBe(firsts[1]![0]);
    await Promise.all(
      [...'123456'].map((place) => changeTickets(live.platform, event, [Number(place)], 'BLOCKED')),
    );
    await eventually('both have heard of all', async () =>
      heard.every((mine) => mine.flatMap((update) => ('places' in update ? update.places : [])).length === 6),
    );
    expect(heard[0]!.length).toBeLessThan(6);
    for (const [index, update] of heard[0]!.entries()) expect(heard[1]![index]).toBe(update);
  });

  test('a whole map is drawn up once for those who come together, and is not kept for those who come later', async () => {
    const channel = (await maps.subscribe(null, event.id))!;
    const whole = () => {
      const subscriber = new VerifyingSubscriber();
      const [first] = channel.join(null, subscriber);
      channel.leave(subscriber);
      return first;
    };
    const first = whole();
    expect(whole()).toBe(first);
    await eventually('it is let go', async () => whole() !== first); // with everything that was made of it
  });

  test('one who leaves hears no more', async () => {
    const [gone, there] = [new VerifyingSubscriber(), new VerifyingSubscriber()];
    const { leave } = await join(gone);
    await join(there);
    leave();
    await changeTickets(live.platform, event, [1], 'BLOCKED');
    await settled(there);
    expect(gone.deltas).toBe(0);
  });

  test('after a cursor begins with what was missed, in another process too', async () => {
    const subscriber = new VerifyingSubscriber();
    const { leave } = await join(subscriber);
    leave();
    await changeTickets(live.platform, event, [1, 2], 'BLOCKED');
    await changeTickets(live.platform, event, [2], 'AVAILABLE');
    await eventually('the board has it', async () => (await maps.read(null, event.id))!.sequence === 2);
    const { first } = await join(subscriber, subscriber.cursor, live.openMaps());
    expect(first).toMatchObject([
      { __typename: 'SeatMapDelta', fromSequence: 1, places: [1, 2], statuses: 'BA' },
    ]);
    expect(subscriber.map).toBe(await mapInDatabase(live.platform.db, event.id));
    expect((await join(subscriber)).first).toEqual([]);
  });

  test.each([
    ['of another epoch', ({ sequence }: Position) => ({ epoch: 'another', sequence })],
    ['from the future', ({ epoch }: Position) => ({ epoch, sequence: 999 })],
  ])('after a cursor %s begins with a whole map', async (_what, spoil) => {
    const cursor = writeCursor(spoil((await maps.read(null, event.id))!));
    const { first } = await join(new VerifyingSubscriber(), cursor);
    expect(first).toMatchObject([{ __typename: 'SeatMap' }]);
    expect(await maps.readSince(null, event.id, cursor)).toMatchObject({ __typename: 'SeatMap' });
  });

  test('after what is no cursor is refused', async () => {
    const channel = (await maps.subscribe(null, event.id))!;
    expect(() => channel.join('nonsense', new VerifyingSubscriber())).toThrow('after: is not a cursor');
    await expect(maps.readSince(null, event.id, 'nonsense')).rejects.toThrow('cursor: is not a cursor');
  });

  test('a draft, an Event without tickets and one that is not there have no map, except a draft for its organiser', async () => {
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
    expect(await maps.subscribe(null, draft.id)).toBeNull(); // though it is open now
  });

  test('a board whose deltas Redis has lost is followed all the same', async () => {
    const first = new VerifyingSubscriber();
    await join(first);
    await changeTickets(live.platform, event, [3], 'BLOCKED');
    await settled(first);
    const { redis } = live.platform;
    const boards = new Boards(redis);
    const { deltas } = boardKeys(redis.prefix, event.id, (await boards.generation(event.id))!);
    await redis.connection!.del(deltas); // as when memory is short

    const second = new VerifyingSubscriber();
    await join(second, null, live.openMaps());
    await settled(second);
    expect([second.stale, second.epoch]).toEqual([false, first.epoch]);
  });

  test('the last who leaves closes the channel, after a moment', async () => {
    const hasty = live.openMaps({ idleTtlMs: 50 });
    const { leave } = await join(new VerifyingSubscriber(), null, hasty);
    const channels = async () => (await live.platform.metrics.seatMapChannels.get()).values[0]!.value;
    const open = await channels();
    leave();
    await eventually('it is closed', async () => (await channels()) < open);
    expect((await join(new VerifyingSubscriber(), null, hasty)).first).toHaveLength(1);
  });
});
