import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { lockSeats } from '../../../src/booking/reserve/seat-locks.ts';
import { openRateLimits } from '../../../src/platform/rate-limit/rate-limits.ts';
import { openRedis, type RedisHelper } from '../../../src/platform/redis/client.ts';
import { slotOf } from '../../../src/platform/redis/slots.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics, type Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { eventually } from '../../support/wait-until.ts';
import { clusterIsHere, ownCluster, type ClusterOptions, type OwnCluster } from './own-cluster.ts';

let opened: AsyncDisposableStack;
let cluster: OwnCluster;
let metrics: Metrics;
let redis: RedisHelper;

/** A key on each of the three shards. */
const [ONE, TWO, THREE] = [0, 1, 2];
const key = (shard: number) => cluster.keyOn(shard);

/** How long to wait for an answer: on a busy machine it may take longer than a buyer would wait. */
const PATIENT_MS = 10_000;
const LESS_PATIENT_MS = 1_000;

async function open({ patienceMs = PATIENT_MS, ...options }: ClusterOptions & { patienceMs?: number } = {}) {
  cluster = opened.use(await ownCluster(options));
  metrics = openMetrics();
  redis = await openHelper(metrics, patienceMs);
}

async function openHelper(counted = openMetrics(), commandMs = PATIENT_MS): Promise<RedisHelper> {
  const helper = opened.use(
    openRedis(cluster.urls, { prefix: '', log: openLog('silent'), metrics: counted, commandMs }),
  );
  await eventually('it is connected', async () => [ONE, TWO, THREE].every((n) => helper.available(key(n))));
  return helper;
}

beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

/** Ask a shard; null: it was gone on without. */
const ask = (shard: number) => redis.attempt('test', key(shard), null, (to) => to.incr(key(shard)));
const isUp = async () => (await metrics.redisUp.get()).values[0]!.value === 1;
const misses = async () => (await metrics.redisUnavailable.get()).values[0]?.value ?? 0;

describe.skipIf(!clusterIsHere)('on a cluster', () => {
  test('slots are computed as Redis does', async () => {
    await open();
    const keys = [
      '',
      'a',
      '{abc}x',
      'x{}y{z}',
      'é{ü€}',
      '{{a}b',
      '}{a}',
      'a{b',
      randomBytes(20).toString('latin1'),
    ];
    for (const each of keys)
      expect(await cluster.nodes[0]!.run('CLUSTER', 'KEYSLOT', each)).toBe(slotOf(each));
  });

  test('scripts run on each shard, also after a script flush', async () => {
    await open();
    const lock = (shard: number, holder: string) => lockSeats(redis, key(shard).slice(1, -1), [1, 2], holder);
    for (const shard of [ONE, TWO, THREE]) {
      expect((await lock(shard, 'ana')).taken).toEqual([]);
      expect((await lock(shard, 'ben')).taken).toEqual([1, 2]);
    }
    for (const node of cluster.nodes) await node.run('SCRIPT', 'FLUSH');
    for (const shard of [ONE, TWO, THREE]) expect((await lock(shard, 'ben')).taken).toEqual([1, 2]);
    expect(await misses()).toBe(0);
  });

  test('processes share the count of rate limits', async () => {
    await open();
    const limits = {
      requestsPerMinute: 3,
      viewersPerAddress: 1,
      addressesPerNetwork: 1,
      reservationsPerMinute: 3,
    };
    const [one, other] = [
      openRateLimits({ redis }, limits),
      openRateLimits({ redis: await openHelper() }, limits),
    ];
    const addresses = Array.from({ length: 30 }, (_, index) => `192.0.2.${index}`);
    for (const limit of [one, other, one]) {
      const all = await Promise.all(addresses.map((address) => limit.request({ viewer: null, address })));
      expect(all.every(({ allowed }) => allowed)).toBe(true);
    }
    const more = await Promise.all(addresses.map((address) => other.request({ viewer: null, address })));
    expect(more.some(({ allowed }) => allowed)).toBe(false);
    expect(await misses()).toBe(0);
  });

  test('calls to a killed shard fall back, the other shards are unaffected; once it is back, it is used again', async () => {
    await open();
    expect([await ask(ONE), await ask(TWO), await ask(THREE), await isUp()]).toEqual([1, 1, 1, true]);
    const node = cluster.nodes[TWO]!;
    await node.kill();
    await eventually('it is noticed', async () => !redis.available(key(TWO)));
    expect([await isUp(), redis.state()]).toEqual([false, 'partly']);
    for (let time = 2; time <= 50; time++) {
      expect([await ask(ONE), await ask(TWO), await ask(THREE)]).toEqual([time, null, time]);
    }
    expect(await misses()).toBe(49);
    await node.start();
    await eventually('it is asked again', async () => (await ask(TWO)) === 1);
    expect([redis.state(), await isUp()]).toEqual(['up', true]);
  });

  test('a shard that hangs delays few calls until its breaker opens, and is used again once it responds', async () => {
    await open({ patienceMs: LESS_PATIENT_MS });
    const node = cluster.nodes[TWO]!;
    node.freeze();
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => [await ask(TWO), await ask(ONE)]),
    );
    expect(answers.map(([hung]) => hung)).toEqual(Array(10).fill(null));
    expect(answers.map(([, well]) => well)).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
    expect([ONE, TWO, THREE].map((shard) => redis.available(key(shard)))).toEqual([true, false, true]);
    node.thaw();
    await eventually('the breaker lets a call through', async () => redis.available(key(TWO)));
    expect(await ask(TWO)).toBeGreaterThan(0);
  });

  test('a replica that takes over replaces its master', async () => {
    await open({ replicas: 1 });
    await cluster.nodes[TWO]!.kill();
    await eventually('it is noticed', async () => (await ask(TWO)) === null);
    await eventually('the replica is asked', async () => (await ask(TWO)) !== null);
    expect([redis.available(key(TWO)), await ask(ONE), await isUp()]).toEqual([true, 1, true]);
  });

  test('calls follow a slot that moves, scripts included', async () => {
    await open();
    const eventId = key(TWO).slice(1, -1);
    await ask(TWO);
    expect((await lockSeats(redis, eventId, [1], 'ana')).taken).toEqual([]);
    await cluster.moveSlot(key(TWO), cluster.nodes[ONE]!);
    expect((await lockSeats(redis, eventId, [1, 2], 'ben')).taken).toEqual([1]);
    expect(await ask(TWO)).toBe(2);
    expect(await misses()).toBe(0);
  });

  test('calls to a cluster that is down as a whole fall back, until it is up again', async () => {
    await open({ fullCoverage: true });
    await cluster.nodes[TWO]!.kill();
    await eventually('all of it has stopped', async () => (await ask(ONE)) === null);
    await cluster.nodes[TWO]!.start();
    await eventually('all of it is used', async () => {
      return (await Promise.all([ONE, TWO, THREE].map(ask))).every((answer) => answer !== null);
    });
  });

  test('a cluster that is unavailable at startup is used once it is available', async () => {
    cluster = opened.use(await ownCluster());
    for (const node of cluster.nodes) await node.kill();
    redis = opened.use(
      openRedis(cluster.urls, { prefix: '', log: openLog('silent'), metrics: openMetrics() }),
    );
    expect([await ask(ONE), redis.state()]).toEqual([null, 'away']);
    for (const node of cluster.nodes) await node.start();
    await eventually('all of it is used', async () => {
      return (await Promise.all([ONE, TWO, THREE].map(ask))).every((answer) => answer !== null);
    });
  });
});
