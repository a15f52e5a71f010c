import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inDays } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { search as searchIn, seedSearchable, type Found } from './fixture.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await seedSearchable(world.platform.db);
});
afterAll(() => world[Symbol.asyncDispose]());

const search = (input: object, page: object = {}): Promise<Found> => searchIn(world, input, page);
const find = async (input: object): Promise<string[]> => (await search(input)).nodes.map(({ name }) => name);

describe('near', () => {
  const berlin = { latitude: 52.52, longitude: 13.4 };

  test('finds Events in the circle, with their distance', async () => {
    const { edges } = await search({ near: { ...berlin, radiusKm: 5 }, term: 'philharmonie' });

    expect(edges.map(({ node, distanceKm }) => [node.name, distanceKm])).toEqual([
      ['A night with Beyoncé songs', expect.closeTo(2.31, 2)],
      ['Dvořák, Smetana', expect.closeTo(2.31, 2)],
    ]);
    expect(await find({ near: { ...berlin, radiusKm: 2.3 }, term: 'philharmonie' })).toEqual([]);
  });

  test('sorts by distance, then by start', async () => {
    const input = { near: { ...berlin, radiusKm: 1_000 }, category: 'concert', sort: 'DISTANCE' };
    const { edges } = await search(input);

    expect(edges.map(({ node }) => node.name)).toEqual([
      ...[
        'A night with Beyoncé songs',
        'Dvořák, Smetana',
        'Renaissance Tour',
        'Metallica',
        'AC/DC: Power Up',
      ],
    ]);
    const distances = edges.map(({ distanceKm }) => distanceKm!);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  test('crosses the date line', async () => {
    const near = { latitude: -16, longitude: 179.9, radiusKm: 1_000 };

    expect(await find({ near })).toEqual(['Fiji vs Samoa', 'Samoa vs Fiji']);
    expect(await find({ near: { ...near, longitude: -179.9 } })).toEqual(['Fiji vs Samoa', 'Samoa vs Fiji']);
  });

  test('defaults to 50 km; no distance without `near`', async () => {
    expect(await find({ near: berlin, genre: 'Classical' })).toEqual(['Dvořák, Smetana']);
    expect((await search({ genre: 'Classical' })).edges[0]).toMatchObject({ distanceKm: null, score: 1 });
  });
});

describe('the other filters', () => {
  test('narrow by category, genre and dates', async () => {
    expect(await find({ category: 'talk' })).toEqual(['Beyoncé in Conversation']);
    expect(await find({ genre: 'Rock' })).toEqual(['Metallica', 'AC/DC: Power Up']);
    expect(await find({ genre: 'Ro\u0000ck' })).toEqual([]);
    const week = { from: inDays(4), before: inDays(7) };
    expect(await find({ dates: week })).toEqual([
      ...['A night with Beyoncé songs', 'Renaissance Tour', 'Dvořák, Smetana'],
    ]);
    expect(await find({ dates: week, term: 'beyonce' })).toEqual([
      ...['A night with Beyoncé songs', 'Renaissance Tour'],
    ]);
  });

  test('find tickets at a price, not prices around it', async () => {
    const price = (span: object) => find({ category: 'sale', price: { currency: 'EUR', ...span } });

    expect(await price({ min: 3_000, max: 5_000 })).toEqual(['Middling', 'Not yet', 'No more']);
    expect(await price({ max: 1_000 })).toEqual(['Cheap and dear']);
    expect(await price({ min: 9_000 })).toEqual(['Cheap and dear']);
    expect(await price({ min: 9_001 })).toEqual([]);
    expect(await price({})).toEqual(['Cheap and dear', 'Middling', 'Not yet', 'No more']);
    expect(await price({ currency: 'USD', min: 4_000, max: 4_000 })).toEqual(['In dollars']);
    expect(await price({ currency: 'usd', min: 4_000, max: 4_000 })).toEqual(['In dollars']);
    expect(await price({ currency: 'JPY' })).toEqual([]);
  });

  test('find Events on sale now', async () => {
    expect(await find({ onSale: true })).toEqual(['Cheap and dear', 'Middling', 'In dollars']);
    expect(await find({ onSale: false, category: 'sale' })).toHaveLength(5);
  });
});

describe('the order', () => {
  test('is by start where that is asked for, or there is no term', async () => {
    const byDate = ['Beyoncé in Conversation', 'A night with Beyoncé songs', 'Renaissance Tour', 'Beyoncé'];
    expect(await find({ term: 'beyonce', sort: 'DATE' })).toEqual(byDate);
    const all = (await search({}, { first: 100 })).edges;
    expect(all.slice(0, 3).map(({ node }) => node.name)).toEqual(byDate.slice(0, 3));
  });
});
