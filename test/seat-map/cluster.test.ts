import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { SeatMaps } from '../../src/seat-map/index.ts';
import {
  clusterIsHere,
  ownCluster,
  type ClusterNode,
  type ClusterOptions,
  type OwnCluster,
} from '../platform/redis/own-cluster.ts';
import { eventOnSale, type SeededEvent } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openLivePlatform, type LivePlatform } from './live-platform.ts';
import { distinctStatuses, mapInDatabase, simulateSales } from './random-sales.ts';
import { changeTickets } from './ticket-rows.ts';
import { VerifyingSubscriber } from './verifying-subscriber.ts';

/** An Event and a subscriber of its map. */
interface EventSubscription {
  event: SeededEvent;
  subscriber: VerifyingSubscriber;
}

let opened: AsyncDisposableStack;
let cluster: OwnCluster;
let live: LivePlatform;
let maps: SeatMaps;
let feed: AsyncDisposable;
/** One Event on each of the three shards. */
let subscriptions: EventSubscription[];
let faulty: ClusterNode;

/** Index of the shard that faults are injected into; the others must not be affected. */
const FAULTY = 1;
/** Command timeout, longer than in production, as the machine may be busy. */
const LONG_COMMAND_MS = 10_000;
const SHORT_COMMAND_MS = 1_000;

async function open({
  commandMs = LONG_COMMAND_MS,
  ...options
}: ClusterOptions & { commandMs?: number } = {}) {
  cluster = opened.use(await ownCluster(options));
  live = opened.use(await openLivePlatform({ redisUrl: cluster.urls, commandMs }));
  maps = live.openMaps({ resyncMs: 500, pollMs: 200 });
  feed = live.startFeed();
  faulty = cluster.nodes[FAULTY]!;
  subscriptions = [];
  for (const master of [0, 1, 2]) {
    const event = await eventOn(master);
    await eventually('its map is live', async () => (await maps.read(null, event.id))?.stale === false);
    const subscriber = new VerifyingSubscriber();
    const channel = (await maps.subscribe(null, event.id))!;
    for (const update of channel.join(null, subscriber)) subscriber.onUpdate(update);
    subscriptions.push({ event, subscriber });
  }
}

async function eventOn(master: number): Promise<SeededEvent> {
  for (;;) {
    const event = await eventOnSale(live.platform, { seats: 60 });
    if (cluster.masterOf(`{${event.id}}`) === master) return event;
  }
}

beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

const simulateAllSales = (seed: number, steps = 60) =>
  Promise.all(subscriptions.map(({ event }) => simulateSales(live.platform, event, { steps, seed })));

/** Wait until subscriber and board are live and equal to the database. */
const converged = ({ event, subscriber }: EventSubscription) =>
  eventually('subscriber, board and database are equal', async () => {
    const inDatabase = await mapInDatabase(live.platform.db, event.id);
    const board = await maps.read(null, event.id);
    const onBoard = board?.sections.map(({ statuses }) => statuses).join('');
    return (
      !subscriber.stale && board?.stale === false && onBoard === inDatabase && subscriber.map === inDatabase
    );
  });

const allConverged = () => Promise.all(subscriptions.map(converged));
const violations = () => subscriptions.flatMap(({ subscriber }) => subscriber.violations);
/** Which subscribers got another whole map after their first. */
const hasRestarted = () => subscriptions.map(({ subscriber }) => subscriber.snapshots > 1);

/** Number of operations that fell back because Redis was unavailable. */
const fallbacks = async () => {
  const { values } = await live.platform.metrics.redisUnavailable.get();
  return values.reduce((sum, { value }) => sum + value, 0);
};

const isPolled = ({ event, subscriber }: EventSubscription) =>
  eventually('it is polled', async () => {
    return subscriber.stale && subscriber.map === (await mapInDatabase(live.platform.db, event.id));
  });

