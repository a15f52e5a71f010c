import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { describe, expect, inject, test, vi } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openWorld } from '../../support/world.ts';

const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return { code: response.status, ...((await response.json()) as Record<string, string>) };
};

describe('/livez and /readyz', () => {
  test('with all stores up: live and ready', async () => {
    await using world = await openWorld();
    expect(await (await fetch(`${world.url}/livez`)).json()).toEqual({ status: 'live' });
    const redis = inject('redisUrl') === null ? 'none' : 'up';
    expect(await readiness(world.url)).toEqual({
      code: 200,
      status: redis === 'up' ? 'ready' : 'degraded',
      database: 'up',
      redis,
    });
  });

  test('without Redis: ready, degraded', async () => {
    await using none = await openWorld({ redisUrl: null });
    expect(await readiness(none.url)).toEqual({
      code: 200,
      status: 'degraded',
      database: 'up',
      redis: 'none',
    });
    await using away = await openWorld({ redisUrl: 'redis://127.0.0.1:1' });
    expect(await readiness(away.url)).toEqual({
      code: 200,
      status: 'degraded',
      database: 'up',
      redis: 'away',
    });
  });

  test('without a database: live, unready', async () => {
    await using world = await openWorld({ databaseUrl: 'postgres://127.0.0.1:1/none', redisUrl: null });
    expect((await fetch(`${world.url}/livez`)).status).toBe(200);
    expect(await readiness(world.url)).toEqual({
      code: 503,
      status: 'unready',
      database: 'away',
      redis: 'none',
    });
  });

  test.each([
    'delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)',
    'drop schema drizzle cascade',
  ])('with pending migrations: unready: %.12s', async (undo) => {
    await using world = await openWorld();
    const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
    await sql.unsafe(undo);
    await sql.end();
    expect(await readiness(world.url)).toMatchObject({
      code: 503,
      status: 'unready',
      database: 'unmigrated',
    });
  });

  test('concurrent probes share one query', async () => {
    await using world = await openWorld();
    const sql = postgres(world.databaseUrl, { max: 1 });
    await Promise.all(Array.from({ length: 200 }, () => readiness(world.url)));
    const [row] = await sql<{ calls: number }[]>`
      select count(*)::int as calls from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    `;
    expect(row?.calls).toBeLessThanOrEqual(3); // open connections, of a pool of 20
    await sql.end();
  });
});

describe('/metrics', () => {
  test('counts operations by first field, requests by route, errors by code', async () => {
    await using world = await openWorld();
    for (let n = 0; n < 5; n++) {
      await world.stranger.send(`query anything${n} { mine${n}: viewer { subject } }`);
      await fetch(`${world.url}/nowhere/${n}`);
      await world.stranger.send(`{ nothing${n} }`);
    }
    await world.stranger.send('{ ...q } fragment q on Query { events(first: 1) { nodes { id } } }');

    const text = await (await fetch(`${world.url}/metrics`)).text();
    const values = (name: string) =>
      Object.fromEntries(
        [...text.matchAll(new RegExp(`^${name}\\{(.*)\\} (\\d+)$`, 'gm'))].map(([, labels, value]) => [
          labels,
          Number(value),
        ]),
      );
    expect(values('onsale_graphql_operation_seconds_count')).toEqual({
      'field="viewer",outcome="ok"': 5,
      'field="fragment",outcome="ok"': 1,
    });
    expect(values('onsale_http_request_seconds_count')).toEqual({
      'route="/graphql",status="200"': 6,
      'route="/graphql",status="400"': 5,
      'route="unknown",status="404"': 5,
    });
    const counted = Object.entries(values('onsale_errors_total')).filter(([, count]) => Number(count) > 0);
    expect(Object.fromEntries(counted)).toEqual({
      'code="GRAPHQL_VALIDATION_FAILED"': 5,
      'code="NOT_FOUND"': 5,
    });
    expect(text).toContain('onsale_process_resident_memory_bytes');
  });
});

test('every request is logged in one line without secrets', async () => {
  const lines: Record<string, any>[] = [];
  const log = openLog('info', { write: (line) => void lines.push(JSON.parse(line)) });
  await using world = await openWorld({ log });
  const token = await world.token('ana@example.org');
  await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-request-id': 'shop-000001',
      cookie: 'session=secret',
    },
    body: JSON.stringify({
      query: 'query whoAmI { viewer { subject } }',
      variables: { card: 'pm_card_visa' },
    }),
  });
  await fetch(`${world.url}/graphql?access_token=secret`, {
    headers: { authorization: 'Bearer not.a.token' },
  });
  await fetch(`${world.url}/livez`);

  await vi.waitUntil(() => lines.filter(({ msg }) => msg === 'request').length === 2, { timeout: 10_000 });
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      msg: 'request',
      requestId: 'shop-000001',
      method: 'POST',
      route: '/graphql',
      status: 200,
      ms: expect.any(Number),
      operation: 'whoAmI',
      viewer: createHash('sha256').update('ana@example.org').digest('hex').slice(0, 12),
    },
    expect.objectContaining({ method: 'GET', route: '/graphql', status: 401 }),
  ]);
  for (const secret of [
    token,
    token.split('.')[2]!,
    'secret',
    'ana@example.org',
    'pm_card_visa',
    'not.a.token',
  ]) {
    expect(JSON.stringify(lines)).not.toContain(secret);
  }
});
