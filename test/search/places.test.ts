import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { encodeId } from '../../src/platform/ids.ts';
import { inDays, seedEvent, seedOnSale, seedPerformer, seedPlan, seedVenue } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { refusedArguments, search } from './fixture.ts';

let world: World;
let ids: { hall: string; arena: string; band: string; quartet: string };
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const hall = await seedVenue(db, { name: 'Tonhalle', city: 'Zürich', countryCode: 'CH' });
  const arena = await seedVenue(db, { name: 'Arena', city: 'Berlin' });
  const [band, quartet] = [await seedPerformer(db, 'The Band'), await seedPerformer(db, 'Quartet')];
  await seedEvent(db, 'Rock in Berlin', { venueId: arena, genre: 'Rock', startsAt: inDays(3) }, [band]);
  await seedEvent(db, 'Rock in Zurich', { venueId: hall, genre: 'Rock', startsAt: inDays(4) }, [band]);
  await seedEvent(db, 'Strings', { venueId: hall, genre: 'Classical', startsAt: inDays(5) }, [quartet]);
  await seedEvent(db, 'Both', { venueId: hall, category: 'gala', startsAt: inDays(6) }, [quartet, band]);
  await seedEvent(db, 'Derby', { venueId: arena, category: 'sports', startsAt: inDays(7) });
  await seedEvent(db, 'Long ago', { venueId: hall, startsAt: inDays(-50) }, [band]);
  const ofSale = (currency: string, ...amounts: number[]) => ({ seatingPlanId: plan, currency, amounts });
  const plan = await seedPlan(db, arena);
  const sale = { category: 'sale', venueId: arena };
  await seedOnSale(db, 'Ten francs', ofSale('CHF', 1_000, 9_000), { ...sale, startsAt: inDays(31) });
  await seedOnSale(db, 'Forty euros', ofSale('EUR', 4_000), { ...sale, startsAt: inDays(32) });
  await seedOnSale(db, 'Thirty yen', ofSale('JPY', 30), { ...sale, startsAt: inDays(33) });
  await seedOnSale(db, 'Four dinars', ofSale('KWD', 4_500), { ...sale, startsAt: inDays(34) });
  await seedOnSale(db, 'Free', ofSale('EUR', 0), { ...sale, startsAt: inDays(35) });
  await seedEvent(db, 'Without a price', { ...sale, startsAt: inDays(30) });
  await seedEvent(db, 'Later without a price', { ...sale, startsAt: inDays(36) });
  ids = {
    hall: encodeId('Venue', hall),
    arena: encodeId('Venue', arena),
    band: encodeId('Performer', band),
    quartet: encodeId('Performer', quartet),
  };
});
afterAll(() => world[Symbol.asyncDispose]());

const find = async (input: object) => (await search(world, input)).nodes.map(({ name }) => name);

