import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openWorld, type World } from '../../support/world.ts';
import { fakeServer, type FakeServer } from './fake-server.ts';

const opened = new AsyncDisposableStack();
let server: FakeServer;
let world: World;
let lines: string[];
beforeAll(async () => {
  server = opened.use(await fakeServer());
});
beforeEach(async () => {
  server.behaviour = 'answer';
  lines = [];
  world = opened.use(
    await openWorld({
      elasticsearchUrl: server.url,
      environment: { SEARCH_CACHE_SECONDS: '60' },
      log: openLog('warn', { write: (line) => void lines.push(line) }),
    }),
  );
});
afterAll(() => opened.disposeAsync());

const isDegraded = async (term: string): Promise<boolean> => {
  const { searchEvents } = await world.stranger.ask(
    'query ($term: String!) { searchEvents(input: { term: $term }) { degraded } }',
    { term },
  );
  return (searchEvents as { degraded: boolean }).degraded;
};

async function isUp(): Promise<boolean> {
  const { values } = await world.platform.metrics.elasticsearchUp.get();
  return values[0]?.value === 1;
}

test('a slow request whose answer many viewers share counts as one failure', async () => {
  server.behaviour = 'hang';
  const before = server.searches;
  expect(await Promise.all(Array.from({ length: 5 }, () => isDegraded('slow')))).toEqual(
    Array.from({ length: 5 }, () => true),
  );
  expect(server.searches - before).toBe(1);
  expect(await isUp()).toBe(true);
  server.behaviour = 'answer';
  expect(await isDegraded('next')).toBe(false);
});

test('a slow correction by Postgres is no failure of Elasticsearch', async () => {
  for (const term of ['qwertz', 'asdfgh', 'yxcvbn', 'poiuzt']) {
    const locked = world.platform.sql.begin(async (tx) => {
      await tx`lock table event_words in access exclusive mode`;
      const answer = isDegraded(term);
      await tx`select pg_sleep(0.7)`; // longer than all requests of a search may take
      return { answer };
    });
    expect(await (await locked).answer).toBe(false);
  }
  expect(await isUp()).toBe(true);
});

test('a refused query is logged without the term, and opens no breaker', async () => {
  server.behaviour = 'refuse';
  for (const term of ['secret words', 'other', 'third', 'fourth']) expect(await isDegraded(term)).toBe(true);
  expect(await isUp()).toBe(true);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({
      type: 'query_shard_exception',
      msg: 'elasticsearch refused a search: postgres answers',
    }),
  );
  expect(lines.join('')).not.toContain('secret words');
});

describe.skipIf(inject('redisUrl') === null)('with a cache', () => {
  test('cached answers do not close the breaker while Elasticsearch fails', async () => {
    expect(await isDegraded('cached')).toBe(false);
    server.behaviour = 'fail';
    for (const term of ['one', 'two', 'three']) {
      expect(await isDegraded(term)).toBe(true);
      expect(await isDegraded('cached')).toBe(false);
    }
    expect(await isUp()).toBe(false);
  });
});
