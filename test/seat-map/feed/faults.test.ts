import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { SeatMaps } from '../../../src/seat-map/index.ts';
import { advance } from '../../support/clock.ts';
import { start } from '../../support/process.ts';
import { eventOnSale, type SeededEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openLivePlatform, type LivePlatform } from '../live-platform.ts';
import { ownRedis, type OwnRedis } from '../own-redis.ts';
import { distinctStatuses, mapInDatabase, simulateSales } from '../random-sales.ts';
import { changeTickets } from '../ticket-rows.ts';
import { VerifyingSubscriber } from '../verifying-subscriber.ts';

let own: OwnRedis;
let live: LivePlatform;
let maps: SeatMaps;
let event: SeededEvent;
let subscriber: VerifyingSubscriber;

beforeEach(async () => {
  own = await ownRedis();
  live = await openLivePlatform({ redisUrl: own.url });
  maps = live.openMaps({ resyncMs: 500, outageGraceMs: 200, pollMs: 200 });
  event = await eventOnSale(live.platform, { seats: 120 });
  subscriber = new VerifyingSubscriber();
});
afterEach(async () => {
  vi.useRealTimers();
  await live[Symbol.asyncDispose]();
  await own[Symbol.asyncDispose]();
});

const isLive = () =>
  eventually('the map is live', async () => (await maps.read(null, event.id))?.stale === false);

async function subscribe(of = maps): Promise<void> {
  const channel = (await of.subscribe(null, event.id))!;
  for (const update of channel.join(null, subscriber)) subscriber.onUpdate(update);
}

/** Wait until subscriber and board are live and equal to the database. */
const converged = () =>
  eventually('subscriber, board and database are equal', async () => {
    const inDatabase = await mapInDatabase(live.platform.db, event.id);
    const board = await maps.read(null, event.id);
    const onBoard = board?.sections.map(({ statuses }) => statuses).join('');
    return (
      !subscriber.stale && board?.stale === false && onBoard === inDatabase && subscriber.map === inDatabase
    );
  });

/** Simulate sales until `work` has run that many times meanwhile. */
async function simulateSalesDuring(seed: number, times: number, work: () => Promise<void>): Promise<void> {
  let done = false;
  const working = (async () => {
    for (let time = 0; time < times; time++) await work();
  })().finally(() => (done = true));
  for (let round = 0; round === 0 || !done; round++)
    await simulateSales(live.platform, event, { steps: 100, seed: 100 * seed + round });
  await working;
}

/** Terminate the connection that reads the slot, as a crash would. */
async function terminateSlotReader(): Promise<void> {
  await live.platform.sql`
    select pg_terminate_backend(active_pid, 5000) from pg_replication_slots
    where database = current_database() and active`;
}

const takeovers = async () => (await live.platform.metrics.slotTakeovers.get()).values[0]?.value ?? 0;

