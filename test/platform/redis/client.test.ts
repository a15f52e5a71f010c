import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';

import { openRedis } from '../../../src/platform/redis/client.ts';
import { openLog, type Log } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { openRelay, throughRelay } from '../../client/relay.ts';
import { ownRedis } from '../../seat-map/own-redis.ts';
import { eventually } from '../../support/wait-until.ts';

let opened: AsyncDisposableStack;
beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

test('a Redis that evicts keys is warned of', async () => {
  const evicting = opened.use(await ownRedis());
  const lines: string[] = [];
  const warnings = () => lines.filter((line) => line.includes('redis evicts keys'));
  const open = () => {
    const log = openLog('info', { write: (line) => void lines.push(line) });
    return openRedis(evicting.url, { prefix: '', log, metrics: openMetrics(), commandMs: 10_000 });
  };
  const answered = (redis: ReturnType<typeof open>) =>
    eventually('it answers after INFO', () => redis.attempt('test', '', null, (to) => to.ping()));
  await evicting.run((redis) => redis.config('SET', 'maxmemory-policy', 'volatile-lru'));
  await answered(opened.use(open()));
  await evicting.run((redis) => redis.config('SET', 'maxmemory', '100mb'));
  expect(warnings()).toEqual([]); // it takes all the memory there is
  opened.use(open());
  await eventually('the warning', async () => warnings().length > 0);
  expect(JSON.parse(warnings()[0]!)).toMatchObject({
    level: 40,
    policy: 'volatile-lru',
    maxBytes: 104_857_600,
  });
  await evicting.run((redis) => redis.config('SET', 'maxmemory-policy', 'noeviction'));
  await answered(opened.use(open()));
  expect(warnings()).toHaveLength(1);
});

describe.skipIf(inject('redisUrl') === null)('one Redis', () => {
  test('behind a half-open connection is used over another', async () => {
    const relay = opened.use(await openRelay(inject('redisUrl')!));
    const url = throughRelay(inject('redisUrl')!, relay);
    const redis = opened.use(openRedis(url, { prefix: '', log: openLog('silent'), metrics: openMetrics() }));
    const ask = () => redis.attempt('test', '', null, (to) => to.ping());
    await eventually('it answers', ask);
    relay.blackHole();
    expect(await ask()).toBeNull();
    await eventually('it answers again', ask);
  });

  test('that refuses a command is no outage: the reason is logged', async () => {
    const warnings: object[] = [];
    const log = { ...openLog('silent'), warn: (fields: object) => warnings.push(fields) } as unknown as Log;
    const redis = opened.use(openRedis(inject('redisUrl'), { prefix: '', log, metrics: openMetrics() }));
    await eventually('it answers', () => redis.attempt('test', '', null, (to) => to.ping()));
    const refused = redis.attempt('test', '', 'fallback', (to) => to.call('HGET'));
    expect(await refused).toBe('fallback');
    expect(warnings).toEqual([
      { feature: 'test', reason: expect.stringContaining('wrong number of arguments') },
    ]);
  });
});
