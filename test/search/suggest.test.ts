import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openPostgresBrowse, refreshSuggestions, SuggestionRefresher } from '../../src/search/index.ts';
import { inDays, seedEvent, seedPerformer, seedVenue } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { db } = world.platform;
  const taylor = await seedPerformer(db, 'Taylor Swift', { countryCode: 'US' });
  const beethoven = await seedPerformer(db, 'Beethoven Orchestra');
  const idle = await seedPerformer(db, 'Tailors without Events');
  const garden = await seedVenue(db, {
    ...{ name: 'Madison Square Garden', aliases: ['MSG'], city: 'New York', countryCode: 'US' },
    ...{ latitude: 40.75, longitude: -73.99 },
  });
  const hall = await seedVenue(db, { name: 'Beethovenhalle', city: 'Bonn', latitude: 50.7, longitude: 7.1 });
  const munich = await seedVenue(db, { name: 'Olympiahalle', city: 'München' });
  for (let day = 1; day <= 5; day++)
    await seedEvent(db, 'The Eras Tour', { venueId: garden, startsAt: inDays(day) }, [taylor]);
  await seedEvent(db, 'An Evening with Taylor', { venueId: garden, startsAt: inDays(9) });
  await seedEvent(db, 'Beethoven: Symphony No. 9', { venueId: hall, startsAt: inDays(3) }, [beethoven]);
  await seedEvent(db, 'Beethoven: Symphony No. 9', { venueId: munich, startsAt: inDays(4) }, [beethoven]);
  await seedEvent(db, '東京ドームツアー', { venueId: munich, startsAt: inDays(6) });
  await seedEvent(db, 'Swift was here', { venueId: garden, startsAt: inDays(-9) }, [idle]);
  await seedEvent(db, 'Swift in secret', { venueId: garden, startsAt: inDays(9), status: 'DRAFT' });
  await seedEvent(db, 'Swift called off', { venueId: garden, startsAt: inDays(9), status: 'CANCELLED' });
  const paris = await seedPerformer(db, 'Paris Saint-Germain');
  const united = await seedPerformer(db, 'Manchester United');
  const vienna = await seedVenue(db, { name: 'Konzerthaus', city: 'Wien', countryCode: 'AT' });
  await seedEvent(db, 'Champions Night', { venueId: vienna, startsAt: inDays(7) }, [paris, united]);
  await seedEvent(db, 'Viennese Waltzes', { venueId: vienna, startsAt: inDays(7) });
  await seedEvent(db, 'Brahms at the Theatre', { venueId: vienna, startsAt: inDays(8) });
  await refreshSuggestions(world.platform);
});
afterAll(() => world[Symbol.asyncDispose]());

const SUGGEST = `query ($term: String!, $first: Int, $near: NearInput) {
  suggest(term: $term, first: $first, near: $near) {
    __typename name upcomingEvents highlights { start end }
    ... on EventSuggestion { event { id name } } ... on PerformerSuggestion { performer { id name } }
    ... on VenueSuggestion { venue { id name } } ... on CitySuggestion { country }
  } }`;

interface Suggested {
  __typename: string;
  name: string;
  upcomingEvents: number;
  highlights: { start: number; end: number }[];
}

const suggest = async (term: string, more = {}): Promise<Suggested[]> =>
  (await world.stranger.ask(SUGGEST, { term, ...more }))['suggest'];
const names = async (term: string, more = {}) => (await suggest(term, more)).map(({ name }) => name);

