import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { events, venues } from '../../../src/catalog/index.ts';
import { eventPerformers, performers } from '../../../src/catalog/tables.ts';
import { newId } from '../../../src/platform/ids.ts';
import { drawVersion } from '../../../src/search/documents/draw-version.ts';
import { MAX_EVENTS_PER_READ, readDocuments } from '../../../src/search/documents/read-documents.ts';
import { draftEvent, eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let event: SeededEvent;

beforeAll(async () => {
  world = await openWorld();
  event = await eventOnSale(
    world.platform,
    { seats: 40, prices: [2_000, 5_000] },
    {
      name: 'Tosca – live!',
      folded: 'tosca - live!',
      description: 'Opéra en trois actes.',
      series: 'Opening Nights',
      genre: 'Opera, Classical',
      city: 'Berlin',
      foldedCity: 'berlin',
      countryCode: 'DE',
      latitude: 52.5,
      longitude: 13.4,
      startsAt: new Date('2026-12-31T22:30:00Z'),
    },
  );
  const performerId = newId();
  const row = { id: performerId, name: 'Ana Ríos', kind: 'person', folded: 'ana rios' };
  await world.platform.db.insert(performers).values(row);
  await world.platform.db.insert(eventPerformers).values({ eventId: event.id, performerId, position: 0 });
});
afterAll(() => world[Symbol.asyncDispose]());

const documentOf = async (id: string) =>
  (await readDocuments(world.platform.db, [id])).documents[0]!.document;

test('a document has texts, times, place, prices and sale of its Event', async () => {
  const { db } = world.platform;
  const { venueId } = (await db.select().from(events).where(eq(events.id, event.id)))[0]!;
  expect(await documentOf(event.id)).toEqual({
    id: event.id,
    name: 'tosca live',
    names: expect.stringMatching(/^ana rios the house berlin berlin /) as string,
    kinds: 'concert opera classical opening nights',
    description: 'opera en trois actes',
    foldedName: 'tosca - live!',
    startsAt: '2026-12-31T22:30:00.000Z',
    endsAt: '2027-01-01T01:30:00.000Z',
    startsAtLocal: '2026-12-31T23:30:00',
    endsAtLocal: '2027-01-01T02:30:00',
    startsOn: '2026-12-31',
    endsOn: '2027-01-01',
    timezone: 'Europe/Berlin',
    location: { lat: 52.5, lon: 13.4 },
    city: 'berlin',
    country: 'DE',
    venueId,
    performerIds: [expect.any(String)],
    category: 'concert',
    genres: ['Opera, Classical'],
    status: 'ON_SALE',
    currency: 'EUR',
    lowestPrice: 2_000,
    highestPrice: 5_000,
    prices: [2_000, 5_000],
    lowestMajorPrice: 20,
    saleStartsAt: null,
    saleEndsAt: '2026-12-31T22:30:00.000Z',
    availability: 'MANY',
    lowestAvailablePrice: 2_000,
    accessible: true,
    popularity: 0,
  });
});

test('while its sale is paused, an Event has no end of the sale, by which it would be on sale', async () => {
  const paused = await eventOnSale(world.platform);
  expect(await documentOf(paused.id)).toMatchObject({ saleEndsAt: expect.any(String) });
  await world.platform.sql`update events set sale_paused_at = now() where id = ${paused.id}`;
  expect(await documentOf(paused.id)).toMatchObject({ status: 'ON_SALE', saleEndsAt: null });
});

test('availability, lowest price and popularity follow the tickets', async () => {
  const { db, sql: rows } = world.platform;
  const sold = await eventOnSale(
    { db, metrics: world.platform.metrics },
    { seats: 40, prices: [2_000, 5_000] },
  );
  const buy = (from: number, to: number) => rows`
    update tickets set status = 'SOLD', reservation_id = gen_random_uuid(), version = version + 1
    where event_id = ${sold.id} and place between ${from} and ${to}`;
  await buy(0, 19); // the first row has the first tier
  expect(await documentOf(sold.id)).toMatchObject({
    ...{ availability: 'SOME', lowestAvailablePrice: 5_000, accessible: false, popularity: 4 },
  });
  await buy(20, 36);
  expect(await documentOf(sold.id)).toMatchObject({ availability: 'FEW' });
  await buy(37, 39);
  expect(await documentOf(sold.id)).toMatchObject({ availability: 'NONE', lowestAvailablePrice: null });
});

test('drafts, Events that do not exist, and Events without a readable start are hidden', async () => {
  const draft = await draftEvent(world.platform);
  const unreadable = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED' });
  await world.platform.sql`update events set starts_at = 'infinity' where id = ${unreadable.id}`;
  const missing = newId();
  for (const id of [draft.id, unreadable.id, missing]) expect(await documentOf(id)).toEqual({ id });
});

test('local times of an unknown zone are those of UTC, as they are shown', async () => {
  const odd = await draftEvent(world.platform, undefined, {
    ...{ status: 'ANNOUNCED', timezone: 'Atlantis/Centre', startsAt: new Date('2026-12-31T22:30:00Z') },
  });
  expect(await documentOf(odd.id)).toMatchObject({
    ...{ startsAtLocal: '2026-12-31T22:30:00', timezone: 'Atlantis/Centre' },
  });
});

test('each draw is later than all before it, by whichever session', async () => {
  const { db } = world.platform;
  for (let round = 0; round < 20; round++) {
    const before = await drawVersion(db);
    const drawn = await Promise.all(Array.from({ length: 8 }, () => drawVersion(db)));
    expect(Math.min(...drawn)).toBeGreaterThan(before);
    expect(new Set(drawn).size).toBe(8);
  }
});

test('a call reads a bounded number of Events', async () => {
  const ids = Array.from({ length: MAX_EVENTS_PER_READ + 1 }, newId);
  await expect(readDocuments(world.platform.db, ids)).rejects.toThrow(RangeError);
  const { documents } = await readDocuments(world.platform.db, ids.slice(1));
  expect(documents).toHaveLength(MAX_EVENTS_PER_READ);
});

test('an Event with a renamed Venue has the new name', async () => {
  const { db } = world.platform;
  const other = await draftEvent(world.platform, undefined, { status: 'ANNOUNCED', organiserId: ORGANISER });
  const { venueId } = (await db.select().from(events).where(eq(events.id, other.id)))[0]!;
  await db
    .update(venues)
    .set({ folded: sql`'opera'` })
    .where(eq(venues.id, venueId!));
  expect(await documentOf(other.id)).toMatchObject({ names: 'opera' });
});
