import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { refreshSearchText } from '../../src/catalog/index.ts';
import { events, performers, venues } from '../../src/catalog/tables.ts';
import { fold } from '../../src/platform/fold.ts';
import { decodeIdOf, encodeId } from '../../src/platform/ids.ts';
import { wordsOf } from '../../src/platform/words.ts';
import { openWorld, type World } from '../support/world.ts';
import { seedEvent, seedPerformer, seedVenue } from './seed.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function read(id: string) {
  const [row] = await world.platform.db.select().from(events).where(eq(events.id, id));
  const { searchText, foldedCity, city, countryCode, latitude, longitude } = row!;
  return { searchText, foldedCity, city, countryCode, latitude, longitude };
}

describe('what an Event is found by', () => {
  test('is its name, bill, Venue, city, series and genre, folded, word by word', async () => {
    const { db } = world.platform;
    const venueId = await seedVenue(db, {
      name: 'L’Olympia',
      aliases: ['Bruno-Coquatrix'],
      city: 'Paris',
      countryCode: 'FR',
    });
    const bill = [await seedPerformer(db, 'AC/DC'), await seedPerformer(db, 'Sigur Rós')];
    const id = await seedEvent(
      db,
      '«L’été» – [Dvořák] & Straße_2!',
      { venueId, series: 'Saison №5', genre: 'Électro' },
      bill,
    );

    expect(await read(id)).toEqual({
      searchText:
        'l ete dvorak strasse 2 ac dc sigur ros l olympia bruno coquatrix paris paris saison no5 electro',
      foldedCity: 'paris',
      city: 'Paris',
      countryCode: 'FR',
      latitude: 52.516,
      longitude: 13.229,
    });
  });

  test('where there is no Venue, its own city counts, and its own point stays', async () => {
    const id = await seedEvent(world.platform.db, 'Match', { city: 'İstanbul', latitude: 41, longitude: 29 });

    expect(await read(id)).toEqual({
      searchText: 'match istanbul',
      foldedCity: 'istanbul',
      city: 'İstanbul',
      countryCode: null,
      latitude: 41,
      longitude: 29,
    });
  });

  test.each([
    ['東京ドーム ライブ'],
    ['Борис Гребенщиков — «Аквариум»'],
    ['ਗੁਰਮੁਖੀ ਸੰਗੀਤ'],
    ['e\u0301te\u0301 \u00b7 Tom\u00a0&\u00a0Jerry \u2014 50% off…'],
    ['[_]\\^`{|}~@:;<=>?/.-,+*()\'&%$#"! x'],
  ])('has the same words here and in the database: %s', async (name) => {
    const id = await seedEvent(world.platform.db, name);

    expect((await read(id)).searchText).toBe(wordsOf(fold(name)).join(' '));
  });

  test('is made anew for the Events in scope alone, and only where it changes', async () => {
    const { db } = world.platform;
    const venueId = await seedVenue(db, { name: 'Scope' });
    const band = await seedPerformer(db, 'Scoped');
    const [here, there] = [
      await seedEvent(db, 'Here', { venueId }, [band]),
      await seedEvent(db, 'There', {}, [band]),
    ];
    const refresh = (scope: Parameters<typeof refreshSearchText>[1]) =>
      db.transaction((tx) => refreshSearchText(tx, scope));
    await db.update(venues).set({ folded: 'renamed' }).where(eq(venues.id, venueId));
    await db.update(performers).set({ folded: 'renamed too' }).where(eq(performers.id, band));

    expect(await refresh([])).toBe(0);
    expect(await refresh([there])).toBe(1);
    expect(await refresh({ venueId })).toBe(1);
    expect(await refresh({ performerId: band })).toBe(0);
    expect(await refresh('all')).toBe(0);
    expect((await read(here)).searchText).toBe('here renamed too renamed berlin');
  });

  test('is right when a Venue is renamed while Events are made there', async () => {
    const olga = await world.as('olga', 'ORGANISER');
    const venueId = await seedVenue(world.platform.db, { name: 'Name 0', organiserId: 'olga' });
    const venue = encodeId('Venue', venueId);
    const create = async (i: number) => {
      const event = { name: `Made ${i}`, category: 'concert', venue, startsAt: '2035-01-01T00:00:00Z' };
      const answer = await olga.mutate('createEvent', { event }, '... on EventCreated { event { id } }');
      return decodeIdOf('Event', answer.event.id)!.id;
    };
    const rename = (i: number) => olga.mutate('updateVenue', { id: venue, venue: { name: `Name ${i}` } });

    const made = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const [id] = await Promise.all([create(i), rename(i)]);
        return id;
      }),
    );

    const [row] = await world.platform.db.select().from(venues).where(eq(venues.id, venueId));
    const texts = await Promise.all(made.map(async (id) => (await read(id)).searchText));
    expect(texts).toEqual(made.map((_, i) => `made ${i} ${fold(row!.name)} berlin berlin`));
  });
});
