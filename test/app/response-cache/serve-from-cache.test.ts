import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { catalogChannels } from '../../../src/catalog/catalog-changes.ts';
import { events } from '../../../src/catalog/index.ts';
import { followSeatMap } from '../../../src/client/index.ts';
import { encodeId } from '../../../src/platform/ids.ts';
import { openRelay } from '../../client/relay.ts';
import { advance } from '../../support/clock.ts';
import { reserved } from '../../support/holds.ts';
import { buyers, eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { KEEPING, openWorld, type World } from '../../support/world.ts';

/** An API process without a worker: no change reaches its cache, so a hidden change proves a cache hit. */
let apiOnly: World;
/** API and worker in one process. */
let withWorker: World;
let event: SeededEvent;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  apiOnly = opened.use(await openWorld({ environment: KEEPING }));
  withWorker = opened.use(await openWorld({ roles: ['api', 'worker'], environment: KEEPING }));
});
afterAll(() => opened.disposeAsync());
beforeEach(async () => {
  event = await eventOnSale(apiOnly.platform, { seats: 40 });
});

const VIEW = 'query View($id: ID!) { event(id: $id) { name venue { name } } }';

const rename = async (world: World, id: string, name: string) => {
  await world.platform.db.update(events).set({ name }).where(eq(events.id, id));
};

async function count(world: World, result: 'hit' | 'kept' | 'evicted'): Promise<number> {
  const { values } = await world.platform.metrics.cachedResponses.get();
  return values.find(({ labels }) => labels.result === result)?.value ?? 0;
}

/** Store a response about the Event, then change the Event without an eviction. */
async function storeStale(): Promise<void> {
  await apiOnly.stranger.ask(VIEW, { id: event.event });
  await rename(apiOnly, event.id, 'Another name');
}

const nameFor = async (client: World['stranger']) =>
  (await client.ask(VIEW, { id: event.event }))['event'].name as string;

