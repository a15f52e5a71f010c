import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';

import { addressKey, networkOf, siteKey } from '../../../src/platform/rate-limit/address-key.ts';
import { openPaymentAttempts } from '../../../src/platform/rate-limit/payment-attempts.ts';
import { countWeight, openRateLimits } from '../../../src/platform/rate-limit/rate-limits.ts';
import { openRedis, type RedisHelper } from '../../../src/platform/redis/client.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { openRelay, throughRelay } from '../../client/relay.ts';
import { eventually } from '../../support/wait-until.ts';

const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());

const LIMITS = {
  requestsPerMinute: 3,
  viewersPerAddress: 2,
  addressesPerNetwork: 2,
  reservationsPerMinute: 2,
};

const from = (address: string, viewer?: string) => ({ address, viewer: viewer ? { id: viewer } : null });

async function openHelper(url: string | null, prefix: string): Promise<RedisHelper> {
  const redis = opened.use(
    openRedis(url, { prefix, log: openLog('silent'), metrics: openMetrics(), commandMs: 10_000 }),
  );
  if (url !== null && redis.connection?.status !== 'ready') {
    await new Promise((ready) => redis.connection?.once('ready', ready));
  }
  return redis;
}

const allowed = async (requests: Promise<{ allowed: boolean }>[]) =>
  (await Promise.all(requests)).map((request) => request.allowed);

