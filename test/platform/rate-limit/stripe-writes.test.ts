import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';

import { openStripeWrites } from '../../../src/platform/rate-limit/stripe-writes.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';

const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());

const open = (url: string | null, prefix = 't:') =>
  opened.use(openRedis(url, { prefix, log: openLog('silent'), metrics: openMetrics(), commandMs: 10_000 }));

describe('ten writes a second, without Redis', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const limit = () => openStripeWrites(open(null), 10);
  const permits = async (limited: ReturnType<typeof limit>, writes: number) =>
    (await limited.takeForBuyer(writes)).retryAfterSeconds === null;

  test('are permitted to buyers but for one, and again in the next second', async () => {
    const writes = limit();
    for (let taken = 0; taken < 8; taken += 2) expect(await permits(writes, 2)).toBe(true);
    expect(await writes.takeForBuyer(2)).toMatchObject({ retryAfterSeconds: 1 });
    expect(await permits(writes, 1)).toBe(true); // the refused two were given back
    expect(await permits(writes, 1)).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await permits(writes, 2)).toBe(true);
  });

  test('are given back by a buyer whose attempt sent nothing', async () => {
    const writes = limit();
    for (let attempt = 0; attempt < 20; attempt++) await (await writes.takeForBuyer(9)).giveBack();
    expect(await permits(writes, 9)).toBe(true);
  });

  test('are never so few that an attempt has none', async () => {
    const writes = openStripeWrites(open(null), 1);
    expect(await permits(writes, 2)).toBe(true);
    expect(await permits(writes, 2)).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await permits(writes, 2)).toBe(true);
  });

  test('are left to buyers by the background above a half, except for one', async () => {
    const waited: number[] = [];
    const writes = openStripeWrites(open(null), 10, async (ms) => {
      waited.push(ms);
      for (let taken = 0; taken < 4; taken += 2) expect(await permits(writes, 2)).toBe(true);
      vi.advanceTimersByTime(ms);
    });
    for (let write = 0; write < 5; write++) expect(await writes.waitInBackground()).toBe(true);
    expect(waited).toEqual([]);
    expect(await writes.waitInBackground()).toBe(true); // in the next second
    expect(waited).toHaveLength(1);
  });

  test('include one of the background while buyers take all that they can, second after second', async () => {
    const wait = vi.fn(async (ms: number) => void vi.advanceTimersByTime(ms));
    const writes = openStripeWrites(open(null), 10, wait);
    for (let second = 1; second <= 5; second++) {
      while (await permits(writes, 1));
      expect(await writes.waitInBackground()).toBe(true);
      expect(wait).toHaveBeenCalledTimes(second - 1);
      expect(await writes.waitInBackground()).toBe(true);
      expect(wait).toHaveBeenCalledTimes(second);
      vi.advanceTimersByTime(1_000);
    }
  });

  test('refuse a job that was too late for five seconds', async () => {
    const wait = vi.fn(async (ms: number) => {
      vi.advanceTimersByTime(ms);
      while (await permits(writes, 1));
      expect(await writes.waitInBackground()).toBe(true); // another job takes the one of this second
    });
    const writes = openStripeWrites(open(null), 10, wait);
    while (await permits(writes, 1));
    expect(await writes.waitInBackground()).toBe(true);
    expect(await writes.waitInBackground()).toBe(false);
    expect(wait).toHaveBeenCalledTimes(5);
  });
});

test('processes share the limit through Redis', async () => {
  const prefix = `${randomUUID()}:`;
  const [here, there] = [0, 1].map(() => openStripeWrites(open(inject('redisUrl'), prefix), 1_000));
  await expect
    .poll(
      async () => {
        await here!.takeForBuyer(890);
        return (await there!.takeForBuyer(100)).retryAfterSeconds; // both in one second
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(1);
});