describe.skipIf(!clusterIsHere)('on a cluster', () => {
  test('Events of all shards are live', async () => {
    await open();
    await simulateAllSales(1, 120);
    await allConverged();
    expect(subscriptions.map(({ subscriber }) => distinctStatuses(subscriber.map))).toEqual([
      'ABRS',
      'ABRS',
      'ABRS',
    ]);
    expect([violations(), hasRestarted()]).toEqual([[], [false, false, false]]);
    expect(await fallbacks()).toBe(0);
  });

  test('Events of a killed shard are polled from Postgres until it is back; other shards are not affected', async () => {
    await open();
    const quiet = await eventOn(FAULTY);
    const readQuiet = () => maps.read(null, quiet.id);
    await eventually('its map is live', async () => (await readQuiet())?.stale === false);
    const sales = simulateAllSales(2);
    await faulty.kill();
    await sales;
    await isPolled(subscriptions[FAULTY]!);
    const before = await fallbacks();
    for (let time = 0; time < 5; time++) expect(await readQuiet()).toMatchObject({ stale: true });
    expect((await fallbacks()) - before).toBeLessThan(40); // falls back to Postgres at once, not after two seconds of retries
    await simulateAllSales(3);
    await converged(subscriptions[0]!);
    await converged(subscriptions[2]!);
    await isPolled(subscriptions[FAULTY]!);

    const more = simulateAllSales(4);
    await faulty.start();
    await more;
    await allConverged();
    expect([violations(), hasRestarted()]).toEqual([[], [false, true, false]]);
  });

  test('after a failover to a replica the Events are live again; other shards are not affected', async () => {
    await open({ replicas: 1 });
    const sales = simulateAllSales(5);
    await faulty.kill();
    await sales;
    await simulateAllSales(6);
    await allConverged();
    expect([violations(), hasRestarted()]).toEqual([[], [false, true, false]]);
  });

  test('subscribers keep receiving deltas when their slot moves during a rush', async () => {
    await open();
    const key = `{${subscriptions[FAULTY]!.event.id}}`;
    const sales = simulateAllSales(7, 200);
    await cluster.moveSlot(key, cluster.nodes[2]!);
    await cluster.moveSlot(key, cluster.nodes[0]!);
    await sales;
    await allConverged();
    const { deltas } = subscriptions[FAULTY]!.subscriber;
    await simulateAllSales(8);
    await allConverged();
    expect(subscriptions[FAULTY]!.subscriber.deltas).toBeGreaterThan(deltas); // by messages, not by polling
    expect([violations(), hasRestarted()]).toEqual([[], [false, true, false]]);
  });

  test('changes that a frozen shard did not accept are written when it resumes', async () => {
    await open({ commandMs: SHORT_COMMAND_MS });
    const { event } = subscriptions[FAULTY]!;
    faulty.freeze();
    await changeTickets(live.platform, event, [1, 2, 3], 'BLOCKED');
    await changeTickets(live.platform, event, [3, 4], 'AVAILABLE');
    await isPolled(subscriptions[FAULTY]!);
    await simulateAllSales(9);
    await converged(subscriptions[0]!);
    await converged(subscriptions[2]!);
    faulty.thaw();
    await allConverged();
    expect([violations(), hasRestarted()]).toEqual([[], [false, true, false]]);
  });

  test('changes that a frozen shard did not accept are written by the next feed when it resumes', async () => {
    await open({ commandMs: SHORT_COMMAND_MS });
    const { event } = subscriptions[FAULTY]!;
    faulty.freeze();
    await changeTickets(live.platform, event, [1, 2, 3], 'BLOCKED');
    await isPolled(subscriptions[FAULTY]!);
    await changeTickets(live.platform, subscriptions[0]!.event, [1], 'BLOCKED');
    await converged(subscriptions[0]!);
    await feed[Symbol.asyncDispose]();
    live.startFeed();
    faulty.thaw();
    await allConverged();
    expect(violations()).toEqual([]);
  });
});