describe.each([
  { name: 'in Redis', url: () => inject('redisUrl') },
  { name: 'without Redis', url: () => null },
])('$name', ({ url }) => {
  test('an address is rejected beyond its limit, and no other is', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      LIMITS,
    );

    const first = await limits.request(from('192.0.2.1'));
    expect(first).toEqual({
      what: 'requests from one address',
      allowed: true,
      limit: 3,
      remaining: 2,
      resetSeconds: 60,
    });
    expect(await allowed([1, 2, 3].map(() => limits.request(from('192.0.2.1'))))).toEqual([
      true,
      true,
      false,
    ]);
    expect(await limits.request(from('192.0.2.1'))).toMatchObject({ allowed: false, remaining: 0 });
    expect(await limits.request(from('192.0.2.2'))).toMatchObject({ allowed: true, remaining: 2 });
  });

  test('a request counts what it weighs; one that is refused leaves what was left', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      LIMITS,
    );
    expect(await limits.weigh(from('192.0.2.1'), 2)).toMatchObject({ allowed: true, remaining: 1 });
    for (let n = 0; n < 5; n++)
      expect(await limits.weigh(from('192.0.2.1'), 2)).toMatchObject({ allowed: false, remaining: 1 });
    expect(await limits.request(from('192.0.2.1'))).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limits.request(from('192.0.2.1'))).toMatchObject({ allowed: false, remaining: 0 });
  });

  test('heavy requests at the same time: what does not fit counts nowhere', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      { ...LIMITS, requestsPerMinute: 100 },
    );
    const heavy = async () => {
      const requester = from('192.0.2.1');
      limits.arrival(requester.address);
      return countWeight(limits, requester, 45, await limits.request(requester));
    };
    const answers = await allowed([heavy(), heavy(), heavy(), heavy()]);
    expect(answers.filter(Boolean)).toHaveLength(2);
    expect((await limits.request(from('192.0.2.1'))).remaining).toBe(100 - 4 - 2 * 44 - 1);
    expect(limits.arrival('192.0.2.1').remaining).toBe(200 - 4 - 2 * 44 - 1);
  });

  test('requests without a token that are refused use up nothing that viewers need', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      LIMITS,
    );
    type Count = typeof limits.request;
    const arrive = async (requester: Parameters<Count>[0], count: Count) =>
      limits.arrival(requester.address).allowed && (await count(requester)).allowed;
    const locally: Count = async (requester) => {
      const { allowance, share } = limits.localRequest(requester);
      return allowance.allowed ? share() : allowance;
    };
    for (let n = 0; n < 20; n++) await arrive(from('192.0.2.1'), limits.request);
    for (let n = 0; n < 20; n++) await arrive(from('192.0.2.1'), locally);
    expect(limits.arrival('192.0.2.1')).toMatchObject({ allowed: true, remaining: 6 - 3 - 1 });

    const refused = { ...from('192.0.2.1'), isTokenRefused: true }; // verifying tokens stays bounded
    for (let n = 0; n < 20; n++) await arrive(refused, limits.request);
    expect(limits.arrival('192.0.2.1').allowed).toBe(false);
  });

  test('viewers are counted by themselves, wherever they are, and apart from their address', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      LIMITS,
    );
    await limits.weigh(from('192.0.2.1'), 3);
    expect(await limits.weigh(from('192.0.2.1', 'ana'), 3)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limits.request(from('192.0.2.1', 'ben'))).toMatchObject({ allowed: true, remaining: 2 });
    expect(await limits.request(from('192.0.2.2', 'ana'))).toMatchObject({
      allowed: false,
      what: 'requests of one viewer',
    });
    expect(await limits.request(from('192.0.2.2', '192.0.2.1'))).toMatchObject({ remaining: 2 }); // a name is no address
  });

  test('an address may use as much as LIMIT_VIEWERS_PER_ADDRESS viewers', async () => {
    const limits = openRateLimits({ redis: await openHelper(url(), 't:') }, LIMITS);
    expect(limits.arrival('192.0.2.1', 5)).toMatchObject({ allowed: true, limit: 6, remaining: 1 });
    expect(limits.arrival('192.0.2.1')).toMatchObject({ allowed: true, remaining: 0 });
    expect(limits.arrival('192.0.2.1')).toMatchObject({ allowed: false });
    expect(limits.arrival('192.0.2.2')).toMatchObject({ allowed: true });
  });

  test('an IPv6 /48 may use as much as LIMIT_ADDRESSES_PER_NETWORK addresses', async () => {
    const limits = openRateLimits({ redis: await openHelper(url(), 't:') }, LIMITS);
    expect(limits.arrival('2001:db8:1:1::1', 6)).toMatchObject({ allowed: true, limit: 6, remaining: 0 });
    expect(limits.arrival('2001:db8:1:2::1', 5)).toMatchObject({ allowed: true, limit: 6, remaining: 1 });
    expect(limits.arrival('2001:db8:1:3::1')).toMatchObject({ allowed: true, limit: 12, remaining: 0 });
    for (let n = 4; n < 100; n++)
      expect(limits.arrival(`2001:db8:1:${n}::1`)).toMatchObject({
        what: 'requests from one IPv6 network (/48)',
        allowed: false,
        limit: 12,
      });
    expect(limits.arrival('2001:db8:2:1::1')).toMatchObject({ allowed: true, limit: 6 });
  });

  test('one address of an IPv6 /48 cannot use up the others, whatever it is refused', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      LIMITS,
    );
    for (let n = 0; n < 100; n++) limits.arrival('2001:db8:1:1::1');
    expect(limits.arrival('2001:db8:1:1::2')).toMatchObject({ allowed: false, limit: 6 });
    for (let n = 0; n < 6; n++) expect(limits.arrival('2001:db8:1:2::1').allowed).toBe(true);
    expect(limits.arrival('2001:db8:1:3::1')).toMatchObject({ allowed: false, limit: 12 });
  });

  test('an IPv6 /48 may try to pay as often as so many addresses; a refused attempt counts nowhere', async () => {
    const attempt = openPaymentAttempts(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      { paymentAttemptsPerViewerAndHour: 1, paymentAttemptsPerAddressAndHour: 1, addressesPerNetwork: 2 },
    );
    const refusedBy = async (viewer: string, address: string) => (await attempt(viewer, address)).refusedBy;
    expect(await refusedBy('ana', '2001:db8:1:1::1')).toBeNull();
    expect(await refusedBy('ben', '2001:db8:1:2::1')).toBeNull();
    expect(await refusedBy('eve', '2001:db8:1:3::1')).toMatchObject({ limit: 'ADDRESS', maxAttempts: 2 });
    expect(await refusedBy('eve', '2001:db8:2:1::1')).toBeNull();
  });

  test('a viewer beyond the limit gets a retry delay', async () => {
    const limits = openRateLimits(
      { redis: await openHelper(url(), `t-${randomBytes(4).toString('hex')}:`) },
      LIMITS,
    );

    await limits.reservation('ana');
    await limits.reservation('ana');
    await expect(limits.reservation('ana')).rejects.toMatchObject({
      extensions: {
        code: 'RATE_LIMITED',
        limit: 2,
        retryAfterSeconds: expect.toSatisfy((s) => s >= 1 && s <= 60),
      },
    });
    await limits.reservation('ben');
  });
});

test.skipIf(inject('redisUrl') === null)('processes that share a Redis share the count', async () => {
  const prefix = `t-${randomBytes(4).toString('hex')}:`;
  const one = openRateLimits({ redis: await openHelper(inject('redisUrl'), prefix) }, LIMITS);
  const other = openRateLimits({ redis: await openHelper(inject('redisUrl'), prefix) }, LIMITS);

  await one.request(from('192.0.2.1'));
  await other.request(from('192.0.2.1'));
  expect(await one.request(from('192.0.2.1'))).toMatchObject({ allowed: true, remaining: 0 });
  expect(await other.request(from('192.0.2.1'))).toMatchObject({ allowed: false });
});

