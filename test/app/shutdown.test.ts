import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { openServer } from '../../src/app/http/server.ts';
import { openCheckouts } from '../../src/payments/index.ts';
import { readSettings } from '../../src/platform/config.ts';
import { openPostgresSearch } from '../../src/search/index.ts';
import { openSeatMaps } from '../../src/seat-map/index.ts';
import { openWorld, type World } from '../support/world.ts';

const QUERY = JSON.stringify({ query: '{ events(first: 1) { nodes { id } } }' });

/** A table nobody can read until `release`: what makes a request take as long as a test wants. */
async function lockEvents({ databaseUrl }: World) {
  const sql = postgres(databaseUrl, { max: 2 });
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const transaction = sql.begin(async (tx) => {
    await tx`lock table events in access exclusive mode`;
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  return {
    /** Resolves once so many requests wait for the table. */
    async waiting(count: number) {
      for (;;) {
        const [row] =
          await sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        if (row!['n'] >= count) return;
      }
    },
    async release() {
      held.resolve();
      await transaction;
      await sql.end();
    },
  };
}

/** A second server over the same platform, in more of a hurry than the world's own. */
async function openHasty(world: World, options: { stopMs: number; drainSeconds?: number }) {
  const settings = readSettings({
    PORT: '0',
    LIMIT_REQUESTS_PER_MINUTE: '1000000',
    DRAIN_SECONDS: String(options.drainSeconds ?? 0),
  });
  const { platform } = world;
  const stripe = { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' };
  const checkouts = openCheckouts(platform, stripe);
  const tokens = { read: async () => null };
  const server = await openServer({
    platform,
    checkouts,
    seatMaps: openSeatMaps(platform),
    searchEngine: openPostgresSearch(platform.db),
    tokens,
    settings,
    timeouts: { stopMs: options.stopMs },
  });
  return { server, url: await server.listen({ host: '127.0.0.1', port: 0 }) };
}

/** Ask over one connection that is kept open, as load balancers do. */
function ask(url: string, path: string, agent: Agent, body?: string) {
  const headers = { 'content-type': 'application/json' };
  return new Promise<{ status: number; connection: string | undefined; text: string }>((resolve, reject) => {
    const sent = httpRequest(url + path, { agent, method: body ? 'POST' : 'GET', headers }, (response) => {
      const { statusCode: status = 0, headers } = response;
      const answer = (chunks: unknown[]) =>
        resolve({ status, connection: headers.connection, text: chunks.join('') });
      response.toArray().then(answer, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('a request in flight is finished; nobody new comes in; idle connections are let go', async () => {
  await using world = await openWorld();
  const { server, url } = await openHasty(world, { stopMs: 60_000 });
  const idle = new Agent({ keepAlive: true });
  const busy = new Agent({ keepAlive: true });
  await ask(url, '/livez', idle);
  const idleSockets = Object.values(idle.freeSockets).flat();
  expect(idleSockets).toHaveLength(1);

  const lock = await lockEvents(world);
  const slow = ask(url, '/graphql', busy, QUERY);
  await lock.waiting(1);
  const idleClosed = once(idleSockets[0]!, 'close');
  const stopped = server.close();

  await idleClosed;
  await expect(fetch(`${url}/livez`)).rejects.toThrow('fetch failed'); // refused: nobody listens
  await lock.release();
  expect(await slow).toMatchObject({
    status: 200,
    connection: 'close',
    text: expect.stringContaining('"nodes":[]'),
  });
  await stopped;
  busy.destroy();
});

test('/readyz says no while load balancers take notice, and requests are still answered', async () => {
  await using world = await openWorld();
  const { server, url } = await openHasty(world, { stopMs: 60_000, drainSeconds: 3 });
  const agent = new Agent();
  expect((await ask(url, '/readyz', agent)).status).toBe(200);

  const stopped = server.close();
  const unready = await ask(url, '/readyz', agent);
  expect([unready.status, JSON.parse(unready.text).status]).toEqual([503, 'stopping']);
  expect((await ask(url, '/livez', agent)).status).toBe(200);
  expect((await ask(url, '/graphql', agent, QUERY)).status).toBe(200);
  await stopped;
  await expect(ask(url, '/livez', agent)).rejects.toThrow('ECONNREFUSED');
});

test('a request that never ends does not keep us: it is cut off', async () => {
  await using world = await openWorld();
  const { server, url } = await openHasty(world, { stopMs: 100 });
  const lock = await lockEvents(world);
  const endless = ask(url, '/graphql', new Agent(), QUERY);
  const cut = expect(endless).rejects.toThrow('socket hang up');
  await lock.waiting(1);
  await server.close();
  await cut;
  await lock.release();
});