describe('a public response is served from the cache', () => {
  test('to anonymous clients, with its age', async () => {
    const first = await apiOnly.stranger.send(VIEW, { id: event.event });
    await rename(apiOnly, event.id, 'Another name');
    const second = await apiOnly.stranger.send(VIEW, { id: event.event });
    expect(second.data).toEqual(first.data);
    expect(first.headers.get('cache-control')).toBe('max-age=10, public');
    expect(second.headers.get('cache-control')).toBe('max-age=10, public');
    expect(first.headers.get('age')).toBeNull();
    expect(second.headers.get('age')).toBe('0');
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  test('to fans, as private', async () => {
    await storeStale();
    const response = await (await apiOnly.as('fan')).send(VIEW, { id: event.event });
    expect(response.data!['event'].name).not.toBe('Another name');
    expect(response.headers.get('cache-control')).toBe('max-age=10, private');
    expect(response.headers.get('vary')).toContain('authorization');
  });

  test('and stored if a fan requested it first', async () => {
    await nameFor(await apiOnly.as('fan'));
    await rename(apiOnly, event.id, 'Another name');
    expect(await nameFor(apiOnly.stranger)).not.toBe('Another name');
  });

  test('never to organisers and admins, who see their own changes at once', async () => {
    await storeStale();
    expect(await nameFor(await apiOnly.as('someone', 'FAN', 'ORGANISER'))).toBe('Another name');
    expect(await nameFor(await apiOnly.as('admin', 'ADMIN'))).toBe('Another name');
  });

  test('over GET, too, but not to a request that CSRF prevention refuses', async () => {
    const parameters = new URLSearchParams({ query: VIEW, variables: JSON.stringify({ id: event.event }) });
    const url = `${apiOnly.url}/graphql?${parameters.toString()}`;
    const get = (headers: Record<string, string>) => fetch(url, { headers });
    const first = await (await get({ 'apollo-require-preflight': '1' })).text();
    await rename(apiOnly, event.id, 'Another name');
    const second = await get({ 'apollo-require-preflight': '1' });
    expect(await second.text()).toBe(first);
    expect(second.headers.get('age')).toBe('0');
    expect((await get({})).status).toBe(400);
  });

  test.each([2_000, 100_000])('with the same body in every encoding: %i bytes', async (length) => {
    const description = Array.from({ length: length / 10 }, (_, index) => `word ${index % 97}`).join(' ');
    await apiOnly.platform.db.update(events).set({ description }).where(eq(events.id, event.id));
    const long = 'query ($id: ID!) { event(id: $id) { name description } }';
    const bytesFor = async (encoding: string) => {
      const response = await fetch(`${apiOnly.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
        body: JSON.stringify({ query: long, variables: { id: event.event } }),
      });
      expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
      if (encoding !== 'identity') expect(response.headers.get('vary')).toContain('accept-encoding');
      return { text: await response.text(), age: response.headers.get('age') };
    };
    const first = await bytesFor('gzip');
    expect(first.age).toBeNull();
    for (const encoding of ['gzip', 'br', 'identity', 'gzip', 'br']) {
      expect(await bytesFor(encoding)).toEqual({ text: first.text, age: '0' });
    }
  });

  test.each([
    ['a missing entity', '{ event(id: "evt_none") { name } }'],
    ['a response with errors', '{ searchEvents(first: 100000) { nodes { name } } }'],
    ['a field of the viewer', '{ viewer { subject } events(first: 1) { nodes { name } } }'],
    [
      'a field that must be fresh',
      'query ($id: ID!) { event(id: $id) { name tickets(places: [0]) { id } } }',
    ],
    ['a private field', 'query ($id: ID!) { event(id: $id) { name activeReservations { id } } }'],
  ])('but not %s', async (_what, query) => {
    const fan = await apiOnly.as('fan');
    const before = await count(apiOnly, 'kept');
    await fan.send(query, { id: event.event });
    const again = await fan.send(query, { id: event.event });
    expect(again.headers.get('age')).toBeNull();
    expect(await count(apiOnly, 'kept')).toBe(before);
  });

  test('but not a draft that its organiser requested', async () => {
    await apiOnly.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, event.id));
    const organiser = await apiOnly.as(ORGANISER, 'ORGANISER');
    expect(await nameFor(organiser)).toBeTruthy();
    expect((await apiOnly.stranger.ask(VIEW, { id: event.event }))['event']).toBeNull();
  });

  test('unless the cache is off', async () => {
    await using off = await openWorld({
      environment: { RESPONSE_CACHE_BYTES: '0' },
      databaseUrl: apiOnly.databaseUrl,
    });
    await off.stranger.ask(VIEW, { id: event.event });
    await rename(off, event.id, 'Another name');
    expect((await off.stranger.ask(VIEW, { id: event.event }))['event'].name).toBe('Another name');
  });
});

describe('a change in the catalogue evicts', () => {
  const untilEvicted = (before: number) =>
    eventually('the entry is evicted', async () => (await count(withWorker, 'evicted')) > before);

  async function untilStored(query: string, variables: object): Promise<void> {
    await eventually(
      'the entry is stored',
      async () => (await withWorker.stranger.send(query, variables)).headers.get('age') !== null,
    );
  }

  beforeEach(async () => {
    event = await eventOnSale(withWorker.platform, { seats: 40 });
  });

  test('responses about a changed Event', async () => {
    const organiser = await withWorker.as(ORGANISER, 'ORGANISER');
    await untilStored(VIEW, { id: event.event });
    const before = await count(withWorker, 'evicted');
    await organiser.mutate('updateEvent', { id: event.event, event: { name: 'Changed' } });
    await untilEvicted(before);
    expect((await withWorker.stranger.ask(VIEW, { id: event.event }))['event'].name).toBe('Changed');
  });

  test('responses about a withdrawn Event', async () => {
    await untilStored(VIEW, { id: event.event });
    const before = await count(withWorker, 'evicted');
    await withWorker.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, event.id));
    await untilEvicted(before);
    expect((await withWorker.stranger.ask(VIEW, { id: event.event }))['event']).toBeNull();
  });

  test('responses that contain a changed Venue', async () => {
    const [row] = await withWorker.platform.db.select().from(events).where(eq(events.id, event.id));
    const venue = encodeId('Venue', row!.venueId!);
    const admin = await withWorker.as('admin', 'ADMIN');
    await untilStored(VIEW, { id: event.event });
    const before = await count(withWorker, 'evicted');
    const result = await admin.mutate('updateVenue', { id: venue, venue: { name: 'Changed Hall' } });
    expect(result.__typename).toBe('VenueUpdated');
    await untilEvicted(before);
    expect((await withWorker.stranger.ask(VIEW, { id: event.event }))['event'].venue.name).toBe(
      'Changed Hall',
    );
  });

  test('no other responses', async () => {
    const other = await eventOnSale(withWorker.platform, { seats: 40 });
    await untilStored(VIEW, { id: event.event });
    await untilStored(VIEW, { id: other.event });
    const before = await count(withWorker, 'evicted');
    await rename(withWorker, event.id, 'Changed');
    await untilEvicted(before);
    expect((await withWorker.stranger.send(VIEW, { id: other.event })).headers.get('age')).not.toBeNull();
  });
});

describe('a seat map', () => {
  const MAP = 'query ($id: ID!) { seatMap(event: $id) { sequence stale sections { statuses } } }';
  const map = async () => (await withWorker.stranger.send(MAP, { id: event.event })) as any;
  const isStored = async () => (await map()).headers.get('age') !== null;

  beforeEach(async () => {
    event = await eventOnSale(withWorker.platform, { seats: 40 });
    await eventually('the feed has started', async () => (await map()).data.seatMap.stale === false);
  });

  test('without a subscriber is not stored, as no delta would evict it', async () => {
    for (let n = 0; n < 3; n++) expect(await isStored()).toBe(false);
  });

  test('with a subscriber is stored until it changes', async () => {
    const subscription = followSeatMap({ url: withWorker.url, event: event.event });
    try {
      expect((await subscription.next()).done).toBe(false);
      await eventually('the entry is stored', isStored);
      const [buyer] = await buyers(withWorker, 1, 'mapped');
      await reserved(buyer!.client, event.event, { places: [3, 4] });
      while ((await subscription.next()).value?.statuses[3] !== 'R'.charCodeAt(0));
      const { seatMap } = (await map()).data;
      expect(seatMap.sections[0].statuses.slice(0, 6)).toBe('AAARRA');
    } finally {
      await subscription.return?.(undefined);
    }
  });
});

test('while Postgres is away, a stale entry is served if there is one', async () => {
  await using relay = await openRelay(apiOnly.databaseUrl);
  const relayedUrl = new URL(apiOnly.databaseUrl);
  relayedUrl.port = new URL(relay.url).port;
  await using world = await openWorld({ databaseUrl: relayedUrl.href, environment: KEEPING });
  const view = () => world.stranger.send(VIEW, { id: event.event });
  const first = await view();
  relay.refuse(true);
  relay.cut();
  advance(60_000);
  try {
    const stale = await view();
    expect(stale.data).toEqual(first.data);
    expect(stale.errors).toEqual([]);
    expect(stale).toMatchObject({ status: 200 });
    expect(stale.headers.get('cache-control')).toBe('max-age=10, public'); // age > max-age: no cache stores it
    expect(Number(stale.headers.get('age'))).toBeGreaterThanOrEqual(60);

    const other = await world.stranger.send('query ($id: ID!) { event(id: $id) { id } }', {
      id: event.event,
    });
    expect(other.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    advance(11 * 60_000);
    expect((await view()).errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  } finally {
    vi.useRealTimers();
  }
});

test('concurrent requests for the same response share one execution', async () => {
  const executions = async () => {
    const { values } = await apiOnly.platform.metrics.operationSeconds.get();
    return values.find(
      ({ metricName, labels }) => metricName?.endsWith('_count') && labels['field'] === 'event',
    )!.value;
  };
  await apiOnly.stranger.ask(VIEW, { id: event.event });
  // no worker runs on this database: publish by hand what its feed would
  const { redis } = apiOnly.platform;
  const before = await executions();
  await redis.connection!.spublish(catalogChannels(redis.prefix)[0]!, `Event:${event.id}`);
  await eventually('the entry is evicted', async () => (await count(apiOnly, 'evicted')) > 0);
  const names = await Promise.all(Array.from({ length: 50 }, () => nameFor(apiOnly.stranger)));
  expect(new Set(names).size).toBe(1);
  expect((await executions()) - before).toBe(1);
});