describe('a search', () => {
  test('narrows by city, with or without accents, and by country', async () => {
    const zurich = ['Rock in Zurich', 'Strings', 'Both'];
    for (const city of ['Zürich', 'zurich', ' ZURICH ']) expect(await find({ city })).toEqual(zurich);
    expect(await find({ country: 'CH' })).toEqual(zurich);
    expect(await find({ country: 'ch' })).toEqual(zurich);
    expect(await find({ city: 'Zürich', country: 'DE' })).toEqual([]);
    expect(await find({ city: '' })).toEqual([]);
  });

  test('narrows by Venue and by Performer', async () => {
    expect(await find({ venue: ids.hall })).toEqual(['Rock in Zurich', 'Strings', 'Both']);
    expect(await find({ performer: ids.band })).toEqual(['Rock in Berlin', 'Rock in Zurich', 'Both']);
    expect(await find({ performer: ids.band, venue: ids.hall, term: 'rock' })).toEqual(['Rock in Zurich']);
    expect(await find({ venue: encodeId('Venue', crypto.randomUUID()) })).toEqual([]);
  });

  test('takes any of several categories and genres, within the single one', async () => {
    expect(await find({ categories: ['sports', 'gala'] })).toEqual(['Both', 'Derby']);
    expect(await find({ genres: ['Classical', 'Rock', 'Rock'] })).toEqual([
      ...['Rock in Berlin', 'Rock in Zurich', 'Strings'],
    ]);
    expect(await find({ category: 'gala', categories: ['sports', 'gala'] })).toEqual(['Both']);
    expect(await find({ category: 'gala', categories: ['sports'] })).toEqual([]);
    expect(await find({ categories: [] })).toEqual([]);
  });

  test('compares prices of any currency in its main unit', async () => {
    const price = (range: object) => find({ category: 'sale', price: range });
    expect(await price({ max: 5 })).toEqual(['Four dinars', 'Free']);
    expect(await price({ min: 5, max: 30 })).toEqual(['Ten francs', 'Thirty yen']);
    expect(await price({ min: 40, max: 40 })).toEqual(['Forty euros']);
    expect(await price({ max: 0 })).toEqual(['Free']);
    expect(await price({})).toEqual(['Ten francs', 'Forty euros', 'Thirty yen', 'Four dinars', 'Free']);
    expect(await price({ currency: 'CHF', max: 1_000 })).toEqual(['Ten francs']);
  });

  test('sorts by price, lowest first, without a price last, each once over pages', async () => {
    const byPrice = ['Free', 'Four dinars', 'Ten francs', 'Thirty yen', 'Forty euros'];
    const all = [...byPrice, 'Without a price', 'Later without a price'];
    const input = { category: 'sale', sort: 'PRICE' };
    expect(await find(input)).toEqual(all);
    for (const first of [1, 2, 3]) {
      const names: string[] = [];
      for (let after: string | null = null; ;) {
        const page = await search(world, input, { first, after });
        names.push(...page.nodes.map(({ name }) => name));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(names).toEqual(all);
    }
  });
});

test.each<[object, string]>([
  [{ city: 'x'.repeat(101) }, 'input.city'],
  [{ country: 'D' }, 'input.country'],
  [{ country: 'XX' }, 'input.country'],
  [{ country: 'GERMANY' }, 'input.country'],
  [{ venue: 'ven_1' }, 'input.venue'],
  [{ venue: encodeId('Performer', crypto.randomUUID()) }, 'input.venue'],
  [{ performer: encodeId('Venue', crypto.randomUUID()) }, 'input.performer'],
  [{ categories: ['x'.repeat(51)] }, 'input.categories.0'],
  [{ categories: Array.from({ length: 51 }, (_, at) => `c${at}`) }, 'input.categories'],
  [{ genres: ['Rock', 'x'.repeat(101)] }, 'input.genres.1'],
  [{ price: { min: -1 } }, 'input.price.min'],
  [{ price: { min: 2, max: 1 } }, 'input.price.max'],
  [{ days: { from: '2026-02-30' } }, 'input.days.from'],
  [{ days: { from: '26-02-03' } }, 'input.days.from'],
  [{ days: { from: '1899-12-31' } }, 'input.days.from'],
  [{ days: { from: '9999-01-01' } }, 'input.days.from'],
  [{ days: { from: '2026-12-31T20:00' } }, 'input.days.from'],
  [{ days: { from: '2026-12-31', to: '2026-12-30' } }, 'input.days.to'],
  [{ days: { from: '2026-12-31', to: 'x' } }, 'input.days.to'],
  [{ timezone: 'Europe/Nowhere' }, 'input.timezone'],
  [{ timezone: '+02:00' }, 'input.timezone'],
  [{ timezone: '' }, 'input.timezone'],
])('%j is refused with its field', async (input, argument) => {
  expect(await refusedArguments(world, { input })).toEqual([['BAD_USER_INPUT', argument]]);
});
