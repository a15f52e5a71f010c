import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fillDocuments } from '../../src/catalog/index.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { search as searchIn, type Found } from './fixture.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const olympia = await seedVenue(db, { name: 'Olympiahalle', city: 'München' });
  const ullevi = await seedVenue(db, { name: 'Ullevi', city: 'Göteborg', countryCode: 'SE' });
  const fire = await seedPerformer(db, 'Chicago Fire');
  const at = (days: number) => ({ startsAt: inDays(days) });
  await seedEvent(db, 'New York Philharmonic: Stravinsky', {
    ...at(9),
    description: 'Programme: Igor Stravinsky – The Firebird, Suite',
    genre: 'Classical',
  });
  await seedEvent(db, 'New York Philharmonic: Rimsky-Korsakov', {
    ...at(8),
    description: 'Programme: Nikolai Rimsky-Korsakov – Scheherazade, Op. 35',
    genre: 'Classical',
  });
  await seedEvent(db, 'Chicago Fire vs Seattle', { ...at(1), category: 'sports' }, [fire]);
  await seedEvent(db, 'Metallica', { ...at(3), venueId: olympia, genre: 'Rock' });
  await seedEvent(db, 'Håkan Hellström', { ...at(4), venueId: ullevi });
  await seedEvent(db, '東京フィルハーモニー', at(5));
  await seedEvent(db, 'Gershwin', { ...at(30), series: 'Family Matinees' });
  await seedEvent(db, 'Evening of a kind', { ...at(20), genre: 'Gershwin' });
  await seedEvent(db, 'Evening described', { ...at(10), description: 'with music by Gershwin' });
  await seedEvent(db, 'Evening with names', at(40), [await seedPerformer(db, 'Gershwin')]);
  await seedEvent(db, 'Songs by Gershwin', at(50));
});
afterAll(() => world[Symbol.asyncDispose]());

const search = (term: string): Promise<Found> => searchIn(world, { term });
const find = async (term: string) =>
  (await search(term)).edges.map(({ node, matched, correctedTo }) => [node.name, matched, correctedTo]);

describe('an Event is found by', () => {
  test.each([
    ['its description', 'firebird', 'New York Philharmonic: Stravinsky'],
    ['two fields', 'firebird philharmonic', 'New York Philharmonic: Stravinsky'],
    ['its genre and its name', 'classical rimsky', 'New York Philharmonic: Rimsky-Korsakov'],
    ['its category', 'sports chicago', 'Chicago Fire vs Seattle'],
    ['another spelling of its city', 'metallica munich', 'Metallica'],
    ['a transcription of its city', 'muenchen', 'Metallica'],
    ['its city in English', 'gothenburg', 'Håkan Hellström'],
    ['a part of a name without spaces', 'フィルハーモニー', '東京フィルハーモニー'],
    ['the beginning of a name without spaces', '東', '東京フィルハーモニー'],
    ['the singular of a plural', 'matinee gershwin', 'Gershwin'],
  ])('%s: %s', async (_by, term, name) => {
    expect((await find(term))[0]).toEqual([name, 'EXACT', null]);
  });

  test('a name whose misspelling is in a description', async () => {
    const { db } = world.platform;
    await seedEvent(db, 'Melodious Thunk', { description: 'Fans of Metalicca and others' });
    expect((await find('metalicca munich')).slice(0, 1)).toEqual([
      ['Metallica', 'CORRECTED', 'metallica munich'],
    ]);
  });

  test('a word of a description with two slips', async () => {
    expect((await find('sheherazada'))[0]).toEqual([
      ...['New York Philharmonic: Rimsky-Korsakov', 'CORRECTED', 'scheherazade'],
    ]);
  });
});

test('a word that only descriptions have is not taken for a misspelt name', async () => {
  expect(await find('firebird')).toEqual([['New York Philharmonic: Stravinsky', 'EXACT', null]]);
});

test('the name ranks before the names around it, these before kinds, the description last', async () => {
  const { edges } = await search('gershwin');
  const scores = edges.map(({ score }) => score);
  expect(edges.map(({ node }) => node.name)).toEqual([
    ...['Gershwin', 'Songs by Gershwin', 'Evening with names', 'Evening of a kind', 'Evening described'],
  ]);
  expect(scores).toEqual([...new Set(scores)].toSorted((a, b) => b - a));
});

test('a name that ends within the term does not begin with it, whatever names follow', async () => {
  const { db } = world.platform;
  await seedEvent(db, 'Lakes meet Rivers', { startsAt: inDays(55) });
  const rivers = await seedPerformer(db, 'Rivers');
  await seedEvent(db, '(Rivers) vs Lakes', { startsAt: inDays(60) }, [rivers]);
  const names = async (term: string) => (await find(term)).map(([name]) => name);
  expect(await names('rivers vs lakes riv')).toEqual(['Lakes meet Rivers', '(Rivers) vs Lakes']);
  expect(await names('rivers vs lak')).toEqual(['(Rivers) vs Lakes', 'Lakes meet Rivers']);
});

describe('an Event that an earlier version wrote', () => {
  const documentOf = async (id: string) => {
    const { rows } = await world.platform.db.execute<{ document: string | null }>(
      sql`select search_document::text as document from events where id = ${id}`,
    );
    return rows[0]!.document;
  };

  test('is found by what that wrote, and by all once the worker has written its document', async () => {
    const { db } = world.platform;
    const columns = { description: 'Zyzzyva', city: 'Wrocław', countryCode: 'PL' };
    const id = await seedEvent(db, 'Quuxband Live', columns);
    await db.execute(sql`update events set search_document = null where id = ${id}`);
    expect((await find('quuxband wroclaw'))[0]).toEqual(['Quuxband Live', 'EXACT', null]);
    expect(await find('in breslau zyzzyva')).toEqual([]);

    expect(await fillDocuments(world.platform)).toBe(1);
    expect(await fillDocuments(world.platform)).toBe(0);
    expect((await find('quuxband zyzzyva breslau'))[0]).toEqual(['Quuxband Live', 'EXACT', null]);
  });

  test('is without a document once that changed what it is made of', async () => {
    const { db } = world.platform;
    const id = await seedEvent(db, 'Renamed Later');
    const document = await documentOf(id);
    await db.execute(sql`update events set status = 'CANCELLED', updated_at = now() where id = ${id}`);
    expect(await documentOf(id)).toBe(document);
    for (const change of [
      sql`search_text = 'other words'`,
      sql`description = 'other'`,
      sql`category = 'other'`,
    ]) {
      await db.execute(sql`update events set ${change} where id = ${id}`);
      expect(await documentOf(id)).toBeNull();
      expect(await fillDocuments(world.platform)).toBe(1);
      expect(await documentOf(id)).not.toBeNull();
    }
  });

  test('that has run for days, or is over, is left to no one and alone', async () => {
    const { db } = world.platform;
    const running = await seedEvent(db, 'Exhibition', { startsAt: inDays(-20), endsAt: inDays(20) });
    const over = await seedEvent(db, 'Gone', { startsAt: inDays(-20) });
    await db.execute(sql`update events set search_document = null where id in (${running}, ${over})`);
    expect((await find('exhibition'))[0]).toEqual(['Exhibition', 'EXACT', null]);
    expect(await fillDocuments(world.platform)).toBe(1);
    expect(await documentOf(running)).not.toBeNull();
    expect(await documentOf(over)).toBeNull();
  });
});
