import { once } from 'node:events';
import { Agent, request as sendRequest } from 'node:http';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { openServer } from '../../src/app/http/server.ts';
import { openCheckouts } from '../../src/payments/index.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { onlyEngine, openPostgresBrowse, openPostgresSearch } from '../../src/search/index.ts';
import { openSeatMaps } from '../../src/seat-map/index.ts';
import { LiveRooms, openQueue, openQueueWatch } from '../../src/waiting-room/index.ts';
import { openWorld, type World } from '../support/world.ts';

const QUERY = JSON.stringify({ query: '{ events(first: 1) { nodes { id } } }' });

/** Lock the table `events` until `release`, so that a request on it stays in flight as long as the test needs. */
async function lockEvents({ databaseUrl }: World) {
  const sql = postgres(databaseUrl, { max: 2 });
  const released = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const transaction = sql.begin(async (tx) => {
    await tx`lock table events in access exclusive mode`;
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  return {
    /** Resolves once `count` queries wait for the lock. */
    async waitForBlocked(count: number) {
      for (;;) {
        const [row] =
          await sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        if (row!['n'] >= count) return;
      }
    },
    async release() {
      released.resolve();
      await transaction;
      await sql.end();
    },
  };
}

/** A second server on the platform of `world`, with a shorter shutdown timeout. */
async function openServerWithTimeout(world: World, options: { stopMs: number; drainSeconds?: number }) {
  const settings = readSettings({
    PORT: '0',
    LIMIT_REQUESTS_PER_MINUTE: '1000000',
    DRAIN_SECONDS: String(options.drainSeconds ?? 0),
  });
  const { platform } = world;
  const stripe = { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' };
  const checkouts = openCheckouts(platform, stripe);
  const tokens = { read: async () => null };
  const waitingRooms = new LiveRooms(platform);
  const server = await openServer({
    platform,
    checkouts,
    seatMaps: openSeatMaps(platform),
    waitingRooms,
    queue: openQueue(platform, waitingRooms, { challengeAttempts: 1 }),
    queueWatch: openQueueWatch(platform, waitingRooms),
    searchEngines: onlyEngine(openPostgresSearch(platform.db), openPostgresBrowse(platform.db)),
    tokens,
    settings,
    timeouts: { stopMs: options.stopMs },
  });
  return { server, url: await server.listen({ host: '127.0.0.1', port: 0 }) };
}

/** Send a request over the agent's keep-alive connection, as load balancers do. */
function request(url: string, path: string, agent: Agent, body?: string) {
  const headers = { 'content-type': 'application/json' };
  return new Promise<{ status: number; connection: string | undefined; text: string }>((resolve, reject) => {
    const sent = sendRequest(url + path, { agent, method: body ? 'POST' : 'GET', headers }, (response) => {
      const { statusCode: status = 0, headers } = response;
      const respond = (chunks: unknown[]) =>
        resolve({ status, connection: headers.connection, text: chunks.join('') });
      response.toArray().then(respond, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('shutdown finishes requests in flight, accepts no new connections and closes idle ones', async () => {
  await using world = await openWorld();
  const { server, url } = await openServerWithTimeout(world, { stopMs: 60_000 });
  const idle = new Agent({ keepAlive: true });
  const busy = new Agent({ keepAlive: true });
  await request(url, '/livez', idle);
  const idleSockets = Object.values(idle.freeSockets).flat();
  expect(idleSockets).toHaveLength(1);

  const lock = await lockEvents(world);
  const slow = request(url, '/graphql', busy, QUERY);
  await lock.waitForBlocked(1);
  const idleClosed = once(idleSockets[0]!, 'close');
  const stopped = server.close();

  await idleClosed;
  await expect(fetch(`${url}/livez`)).rejects.toThrow('fetch failed'); // connection refused
  await lock.release();
  expect(await slow).toMatchObject({
    status: 200,
    connection: 'close',
    text: expect.stringContaining('"nodes":[]'),
  });
  await stopped;
  busy.destroy();
});

test('while draining, /readyz reports stopping and requests are still served', async () => {
  await using world = await openWorld();
  const { server, url } = await openServerWithTimeout(world, { stopMs: 60_000, drainSeconds: 3 });
  const agent = new Agent();
  expect((await request(url, '/readyz', agent)).status).toBe(200);

  const stopped = server.close();
  const unready = await request(url, '/readyz', agent);
  expect([unready.status, JSON.parse(unready.text).status]).toEqual([503, 'stopping']);
  expect((await request(url, '/livez', agent)).status).toBe(200);
  expect((await request(url, '/graphql', agent, QUERY)).status).toBe(200);
  await stopped;
  await expect(request(url, '/livez', agent)).rejects.toThrow('ECONNREFUSED');
});

test('a request that exceeds the shutdown timeout is cut off', async () => {
  await using world = await openWorld();
  const { server, url } = await openServerWithTimeout(world, { stopMs: 100 });
  const lock = await lockEvents(world);
  const endless = request(url, '/graphql', new Agent(), QUERY);
  const cut = expect(endless).rejects.toThrow('socket hang up');
  await lock.waitForBlocked(1);
  await server.close();
  await cut;
  await lock.release();
});