describe('the feed', () => {
  test('that dies is taken over by another, and no change is lost', async () => {
    const first = live.startFeed();
    await isLive();
    live.startFeed();
    await subscribe(live.openMaps({ outageGraceMs: 60_000 })); // not under test here: a slow machine
    const sales = simulateSales(live.platform, event, { steps: 300, seed: 7 });
    await first[Symbol.asyncDispose]();
    await eventually('the other feed has acquired the slot', async () => (await takeovers()) === 2);
    await sales;
    await converged();
    expect(subscriber.violations).toEqual([]);
    expect(subscriber.snapshots).toBe(1); // a takeover is invisible to subscribers
    expect(distinctStatuses(subscriber.map)).toContain('S');
  });

  test('killed by kill -9 is taken over by another process', async () => {
    const { databaseUrl, redisUrl, platform } = live;
    const options = JSON.stringify({ databaseUrl, redisUrl, prefix: platform.redis.prefix });
    const startWorker = () =>
      start(process.execPath, [join(import.meta.dirname, 'feed-process.ts'), options], {});
    const first = startWorker();
    await first.says(/slot acquired/);
    const second = startWorker();
    try {
      await second.says(/redis ready/);
      await isLive();
      await subscribe();
      const sales = simulateSales(platform, event, { steps: 200, seed: 13 });
      await first.stop('SIGKILL');
      await second.says(/slot acquired/);
      await sales;
      await converged();
      expect(subscriber.violations).toEqual([]);
    } finally {
      await Promise.all([first.stop('SIGKILL'), second.stop('SIGKILL')]);
    }
  });

  test('whose connection is terminated again and again resumes where it was', async () => {
    live.startFeed();
    await isLive();
    await subscribe();
    await simulateSalesDuring(8, 5, async () => {
      const before = await takeovers();
      await terminateSlotReader();
      await eventually('it has acquired the slot again', async () => (await takeovers()) > before);
    });
    await converged();
    expect(subscriber.violations).toEqual([]);
  });

  test('that is unavailable leaves maps stale and polled from Postgres, and live again when it is back', async () => {
    const feed = live.startFeed();
    await isLive();
    await subscribe();
    await feed[Symbol.asyncDispose]();
    await changeTickets(live.platform, event, [1, 2], 'BLOCKED');
    await eventually('it is polled', async () => subscriber.stale && subscriber.map.startsWith('ABB'));
    expect(subscriber.epoch).toMatch(/^postgres-/);
    const { deltas } = subscriber; // none, or one if it was polled before the change
    await changeTickets(live.platform, event, [3], 'BLOCKED');
    await eventually('the change is received as a delta', async () => subscriber.deltas === deltas + 1);
    expect(subscriber.map).toBe(await mapInDatabase(live.platform.db, event.id));
    expect((await maps.read(null, event.id))!.stale).toBe(true);

    live.startFeed();
    await converged();
    expect(subscriber.epoch).not.toMatch(/^postgres-/);
    expect(subscriber.violations).toEqual([]);
  });

  test('that is unavailable while the wall clock is set back leaves maps polled from Postgres all the same', async () => {
    const feed = live.startFeed();
    await isLive();
    await subscribe();
    await feed[Symbol.asyncDispose]();
    await eventually('it is polled', async () => subscriber.stale);
    advance(-3_600_000);
    await changeTickets(live.platform, event, [1], 'BLOCKED');
    await eventually('the change is received', async () => subscriber.map.startsWith('AB'));
  });

  test('whose slot is dropped creates another, and boards of the old generation are invalid', async () => {
    const feed = live.startFeed();
    await isLive();
    await subscribe();
    const { epoch } = subscriber;
    await feed[Symbol.asyncDispose]();
    await terminateSlotReader(); // its connection may still be open in Postgres
    await live.platform.sql`
      select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()`;
    await changeTickets(live.platform, event, [4], 'BLOCKED'); // no slot retains this change
    live.startFeed();
    await converged();
    expect(subscriber.map[4]).toBe('B');
    expect(subscriber.epoch).not.toBe(epoch);
    expect(subscriber.violations).toEqual([]);
    expect((await live.platform.metrics.slotRebuilds.get()).values[0]!.value).toBe(2);
  });
});

describe('Redis', () => {
  test('that loses all keys during a rush is filled again', async () => {
    live.startFeed();
    await isLive();
    await subscribe();
    await simulateSalesDuring(9, 10, async () => {
      await own.run((redis) => redis.flushall());
      await isLive();
    });
    await converged();
    expect(subscriber.violations).toEqual([]);
    expect(subscriber.snapshots).toBeGreaterThan(1);
  });

  test('that is killed leaves maps polled from Postgres; restarted empty, they become live again', async () => {
    live.startFeed();
    await isLive();
    await subscribe();
    const sales = simulateSales(live.platform, event, { steps: 150, seed: 10 });
    await own.kill();
    await sales;
    await eventually('it is polled', async () => {
      return subscriber.stale && subscriber.map === (await mapInDatabase(live.platform.db, event.id));
    });
    expect(await maps.read(null, event.id)).toMatchObject({ stale: true });
    expect(await maps.readSince(null, event.id, subscriber.cursor!)).toMatchObject({ __typename: 'SeatMap' });

    const more = simulateSales(live.platform, event, { steps: 150, seed: 11 });
    await own.start();
    await more;
    await converged();
    expect(subscriber.violations).toEqual([]);
  });

  test('that was never available does not prevent subscriptions', async () => {
    await own.kill();
    await subscribe();
    expect(subscriber.stale).toBe(true);
    await changeTickets(live.platform, event, [0, 119], 'BLOCKED');
    await eventually('the change is received', async () => subscriber.deltas === 1);
    expect(subscriber.map).toBe(await mapInDatabase(live.platform.db, event.id));
    expect(subscriber.violations).toEqual([]);
  });
});

test('boards filled while tickets change miss no change', async () => {
  live.startFeed();
  await isLive();
  const largeEvent = await eventOnSale(live.platform, { seats: 10_000 });
  const readers = [maps, live.openMaps(), live.openMaps()];
  const map = async () => {
    const { sections, stale } = (await maps.read(null, largeEvent.id))!;
    return stale ? null : sections[0]!.statuses;
  };
  for (let round = 0; round < 20; round++) {
    await own.run(async (redis) => redis.del(...(await redis.keys('*:seat-board:*:content')), 'nothing'));
    // each place changes once, so that a missed change stays visible
    const places = Array.from({ length: 40 }, (_, index) => 40 * round + index);
    const changing = places.map((place) => changeTickets(live.platform, largeEvent, [place], 'BLOCKED'));
    await Promise.all([...changing, ...readers.map((reader) => reader.read(null, largeEvent.id))]);
    await eventually('the board equals the database', async () => {
      return (await map()) === (await mapInDatabase(live.platform.db, largeEvent.id));
    });
  }
  expect((await live.platform.metrics.boardsFilled.get()).values[0]!.value).toBeGreaterThanOrEqual(20);
});
