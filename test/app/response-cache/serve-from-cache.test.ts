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

/** A server alone: nothing tells its cache what changes, so what comes from it can be told by its age. */
let alone: World;
/** A server and a worker. */
let whole: World;
let event: SeededEvent;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  alone = opened.use(await openWorld({ environment: KEEPING }));
  whole = opened.use(await openWorld({ roles: ['api', 'worker'], environment: KEEPING }));
});
afterAll(() => opened.disposeAsync());
beforeEach(async () => {
  event = await eventOnSale(alone.platform, { seats: 40 });
});

const VIEW = 'query View($id: ID!) { event(id: $id) { name venue { name } } }';

const rename = async (world: World, id: string, name: string) => {
  await world.platform.db.update(events).set({ name }).where(eq(events.id, id));
};

async function count(world: World, result: 'hit' | 'kept' | 'evicted'): Promise<number> {
  const { values } = await world.platform.metrics.cachedResponses.get();
  return values.find(({ labels }) => labels.result === result)?.value ?? 0;
}

/** Ask for the Event as `client` until the answer comes from the cache, and hide a change from it. */
async function keep(): Promise<void> {
  await alone.stranger.ask(VIEW, { id: event.event });
  await rename(alone, event.id, 'Another name');
}

const nameFor = async (client: World['stranger']) =>
  (await client.ask(VIEW, { id: event.event }))['event'].name as string;

