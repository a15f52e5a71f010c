import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { refreshSearchText } from '../../../src/catalog/index.ts';
import { eventPerformers, events, performers, venues } from '../../../src/catalog/tables.ts';
import { encodeId, newId } from '../../../src/platform/ids.ts';
import { fold } from '../../../src/platform/text/fold.ts';
import { splitWords } from '../../../src/platform/text/words.ts';
import { openWorld, type World } from '../../support/world.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from '../seed.ts';

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

describe('the search text of an Event', () => {
  test('contains the words of its name, lineup, Venue, city, series and genre, folded', async () => {
    const { db } = world.platform;
    const venueId = await seedVenue(db, {
      name: 'L’Olympia',
      aliases: ['Bruno-Coquatrix'],
      city: 'Paris',
      countryCode: 'FR',
    });
    const lineup = [await seedPerformer(db, 'AC/DC'), await seedPerformer(db, 'Sigur Rós')];
    const id = await seedEvent(
      db,
      '«L’été» – [Dvořák] & Straße_2!',
      { venueId, series: 'Saison №5', genre: 'Électro' },
      lineup,
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

  test('uses the Event’s own city and coordinates if it has no Venue', async () => {
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

    expect((await read(id)).searchText).toBe(splitWords(fold(name)).join(' '));
  });

  test('is refreshed for the Events in scope only, and written only where it changes', async () => {
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

  test('is right when a Venue or Performer is renamed while an Event that refers to them is created', async () => {
    const { db } = world.platform;
    const olga = await world.as('olga', 'ORGANISER');
    const own = { organiserId: 'olga' };
    const venueId = await seedVenue(db, { name: 'Old Hall', ...own });
    const band = await seedPerformer(db, 'Old Band', own);
    const renames: (() => Promise<unknown>)[] = [
      () => olga.mutate('updateVenue', { id: encodeId('Venue', venueId), venue: { name: 'New Hall' } }),
      () =>
        olga.mutate('updatePerformer', { id: encodeId('Performer', band), performer: { name: 'New Band' } }),
    ];

    const id = newId();
    const renamed: Promise<unknown>[] = [];
    await db.transaction(async (tx) => {
      const columns = {
        name: 'Made',
        folded: 'made',
        category: 'concert',
        timezone: 'UTC',
        startsAt: inDays(1),
      };
      await tx.insert(events).values({ id, venueId, ...columns });
      await tx.insert(eventPerformers).values({ eventId: id, performerId: band, position: 0 });
      await refreshSearchText(tx, [id]);
      let done = 0;
      for (const rename of renames) renamed.push(rename().then(() => done++));
      // neither rename sees the uncommitted Event: each must wait for its commit, or it keeps the old name
      while ((await countWaiting()) + done < renames.length);
    });
    await Promise.all(renamed);

    expect((await read(id)).searchText).toBe('made new band new hall berlin berlin');
  });
});

/** Number of sessions that wait for a lock. */
async function countWaiting(): Promise<number> {
  const [row] = await world.platform.sql`
    select count(*)::int as sessions from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row!['sessions'];
}
