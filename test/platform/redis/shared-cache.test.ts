import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';

import { openRedis, type RedisHelper } from '../../../src/platform/redis/client.ts';
import { SharedCache, type CacheResult } from '../../../src/platform/redis/shared-cache.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { eventually } from '../../support/wait-until.ts';

const OPTIONS = { feature: 'test-cache', sharedMs: 60_000, processMs: 60_000, maxBytes: 1_000_000 };

describe.skipIf(inject('redisUrl') === null)('with Redis', () => {
  let redis: RedisHelper;
  beforeAll(async () => {
    redis = openRedis(inject('redisUrl'), {
      prefix: `${randomUUID()}:`,
      log: openLog('silent'),
      metrics: openMetrics(),
    });
    await eventually('it answers', () => redis.attempt('test', '', null, (to) => to.ping()));
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  test('many callers in many processes share one computation', async () => {
    const results: CacheResult[] = [];
    const caches = Array.from(
      { length: 4 },
      () => new SharedCache(redis, { ...OPTIONS, onResult: (result) => results.push(result) }),
    );
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const compute = vi.fn(async () => {
      started.resolve();
      await finish.promise;
      return { hits: [1, 2] };
    });
    const reads = caches.flatMap((cache) => [cache.read('jazz', compute), cache.read('jazz', compute)]);
    await started.promise;
    finish.resolve();
    expect(await Promise.all(reads)).toEqual(Array.from({ length: 8 }, () => ({ hits: [1, 2] })));
    expect(compute).toHaveBeenCalledTimes(1);
    expect(results.filter((result) => result === 'shared')).toHaveLength(3);
    expect(await caches[0]!.read('jazz', compute)).toEqual({ hits: [1, 2] });
    expect(results.at(-1)).toBe('process');
  });

  test('an answer that a reader changes stays as it was for the others', async () => {
    const cache = new SharedCache(redis, OPTIONS);
    const compute = async () => ({ hits: ['a'] });
    (await cache.read('own copy', compute)).hits.push('b');
    expect(await cache.read('own copy', compute)).toEqual({ hits: ['a'] });
  });

  test('a computation that fails is not cached, and leaves no claim behind', async () => {
    const [one, other] = [new SharedCache(redis, OPTIONS), new SharedCache(redis, OPTIONS)];
    await expect(one.read('fails', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await other.read('fails', async () => 'here')).toBe('here');
    expect(await one.read('fails', async () => 'not asked')).toBe('here');
  });

  test('a process that dies while it computes holds the others up for the time of its claim at most', async () => {
    const never = new Promise<string>(() => {});
    const started = Promise.withResolvers<void>();
    void new SharedCache(redis, OPTIONS).read('dies', () => (started.resolve(), never));
    await started.promise;
    expect(await new SharedCache(redis, OPTIONS).read('dies', async () => 'computed anew')).toBe(
      'computed anew',
    );
  });

  test('keys and values end by themselves', async () => {
    await new SharedCache(redis, { ...OPTIONS, feature: 'ends', sharedMs: 5_000 }).read('x', async () => 1);
    const keys = await redis.connection!.keys(`${redis.prefix}ends:*`);
    expect(keys).toHaveLength(1);
    expect(await redis.connection!.pttl(keys[0]!)).toBeGreaterThan(0);
  });

  test('what is too long for Redis is kept by the process alone', async () => {
    const long = 'x'.repeat(300_000);
    const compute = vi.fn(async () => long);
    const cache = new SharedCache(redis, { ...OPTIONS, feature: 'long' });
    expect(await cache.read('x', compute)).toBe(long);
    expect(await cache.read('x', compute)).toBe(long);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(await redis.connection!.keys(`${redis.prefix}long:*`)).toEqual([]);
  });
});

test('without Redis each process has its own cache, of bounded memory', async () => {
  const redis = openRedis(null, { prefix: '', log: openLog('silent'), metrics: openMetrics() });
  const compute = vi.fn(async () => 'x'.repeat(100));
  const cache = new SharedCache(redis, { ...OPTIONS, maxBytes: 10_000 });
  for (let key = 0; key < 1_000; key++) await cache.read(`key ${key}`, compute);
  await cache.read('key 999', compute);
  expect(compute).toHaveBeenCalledTimes(1_000);
  await cache.read('key 0', compute); // evicted
  expect(compute).toHaveBeenCalledTimes(1_001);
});
