import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { refreshStock } from '../../src/booking/index.ts';
import { encodeId } from '../../src/platform/ids.ts';
import { inDays, seedEvent, seedOnSale, seedPlan, seedVenue } from '../catalog/seed.ts';
import { eventOnSale } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
let ids: { hall: string; arena: string };
/** The month of the Events, in their zone. */
let month: string;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const at = (day: number) => new Date(Date.UTC(new Date().getUTCFullYear() + 1, 5, day, 12));
  month = at(1).toISOString().slice(0, 7);
  const hall = await seedVenue(db, { name: 'Tonhalle', city: 'Zürich', countryCode: 'CH' });
  const arena = await seedVenue(db, { name: 'Arena', city: 'Berlin' });
  ids = { hall: encodeId('Venue', hall), arena: encodeId('Venue', arena) };
  await seedEvent(db, 'Rock in Berlin', { venueId: arena, genre: 'Rock', startsAt: at(3) });
  await seedEvent(db, 'Rock in Zurich', { venueId: hall, genre: 'Rock', startsAt: at(4) });
  await seedEvent(db, 'Rock at midnight', {
    ...{ venueId: hall, genre: 'Rock', category: 'party' },
    startsAt: new Date(at(30).getTime() + 10.5 * 60 * 60 * 1_000), // 22:30 UTC: July in Berlin
  });
  await seedEvent(db, 'Strings', { venueId: hall, genre: 'Classical', startsAt: at(5) });
  await seedEvent(db, 'Derby', { venueId: arena, category: 'sports', startsAt: at(7) });
  const plan = await seedPlan(db, arena);
  const sale = (...amounts: number[]) => ({ seatingPlanId: plan, currency: 'EUR', amounts });
  await seedOnSale(db, 'Ten or ninety', sale(1_000, 9_000), { category: 'priced', startsAt: at(8) });
  await seedOnSale(db, 'Twenty', sale(2_000), { category: 'priced', startsAt: at(9) });
  await seedOnSale(db, 'Free', sale(0), { category: 'priced', startsAt: at(10) });
});
afterAll(() => world[Symbol.asyncDispose]());

const FACET = '{ value id country count }';
const FACETS: Record<string, string> = {
  ...Object.fromEntries(
    ['categories', 'genres', 'cities', 'countries', 'venues', 'months'].map((name) => [name, FACET]),
  ),
  prices: '{ min max count }',
  availability: '{ onSale available accessible }',
};

async function facetsOf(input: object, ...names: string[]): Promise<Record<string, any>> {
  const selection = names.map((name) => `${name} ${FACETS[name]}`).join(' ');
  const { searchEvents } = await world.stranger.ask(
    `query ($input: SearchEventsInput!) { searchEvents(input: $input, first: 1) { facets { ${selection} } } }`,
    { input },
  );
  return searchEvents.facets;
}

/** A facet as pairs of value and count. */
const counts = async (input: object, name: string): Promise<[string, number][]> =>
  (await facetsOf(input, name))[name].map(({ value, count }: { value: string; count: number }) => [
    value,
    count,
  ]);

