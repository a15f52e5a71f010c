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

/** An Event, and somebody who follows it. */
interface Watched {
  event: SeededEvent;
  subscriber: VerifyingSubscriber;
}

let opened: AsyncDisposableStack;
let cluster: OwnCluster;
let live: LivePlatform;
let maps: SeatMaps;
let feed: AsyncDisposable;
/** One Event on each of the three shards. */
let watched: Watched[];
let sick: ClusterNode;

/** The shard that things happen to; the others are not to notice. */
const SICK = 1;
/** How long to wait for an answer: on a busy machine it may take longer than a buyer would wait. */
const PATIENT_MS = 10_000;
const LESS_PATIENT_MS = 1_000;

async function open({ patienceMs = PATIENT_MS, ...options }: ClusterOptions & { patienceMs?: number } = {}) {
  cluster = opened.use(await ownCluster(options));
  live = opened.use(await openLivePlatform({ redisUrl: cluster.urls, commandMs: patienceMs }));
  maps = live.openMaps({ resyncMs: 500, pollMs: 200 });
  feed = live.startFeed();
  sick = cluster.nodes[SICK]!;
  watched = [];
  for (const master of [0, 1, 2]) {
    const event = await eventOn(master);
    await eventually('its map is live', async () => (await maps.read(null, event.id))?.stale === false);
    const subscriber = new VerifyingSubscriber();
    const channel = (await maps.subscribe(null, event.id))!;
    for (const update of channel.join(null, subscriber)) subscriber.onUpdate(update);
    watched.push({ event, subscriber });
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

const shopEverywhere = (seed: number, steps = 60) =>
  Promise.all(watched.map(({ event }) => simulateSales(live.platform, event, { steps, seed })));

/** Wait until subscriber, board and database are one, and live. */
const agreed = ({ event, subscriber }: Watched) =>
  eventually('subscriber, board and database agree', async () => {
    const inDatabase = await mapInDatabase(live.platform.db, event.id);
    const board = await maps.read(null, event.id);
    const onBoard = board?.sections.map(({ statuses }) => statuses).join('');
    return (
      !subscriber.stale && board?.stale === false && onBoard === inDatabase && subscriber.map === inDatabase
    );
  });

const allAgreed = () => Promise.all(watched.map(agreed));
const violations = () => watched.flatMap(({ subscriber }) => subscriber.violations);
/** Who has had a whole map after the first was told that something was wrong. */
const disturbed = () => watched.map(({ subscriber }) => subscriber.snapshots > 1);

/** How often something went on without Redis. */
const misses = async () => {
  const { values } = await live.platform.metrics.redisUnavailable.get();
  return values.reduce((sum, { value }) => sum + value, 0);
};

const isPolled = ({ event, subscriber }: Watched) =>
  eventually('it is polled', async () => {
    return subscriber.stale && subscriber.map === (await mapInDatabase(live.platform.db, event.id));
  });

describe.skipIf(!clusterIsHere)('on a cluster', () => {
  test('Events of all shards are followed', async () => {
    await open();
    await shopEverywhere(1, 120);
    await allAgreed();
    expect(watched.map(({ subscriber }) => distinctStatuses(subscriber.map))).toEqual([
      'ABRS',
      'ABRS',
      'ABRS',
    ]);
    expect([violations(), disturbed()]).toEqual([[], [false, false, false]]);
    expect(await misses()).toBe(0);
  });

  test('a shard that is killed leaves its Events to Postgres, and no other notices; back again they are live', async () => {
    await open();
    const quiet = await eventOn(SICK);
    const readQuiet = () => maps.read(null, quiet.id);
    await eventually('its map is live', async () => (await readQuiet())?.stale === false);
    const shopping = shopEverywhere(2);
    await sick.kill();
    await shopping;
    await isPolled(watched[SICK]!);
    const before = await misses();
    for (let time = 0; time < 5; time++) expect(await readQuiet()).toMatchObject({ stale: true });
    expect((await misses()) - before).toBeLessThan(40); // Postgres is asked at once, not after two seconds of trying
    await shopEverywhere(3);
    await agreed(watched[0]!);
    await agreed(watched[2]!);
    await isPolled(watched[SICK]!);

    const more = shopEverywhere(4);
    await sick.start();
    await more;
    await allAgreed();
    expect([violations(), disturbed()]).toEqual([[], [false, true, false]]);
  });

  test('a replica that takes over has its Events live again, and no other notices', async () => {
    await open({ replicas: 1 });
    const shopping = shopEverywhere(5);
    await sick.kill();
    await shopping;
    await shopEverywhere(6);
    await allAgreed();
    expect([violations(), disturbed()]).toEqual([[], [false, true, false]]);
  });

  test('a slot that moves in the middle of a rush takes its subscribers along', async () => {
    await open();
    const key = `{${watched[SICK]!.event.id}}`;
    const shopping = shopEverywhere(7, 200);
    await cluster.moveSlot(key, cluster.nodes[2]!);
    await cluster.moveSlot(key, cluster.nodes[0]!);
    await shopping;
    await allAgreed();
    const { deltas } = watched[SICK]!.subscriber;
    await shopEverywhere(8);
    await allAgreed();
    expect(watched[SICK]!.subscriber.deltas).toBeGreaterThan(deltas); // told, and not by looking
    expect([violations(), disturbed()]).toEqual([[], [false, true, false]]);
  });

  test('what a shard did not take while it hung is written when it goes on', async () => {
    await open({ patienceMs: LESS_PATIENT_MS });
    const { event } = watched[SICK]!;
    sick.freeze();
    await changeTickets(live.platform, event, [1, 2, 3], 'BLOCKED');
    await changeTickets(live.platform, event, [3, 4], 'AVAILABLE');
    await isPolled(watched[SICK]!);
    await shopEverywhere(9);
    await agreed(watched[0]!);
    await agreed(watched[2]!);
    sick.thaw();
    await allAgreed();
    expect([violations(), disturbed()]).toEqual([[], [false, true, false]]);
  });

  test('what a shard did not take while it hung is written by whoever keeps the boards then', async () => {
    await open({ patienceMs: LESS_PATIENT_MS });
    const { event } = watched[SICK]!;
    sick.freeze();
    await changeTickets(live.platform, event, [1, 2, 3], 'BLOCKED');
    await isPolled(watched[SICK]!);
    await changeTickets(live.platform, watched[0]!.event, [1], 'BLOCKED');
    await agreed(watched[0]!);
    await feed[Symbol.asyncDispose]();
    live.startFeed();
    sick.thaw();
    await allAgreed();
    expect(violations()).toEqual([]);
  });
});