describe.skipIf(inject('redisUrl') === null)('a Redis that does not answer', () => {
  /** Limits of a process whose connection to Redis goes through a relay. */
  async function openProcess(prefix: string, commandMs = 10_000) {
    const relay = opened.use(await openRelay(inject('redisUrl')!));
    const metrics = openMetrics();
    const url = throughRelay(inject('redisUrl')!, relay);
    const redis = opened.use(openRedis(url, { prefix, log: openLog('silent'), metrics, commandMs }));
    const isUp = async () => (await redis.attempt('test', '', null, (to) => to.ping())) !== null;
    await eventually('Redis answers', isUp);
    const unanswered = async () =>
      (await metrics.redisUnavailable.get()).values.find(({ labels }) => labels['feature'] === 'rate-limit')
        ?.value ?? 0;
    const disconnect = async () => {
      relay.refuse(true);
      relay.cut();
      await eventually('Redis is away', async () => redis.state() === 'away');
    };
    const limits = openRateLimits({ redis }, { ...LIMITS, requestsPerMinute: 6 });
    return { redis, relay, isUp, disconnect, unanswered, limits };
  }
  const newPrefix = () => `t-${randomBytes(4).toString('hex')}:`;

  test('in time: what it counts late is counted, and not twice', async () => {
    const { limits, relay, isUp, unanswered } = await openProcess(newPrefix(), 100);
    const remaining = async () => (await limits.request(from('192.0.2.1'))).remaining;
    expect(await remaining()).toBe(5);
    relay.stall(true);
    const before = await unanswered();
    expect([await remaining(), await remaining()]).toEqual([4, 3]);
    expect(await unanswered()).toBe(before + 2);
    relay.stall(false);
    await eventually('Redis answers', isUp);
    expect([await remaining(), await remaining()]).toEqual([2, 1]);
  });

  test('at all: what it never counted is not forgotten when it is back', async () => {
    const { limits, relay, isUp, disconnect, unanswered } = await openProcess(newPrefix());
    const remaining = async () => (await limits.request(from('192.0.2.1'))).remaining;
    expect(await remaining()).toBe(5);
    await disconnect();
    const before = await unanswered();
    expect([await remaining(), await remaining(), await remaining()]).toEqual([4, 3, 2]);
    expect(await unanswered()).toBe(before + 3);
    relay.refuse(false);
    await eventually('Redis answers', isUp);
    expect([await remaining(), await remaining()]).toEqual([1, 0]);
    expect(await limits.request(from('192.0.2.1'))).toMatchObject({ allowed: false });
  });

  test('leaves a process with what the others had counted', async () => {
    const prefix = newPrefix();
    const other = openRateLimits({ redis: await openHelper(inject('redisUrl'), prefix) }, LIMITS);
    const { limits, disconnect } = await openProcess(prefix);
    await other.weigh(from('192.0.2.1'), 3);
    expect((await limits.weigh(from('192.0.2.1'), 2)).remaining).toBe(1);
    await disconnect();
    expect((await limits.request(from('192.0.2.1'))).remaining).toBe(0);
    expect(await limits.request(from('192.0.2.1'))).toMatchObject({ allowed: false });
  });

  test('counts attempts to pay no further than its process does', async () => {
    const { redis, disconnect } = await openProcess(newPrefix());
    const attempt = openPaymentAttempts(
      { redis },
      { paymentAttemptsPerViewerAndHour: 2, paymentAttemptsPerAddressAndHour: 10, addressesPerNetwork: 1 },
    );
    const refusedBy = async () => (await attempt('ana', '192.0.2.1')).refusedBy?.limit ?? null;
    expect(await refusedBy()).toBeNull();
    await disconnect();
    expect([await refusedBy(), await refusedBy()]).toEqual([null, 'VIEWER']);
  });
});

test('without Redis each process counts by itself, and the metric counts the fallback', async () => {
  const metrics = openMetrics();
  const redis = opened.use(
    openRedis('redis://127.0.0.1:1', { prefix: 't:', log: openLog('silent'), metrics }),
  );
  const limits = openRateLimits({ redis }, LIMITS);

  expect(await allowed([1, 2, 3, 4].map(() => limits.request(from('192.0.2.1'))))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(await metrics.redisUnavailable.get()).toMatchObject({
    values: [{ labels: { feature: 'rate-limit' }, value: 4 }],
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
  ['2001:DB8:0:0001:ffff:ffff:ffff:ffff', '2001:db8:0:1::/64'],
  ['2001:db8:0:2::1', '2001:db8:0:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['192.0.2.1:5555', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
  ['[2001:db8:0:1::1]:443', '2001:db8:0:1::/64'],
  ['[2001:db8:0:1::2]', '2001:db8:0:1::/64'],
  ['unknown', 'unknown'],
  ['_hidden1', 'unknown'],
  ['', 'unknown'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test.each([
  ['192.0.2.1', null, '192.0.2.1'],
  ['::ffff:192.0.2.1', null, '192.0.2.1'],
  ['2001:db8:a:1::1', '2001:db8:a::/48', '2001:db8:a::/48'],
  ['[2001:db8:a:ffff::1]:443', '2001:db8:a::/48', '2001:db8:a::/48'],
  ['::1', '0:0:0::/48', '0:0:0::/48'],
  ['_hidden1', null, 'unknown'],
])('%s is in the network %s', (address, network, site) => {
  expect(networkOf(addressKey(address))).toBe(network);
  expect(siteKey(address)).toBe(site);
});