describe('suggestions', () => {
  test('are Events once by name, Performers, Venues and cities, with what leads on', async () => {
    expect(await suggest('beet')).toMatchObject([
      {
        __typename: 'PerformerSuggestion',
        upcomingEvents: 2,
        performer: { name: 'Beethoven Orchestra' },
        highlights: [{ start: 0, end: 4 }],
      },
      { __typename: 'EventSuggestion', upcomingEvents: 2, event: { name: 'Beethoven: Symphony No. 9' } },
      { __typename: 'VenueSuggestion', upcomingEvents: 1, venue: { name: 'Beethovenhalle' } },
    ]);
    expect(await suggest('new yo')).toMatchObject([
      { __typename: 'CitySuggestion', name: 'New York', country: 'US', upcomingEvents: 6 },
      { __typename: 'VenueSuggestion', name: 'Madison Square Garden', highlights: [] },
    ]);
  });

  test('follow each letter, from the second one on in any number', async () => {
    for (let typed = 2; typed <= 'taylor swift'.length; typed++)
      expect((await names('taylor swift'.slice(0, typed)))[0]).toBe('Taylor Swift');
    for (let typed = 2; typed <= 'munchen'.length; typed++)
      expect(await names('MÜNCHEN'.slice(0, typed))).toContain('München');
    expect(await names('t')).toContain('Taylor Swift');
  });

  test('begin with the term, then have its words in any place', async () => {
    expect(await names('tay')).toEqual(['Taylor Swift', 'An Evening with Taylor']);
    expect(await names('swift tay')).toEqual(['Taylor Swift']);
    expect(await names('square mad')).toEqual(['Madison Square Garden']);
    expect(await names('msg')).toEqual(['Madison Square Garden']);
    expect(await names('東京')).toEqual(['東京ドームツアー']);
    expect(await names('symphony no 9')).toEqual(['Beethoven: Symphony No. 9']);
  });

  test('have Events to come that are public', async () => {
    expect(await names('swift')).toEqual(['Taylor Swift']);
    expect(await names('tailor')).toEqual(['Taylor Swift', 'An Evening with Taylor']); // corrected
  });

  test('of what is near come first', async () => {
    const near = { latitude: 50.7, longitude: 7.1, radiusKm: 20 };
    expect((await names('beet', { near }))[0]).not.toBe('Beethoven Orchestra');
    expect(await names('beet', { near })).toHaveLength(3);
  });

  test('forgive a slip in four letters, and two in eight, where nothing begins so', async () => {
    for (const term of ['talyor', 'tailor swft', 'taylor swfit', 'taylr', 'taylors'])
      expect((await names(term))[0]).toBe('Taylor Swift');
    for (const term of ['bethoven', 'beetvohen orch', 'beethovven sym', 'beethoven symphonny'])
      expect((await names(term))[0]).toMatch(/^Beethoven/);
    expect(await names('madsion squ')).toEqual(['Madison Square Garden']);
    expect(await names('tyx')).toEqual([]);
    expect(await names('qqqqqqqq')).toEqual([]);
  });

  test.each([
    ['psg', 'Paris Saint-Germain'],
    ['PSG', 'Paris Saint-Germain'],
    ['man utd', 'Manchester United'],
    ['man ut', 'Manchester United'],
    ['munich', 'München'],
    ['muni', 'München'],
    ['vienna', 'Wien'],
    ['vienn', 'Wien'],
    ['brahms at the theater', 'Brahms at the Theatre'],
  ])('for %s has %s, of which it is a synonym or the beginning of an alias', async (term, name) => {
    expect(await names(term)).toContain(name);
  });

  test('that begin as typed come before those of an alias that begins so', async () => {
    expect((await names('vienn')).slice(0, 2)).toEqual(['Viennese Waltzes', 'Wien']);
  });

  test('mark what was typed in the name as it is written', async () => {
    const marked = async (term: string) => {
      const [{ name, highlights }] = (await suggest(term)) as [Suggested];
      return highlights.map(({ start, end }) => name.slice(start, end));
    };
    expect(await marked('munch')).toEqual(['Münch']);
    expect(await marked('symphony no 9')).toEqual(['Symphony', 'No', '9']);
    expect(await marked('tailor swft')).toEqual(['Taylor', 'Swift']);
    expect(await marked('東京')).toEqual(['東京']);
    expect(await marked('psg')).toEqual(['Paris', 'Saint', 'Germain']);
    expect(await marked('man utd')).toEqual(['Manchester', 'United']);
  });

  test.each([
    [{ term: 'x'.repeat(201) }, 'term'],
    [{ term: 'x', first: 0 }, 'first'],
    [{ term: 'x', first: 11 }, 'first'],
    [{ term: 'x', near: { latitude: 91, longitude: 0 } }, 'near.latitude'],
  ])('of %j are refused with the argument', async (variables, argument) => {
    const { errors } = await world.stranger.send(
      `query ($term: String!, $first: Int, $near: NearInput) { suggest(term: $term, first: $first, near: $near) { name } }`,
      variables,
    );
    expect(errors.map(({ extensions }) => [extensions['code'], extensions['argument']])).toEqual([
      ['BAD_USER_INPUT', argument],
    ]);
  });

  test('of hostile terms are none', async () => {
    for (const term of ['', ' ', '%', '_', '\\', "'", '!!!', '\u200b', '%%%%%', '😀', 'a'.repeat(200)])
      expect(await names(term)).toEqual([]);
    expect(await names('taylor '.repeat(28))).toContain('Taylor Swift');
  });
});

test('follow the catalogue, and rows that stay are not written', async () => {
  const { db, sql } = world.platform;
  const versions = () => sql`select word, kind, key, xmin::text from suggestion_words order by 1, 2, 3`;
  const before = await versions();
  await refreshSuggestions(world.platform);
  expect(await versions()).toEqual(before);

  const id = await seedEvent(db, 'Quodlibet', { startsAt: inDays(8) });
  expect(await names('quod')).toEqual([]);
  await refreshSuggestions(world.platform);
  expect(await names('quod')).toEqual(['Quodlibet']);
  await sql`update events set name = 'Capriccio', folded = 'capriccio' where id = ${id}`;
  await refreshSuggestions(world.platform);
  expect([await names('quod'), await names('capri')]).toEqual([[], ['Capriccio']]);
  await sql`update suggestion_words set until = now() where word = 'capriccio'`;
  expect(await names('capri')).toEqual([]);
});

test('of one letter are those with most Events, as of more letters', async () => {
  const { sql } = world.platform;
  await sql`
    insert into suggestion_words (word, is_inner, kind, key, name, words, events, first_event_id, until)
    select 'x' || lpad(n::text, 3, '0'), false, 'PERFORMER', n::text, 'X' || n, 'x' || lpad(n::text, 3, '0'), n,
      gen_random_uuid(), now() + interval '1 day'
    from generate_series(1, 500) n`;
  const found = await openPostgresBrowse(world.platform.db).suggest({ words: ['x'], near: null, limit: 3 });
  expect(found.map(({ name }) => name)).toEqual(['X500', 'X499', 'X498']);
});

test('are refreshed at most every 30 seconds', async () => {
  let now = 0;
  const refresher = new SuggestionRefresher(() => now);
  const { sql } = world.platform;
  const refreshes = async () => {
    await sql`delete from suggestion_words`;
    await refresher.refreshDue(world.platform);
    const [row] = await sql`select count(*)::int as rows from suggestion_words`;
    return row!['rows'] > 0;
  };
  expect(await refreshes()).toBe(true);
  now = 29_999;
  expect(await refreshes()).toBe(false);
  now = 30_000;
  expect(await refreshes()).toBe(true);
});
