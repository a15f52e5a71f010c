import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { events } from '../../../src/catalog/index.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { KEEPING, openWorld, type World } from '../../support/world.ts';

let world: World;
let event: SeededEvent;
beforeAll(async () => {
  world = await openWorld({ environment: KEEPING });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  event = await eventOnSale(world.platform, { seats: 4 });
});

const VIEW = 'query ($id: ID!) { event(id: $id) { name description } }';

function get(headers: Record<string, string> = {}, query = VIEW): Promise<Response> {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify({ id: event.event }) });
  return fetch(`${world.url}/graphql?${parameters.toString()}`, {
    headers: { 'apollo-require-preflight': '1', ...headers },
  });
}

const change = (changes: { name?: string; description?: string }) =>
  world.platform.db.update(events).set(changes).where(eq(events.id, event.id));

test('a client that has the body already gets 304 without one, from the cache and without', async () => {
  const first = await get();
  const etag = first.headers.get('etag')!;
  expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
  for (const header of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
    const again = await get({ 'if-none-match': header });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    expect(again.headers.get('vary')).toContain('authorization');
  }
  expect((await get({ 'if-none-match': 'W/"other"' })).status).toBe(200);
  const organiser = { authorization: `Bearer ${await world.token(ORGANISER, 'ORGANISER')}` };
  expect((await get({ ...organiser, 'if-none-match': etag })).status).toBe(304); // never cached
  await change({ name: 'Another name' });
  const changed = await get({ ...organiser, 'if-none-match': etag });
  expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
});

test('every encoding of a body has the same ETag', async () => {
  await change({ description: 'word '.repeat(1_000) });
  const etags = [];
  for (const encoding of ['gzip', 'identity', 'gzip', 'br']) {
    const response = await get({ 'accept-encoding': encoding });
    expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    etags.push(response.headers.get('etag'));
    await response.text();
  }
  expect(new Set(etags).size).toBe(1);
  const not = await get({ 'accept-encoding': 'gzip', 'if-none-match': etags[0]! });
  expect([not.status, await not.text(), not.headers.get('content-encoding')]).toEqual([304, '', null]);
});

test('a CDN may hold public responses to GET for a minute, private ones and errors never', async () => {
  for (let time = 1; time <= 2; time++) {
    // built, then from the cache
    expect((await get()).headers.get('cache-control')).toBe('max-age=10, public, stale-while-revalidate=50');
  }
  const fan = { authorization: `Bearer ${await world.token('fan', 'FAN')}` };
  expect((await get(fan)).headers.get('cache-control')).toBe('max-age=10, private');
  const failed = await get({ 'if-none-match': '*' }, 'query ($id: ID!) { event(id: $id) { unknown } }');
  expect([failed.status, failed.headers.get('cache-control')]).toEqual([400, 'no-store']);
});