describe('facets', () => {
  test('count every hit of the list, whatever the size of its page', async () => {
    expect(await facetsOf({ term: 'rock' }, 'categories', 'genres', 'cities', 'countries', 'venues')).toEqual(
      {
        categories: [
          { value: 'concert', id: null, country: null, count: 2 },
          { value: 'party', id: null, country: null, count: 1 },
        ],
        genres: [{ value: 'Rock', id: null, country: null, count: 3 }],
        cities: [
          { value: 'Zürich', id: null, country: 'CH', count: 2 },
          { value: 'Berlin', id: null, country: 'DE', count: 1 },
        ],
        countries: [
          { value: 'CH', id: null, country: null, count: 2 },
          { value: 'DE', id: null, country: null, count: 1 },
        ],
        venues: [
          { value: 'Tonhalle', id: ids.hall, country: null, count: 2 },
          { value: 'Arena', id: ids.arena, country: null, count: 1 },
        ],
      },
    );
  });

  test('leave out their own filter, and keep all others', async () => {
    expect(await counts({ term: 'rock', city: 'Berlin' }, 'cities')).toEqual([
      ['Zürich', 2],
      ['Berlin', 1],
    ]);
    const filtered = { genre: 'Rock', venue: ids.hall, category: 'party' };
    expect(await facetsOf(filtered, 'categories', 'genres', 'venues')).toMatchObject({
      categories: [
        { value: 'concert', count: 1 },
        { value: 'party', count: 1 },
      ],
      genres: [{ value: 'Rock', count: 1 }],
      venues: [{ value: 'Tonhalle', count: 1 }],
    });
    expect(await counts({ categories: ['party', 'sports'], country: 'DE' }, 'countries')).toEqual([
      ['CH', 1],
      ['DE', 1],
    ]);
  });

  test('count months of the zone of each Event', async () => {
    const july = month.replace('-06', '-07');
    expect(await counts({ term: 'rock' }, 'months')).toEqual([
      [month, 2],
      [july, 1],
    ]);
    expect(await counts({ term: 'rock', days: { from: `${july}-01` } }, 'months')).toHaveLength(2);
    const term = `rock in june ${month.slice(0, 4)}`; // holds whatever month is chosen
    for (const days of [null, { from: `${july}-01` }])
      expect(await counts({ term, days }, 'months')).toEqual([[month, 2]]);
    await seedEvent(world.platform.db, 'Exhibition', {
      ...{ category: 'running', startsAt: inDays(-90), endsAt: inDays(90), timezone: 'UTC' },
    });
    expect(await counts({ category: 'running' }, 'months')).toEqual([
      [new Date().toISOString().slice(0, 7), 1],
    ]);
  });

  test('count prices as the filter finds them', async () => {
    const { prices } = await facetsOf({ category: 'priced' }, 'prices');
    expect(prices).toEqual([
      { min: 0, max: 0, count: 1 },
      { min: 1, max: 20, count: 2 },
      { min: 20, max: 50, count: 1 },
      { min: 50, max: 100, count: 1 },
    ]);
    for (const { min, max, count } of prices) {
      const { searchEvents } = await world.stranger.ask(
        `{ searchEvents(input: { category: "priced", price: { min: ${min}, max: ${max} } }) { totalCount } }`,
      );
      expect(searchEvents.totalCount).toBe(count);
    }
    expect((await facetsOf({ category: 'priced', price: { max: 0 } }, 'prices')).prices).toEqual(prices);
  });

  test('count what is on sale, available and accessible', async () => {
    const { platform } = world;
    await eventOnSale(platform, { seats: 2 }, { category: 'stock' });
    const area = await eventOnSale(platform, { areas: [{ key: 'a', places: 1 }] }, { category: 'stock' });
    const sold = await eventOnSale(platform, { seats: 1 }, { category: 'stock' });
    await platform.sql`update tickets set status = 'BLOCKED' where event_id = ${sold.id}`;
    for (const { id } of [area, sold]) await refreshStock(platform, id);
    const availability = { onSale: 3, available: 2, accessible: 1 };
    expect(await facetsOf({ category: 'stock' }, 'availability')).toEqual({ availability });
    expect(await facetsOf({ category: 'stock', available: true }, 'availability')).toEqual({ availability });
  });

  test('of lists with hits that lack words count those, too', async () => {
    expect(await counts({ term: 'rock derby' }, 'genres')).toEqual([['Rock', 3]]);
    expect(await counts({ term: 'rokc' }, 'genres')).toEqual([['Rock', 3]]);
    expect(await counts({ term: 'nothingatall' }, 'genres')).toEqual([]);
    expect((await facetsOf({ categories: [] }, 'genres', 'prices'))['genres']).toEqual([]);
  });
});
