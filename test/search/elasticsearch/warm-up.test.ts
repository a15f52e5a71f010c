import { afterAll, beforeAll, expect, test } from 'vitest';

import { openElasticsearchClient } from '../../../src/search/elasticsearch/client.ts';
import { openElasticsearchEngine } from '../../../src/search/elasticsearch/elasticsearch-engine.ts';
import { warmUp } from '../../../src/search/elasticsearch/warm-up.ts';
import { openPostgresBrowse, openSearchEngines } from '../../../src/search/index.ts';
import { parseEventQuery } from '../../../src/search/parse-query.ts';
import { seedEvent } from '../../catalog/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { fakeServer } from './fake-server.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await seedEvent(world.platform.db, 'Beethoven');
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Longer than any test. */
const FOREVER_MS = 2 ** 30;
const NO_SERVER = 'http://127.0.0.1:1';

async function warmUpAt(url: string, maxMs: number) {
  await using client = await openElasticsearchClient(url);
  const { db, log } = world.platform;
  const engine = openElasticsearchEngine(
    { client, name: 'events', timeoutMs: FOREVER_MS, breaker: { run: (work) => work() } },
    async () => new Map(),
  );
  return await warmUp(engine, openPostgresBrowse(db), { log, maxMs });
}

/** How the first search of a process that has just opened its engines is answered. */
async function firstSearchAt(url: string) {
  await using engines = await openSearchEngines(world.platform, { url, indexPrefix: 'own-' }, 0);
  const query = parseEventQuery({ term: 'beethoven' });
  return await engines.ask((engine) => engine.countHits(query, null));
}

test('the slow searches of a cold server are over before the first one of a viewer', async () => {
  await using server = await fakeServer();
  server.coldSearches = 2;
  expect(await firstSearchAt(server.url)).toEqual({ result: 0, isDegraded: false });
  expect(server.searches).toBeGreaterThan(server.coldSearches);
});

test('a server that does not answer is waited for until the limit', async () => {
  await using server = await fakeServer();
  server.behaviour = 'hang';
  expect(await warmUpAt(server.url, 100)).toBe('timed out');
});

test('a server that fails, refuses or is away is not waited for', async () => {
  await using server = await fakeServer();
  for (const behaviour of ['fail', 'refuse'] as const) {
    server.behaviour = behaviour;
    expect(await warmUpAt(server.url, FOREVER_MS)).toBe('failed');
  }
  expect(await warmUpAt(NO_SERVER, FOREVER_MS)).toBe('failed');
  expect(await firstSearchAt(NO_SERVER)).toEqual({ result: 1, isDegraded: true });
});