describe('what everybody may have is answered from the cache', () => {
  test('to strangers, with its age', async () => {
    const first = await alone.stranger.send(VIEW, { id: event.event });
    await rename(alone, event.id, 'Another name');
    const second = await alone.stranger.send(VIEW, { id: event.event });
    expect(second.data).toEqual(first.data);
    expect(first.headers.get('cache-control')).toBe('max-age=10, public');
    expect(second.headers.get('cache-control')).toBe('max-age=10, public');
    expect(first.headers.get('age')).toBeNull();
    expect(second.headers.get('age')).toBe('0');
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  test('to fans, for them alone', async () => {
    await keep();
    const answer = await (await alone.as('fan')).send(VIEW, { id: event.event });
    expect(answer.data!['event'].name).not.toBe('Another name');
    expect(answer.headers.get('cache-control')).toBe('max-age=10, private');
    expect(answer.headers.get('vary')).toContain('authorization');
  });

  test('and kept when a fan was the first to ask', async () => {
    await nameFor(await alone.as('fan'));
    await rename(alone, event.id, 'Another name');
    expect(await nameFor(alone.stranger)).not.toBe('Another name');
  });

  test('never to organisers and admins: they see what they have just changed', async () => {
    await keep();
    expect(await nameFor(await alone.as('someone', 'FAN', 'ORGANISER'))).toBe('Another name');
    expect(await nameFor(await alone.as('admin', 'ADMIN'))).toBe('Another name');
  });

  test('over GET as well, and never where the engine refuses to answer at all', async () => {
    const asked = new URLSearchParams({ query: VIEW, variables: JSON.stringify({ id: event.event }) });
    const url = `${alone.url}/graphql?${asked.toString()}`;
    const get = (headers: Record<string, string>) => fetch(url, { headers });
    const first = await (await get({ 'apollo-require-preflight': '1' })).text();
    await rename(alone, event.id, 'Another name');
    const second = await get({ 'apollo-require-preflight': '1' });
    expect(await second.text()).toBe(first);
    expect(second.headers.get('age')).toBe('0');
    expect((await get({})).status).toBe(400);
  });

  test.each([2_000, 100_000])(
    'compressed once, and the same whichever way: %i bytes long',
    async (length) => {
      const description = Array.from({ length: length / 10 }, (_, index) => `word ${index % 97}`).join(' ');
      await alone.platform.db.update(events).set({ description }).where(eq(events.id, event.id));
      const long = 'query ($id: ID!) { event(id: $id) { name description } }';
      const bytesFor = async (encoding: string) => {
        const response = await fetch(`${alone.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
          body: JSON.stringify({ query: long, variables: { id: event.event } }),
        });
        expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
        if (encoding !== 'identity') expect(response.headers.get('vary')).toContain('accept-encoding');
        return { text: await response.text(), age: response.headers.get('age') };
      };
      const made = await bytesFor('gzip');
      expect(made.age).toBeNull();
      for (const encoding of ['gzip', 'br', 'identity', 'gzip', 'br']) {
        expect(await bytesFor(encoding)).toEqual({ text: made.text, age: '0' });
      }
    },
  );

  test.each([
    ['what is not there', '{ event(id: "evt_none") { name } }'],
    ['what has errors', '{ searchEvents(first: 100000) { nodes { name } } }'],
    ['what is about the viewer', '{ viewer { subject } events(first: 1) { nodes { name } } }'],
    ['what must be fresh', 'query ($id: ID!) { event(id: $id) { name tickets(places: [0]) { id } } }'],
    ['what is private', 'query ($id: ID!) { event(id: $id) { name activeReservations { id } } }'],
  ])('but not %s', async (_what, query) => {
    const fan = await alone.as('fan');
    const before = await count(alone, 'kept');
    await fan.send(query, { id: event.event });
    const again = await fan.send(query, { id: event.event });
    expect(again.headers.get('age')).toBeNull();
    expect(await count(alone, 'kept')).toBe(before);
  });

  test('nor a draft that its organiser asked for', async () => {
    await alone.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, event.id));
    const organiser = await alone.as(ORGANISER, 'ORGANISER');
    expect(await nameFor(organiser)).toBeTruthy();
    expect((await alone.stranger.ask(VIEW, { id: event.event }))['event']).toBeNull();
  });

  test('and nothing at all where it is switched off', async () => {
    await using off = await openWorld({
      environment: { RESPONSE_CACHE_BYTES: '0' },
      databaseUrl: alone.databaseUrl,
    });
    await off.stranger.ask(VIEW, { id: event.event });
    await rename(off, event.id, 'Another name');
    expect((await off.stranger.ask(VIEW, { id: event.event }))['event'].name).toBe('Another name');
  });
});

describe('what changes in the catalogue leaves the cache', () => {
  /** Wait until the feed says what has changed. */
  const evicted = (before: number) =>
    eventually('it left the cache', async () => (await count(whole, 'evicted')) > before);

  async function kept(query: string, variables: object): Promise<void> {
    await eventually(
      'it is kept',
      async () => (await whole.stranger.send(query, variables)).headers.get('age') !== null,
    );
  }

  beforeEach(async () => {
    event = await eventOnSale(whole.platform, { seats: 40 });
  });

  test('an Event that its organiser changes', async () => {
    const organiser = await whole.as(ORGANISER, 'ORGANISER');
    await kept(VIEW, { id: event.event });
    const before = await count(whole, 'evicted');
    await organiser.mutate('updateEvent', { id: event.event, event: { name: 'Changed' } });
    await evicted(before);
    expect((await whole.stranger.ask(VIEW, { id: event.event }))['event'].name).toBe('Changed');
  });

  test('an Event that is withdrawn', async () => {
    await kept(VIEW, { id: event.event });
    const before = await count(whole, 'evicted');
    await whole.platform.db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, event.id));
    await evicted(before);
    expect((await whole.stranger.ask(VIEW, { id: event.event }))['event']).toBeNull();
  });

  test('whatever its Venue is part of', async () => {
    const [row] = await whole.platform.db.select().from(events).where(eq(events.id, event.id));
    const venue = encodeId('Venue', row!.venueId!);
    const admin = await whole.as('admin', 'ADMIN');
    await kept(VIEW, { id: event.event });
    const before = await count(whole, 'evicted');
    const answer = await admin.mutate('updateVenue', { id: venue, venue: { name: 'Changed House' } });
    expect(answer.__typename).toBe('VenueUpdated');
    await evicted(before);
    expect((await whole.stranger.ask(VIEW, { id: event.event }))['event'].venue.name).toBe('Changed House');
  });

  test('and nothing else does', async () => {
    const other = await eventOnSale(whole.platform, { seats: 40 });
    await kept(VIEW, { id: event.event });
    await kept(VIEW, { id: other.event });
    const before = await count(whole, 'evicted');
    await rename(whole, event.id, 'Changed');
    await evicted(before);
    expect((await whole.stranger.send(VIEW, { id: other.event })).headers.get('age')).not.toBeNull();
  });
});

describe('a seat map', () => {
  const MAP = 'query ($id: ID!) { seatMap(event: $id) { sequence stale sections { statuses } } }';
  const map = async () => (await whole.stranger.send(MAP, { id: event.event })) as any;
  const isKept = async () => (await map()).headers.get('age') !== null;

  beforeEach(async () => {
    event = await eventOnSale(whole.platform, { seats: 40 });
    await eventually('the feed has begun', async () => (await map()).data.seatMap.stale === false);
  });

  test('that nobody follows here is read each time: nothing would tell that it has changed', async () => {
    for (let time = 0; time < 3; time++) expect(await isKept()).toBe(false);
  });

  test('that is followed is kept until it changes', async () => {
    const following = followSeatMap({ url: whole.url, event: event.event });
    try {
      expect((await following.next()).done).toBe(false);
      await eventually('it is kept', isKept);
      const [buyer] = await buyers(whole, 1, 'mapped');
      await reserved(buyer!.client, event.event, { places: [3, 4] });
      while ((await following.next()).value?.statuses[3] !== 'R'.charCodeAt(0));
      const { seatMap } = (await map()).data;
      expect(seatMap.sections[0].statuses.slice(0, 6)).toBe('AAARRA');
    } finally {
      await following.return?.(undefined);
    }
  });
});

test('while Postgres is away, an old answer is served where there is one', async () => {
  await using relay = await openRelay(alone.databaseUrl);
  const through = new URL(alone.databaseUrl);
  through.port = new URL(relay.url).port;
  await using world = await openWorld({ databaseUrl: through.href, environment: KEEPING });
  const ask = () => world.stranger.send(VIEW, { id: event.event });
  const first = await ask();
  relay.refuse(true);
  relay.cut();
  advance(60_000);
  try {
    const old = await ask();
    expect(old.data).toEqual(first.data);
    expect(old.errors).toEqual([]);
    expect(old).toMatchObject({ status: 200 });
    expect(old.headers.get('cache-control')).toBe('max-age=10, public'); // over, and so nobody keeps it
    expect(Number(old.headers.get('age'))).toBeGreaterThanOrEqual(60);

    const other = await world.stranger.send('query ($id: ID!) { event(id: $id) { id } }', {
      id: event.event,
    });
    expect(other.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    advance(11 * 60_000);
    expect((await ask()).errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  } finally {
    vi.useRealTimers();
  }
});

test('a crowd that asks for the same at once is answered from one execution', async () => {
  const executions = async () => {
    const { values } = await alone.platform.metrics.operationSeconds.get();
    return values.find(
      ({ metricName, labels }) => metricName?.endsWith('_count') && labels['field'] === 'event',
    )!.value;
  };
  await alone.stranger.ask(VIEW, { id: event.event });
  // the feed of this database is nobody's; say by hand what it would say
  const { redis } = alone.platform;
  const before = await executions();
  await redis.connection!.spublish(catalogChannels(redis.prefix)[0]!, `Event:${event.id}`);
  await eventually('it left the cache', async () => (await count(alone, 'evicted')) > 0);
  const names = await Promise.all(Array.from({ length: 50 }, () => nameFor(alone.stranger)));
  expect(new Set(names).size).toBe(1);
  expect((await executions()) - before).toBe(1);
});
