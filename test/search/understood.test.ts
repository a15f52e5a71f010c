import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inDays, seedEvent, seedOnSale, seedPerformer, seedPlan, seedVenue } from '../catalog/seed.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await seed();
});
afterAll(() => world[Symbol.asyncDispose]());

const iso = (days: number): string => inDays(days).toISOString().slice(0, 10);
const weekdayIn = (days: number): string =>
  new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(inDays(days));

async function seed(): Promise<void> {
  const { db } = world.platform;
  const munich = await seedVenue(db, { name: 'Olympiahalle', city: 'München' });
  const berlin = await seedVenue(db, { name: 'Philharmonie' });
  const paris = await seedVenue(db, { name: 'Olympia', city: 'Paris', country: 'France', countryCode: 'FR' });
  const dallas = await seedVenue(db, {
    ...{ name: 'Cotton Bowl', city: 'Dallas', countryCode: 'US', timezone: 'America/Chicago' },
  });
  const gothenburg = await seedVenue(db, {
    ...{ name: 'Ullevi', city: 'Göteborg', countryCode: 'SE', timezone: 'Europe/Stockholm' },
  });
  const barcelona = await seedPerformer(db, 'FC Barcelona');
  await seedEvent(db, 'Jazz am Montag', { venueId: munich, startsAt: inDays(3) });
  await seedEvent(db, 'Jazz in the Hall', { venueId: berlin, startsAt: inDays(5) });
  await seedEvent(db, 'Jazz de Paris', { venueId: paris, startsAt: inDays(5) });
  await seedEvent(db, 'Big Free Jazz Night', { venueId: berlin, startsAt: inDays(6) });
  await seedEvent(db, 'Brian May and Queen', { venueId: berlin, startsAt: inDays(7) });
  await seedEvent(db, 'An Evening of Gershwin', {
    ...{ venueId: berlin, startsAt: inDays(8), description: 'An American in Paris, and Rhapsody in Blue' },
  });
  await seedEvent(db, 'An American Songbook', { venueId: paris, startsAt: inDays(8) });
  await seedEvent(db, 'United States v Mexico', { venueId: dallas, startsAt: inDays(9), category: 'sports' });
  await seedEvent(db, 'FC Barcelona v Valencia', { venueId: dallas, startsAt: inDays(9) }, [barcelona]);
  await seedEvent(db, 'Håkan Hellström', { venueId: gothenburg, startsAt: inDays(10) });
  await seedEvent(db, 'Union v FC Bayern München', { venueId: berlin, startsAt: inDays(10) });
  await seedEvent(db, '!!!', { venueId: berlin, startsAt: inDays(12) });
  await seedEvent(db, 'Tonight: a musical', { venueId: berlin, startsAt: inDays(11) });
  const plan = { seatingPlanId: await seedPlan(db, munich), currency: 'EUR' };
  await seedOnSale(
    db,
    'Cheap Funk',
    { ...plan, amounts: [2_000] },
    { venueId: munich, startsAt: inDays(12) },
  );
  const polka = { venueId: munich, startsAt: inDays(14), category: 'party', description: 'Cheap beer' };
  await seedOnSale(db, 'Polka', { ...plan, amounts: [1_500] }, polka);
  await seedOnSale(db, 'Dear Funk', { ...plan, amounts: [9_000] }, { venueId: munich, startsAt: inDays(13) });
}

const SEARCH = `query ($input: SearchEventsInput!, $first: Int, $after: String) {
  searchEvents(input: $input, first: $first, after: $after) {
    edges { matched node { name } }
    pageInfo { endCursor hasNextPage }
    understood {
      __typename words start end
      ... on UnderstoodDates { from fromHour to }
      ... on UnderstoodPrice { currency min max }
      ... on UnderstoodPlace { city country isNearViewer }
    }
  } }`;

const search = async (input: object, page: object = {}) =>
  (await world.stranger.ask(SEARCH, { input, ...page }))['searchEvents'];

/** Names of the exact hits, and the words that were taken. */
async function find(term: string, input: object = {}): Promise<[names: string[], words: string[]]> {
  const { edges, understood } = await search({ term, ...input });
  const exact = edges.filter(({ matched }: { matched: string }) => matched === 'EXACT');
  return [
    exact.map(({ node }: { node: { name: string } }) => node.name),
    understood.map(({ words }: { words: string }) => words),
  ];
}

describe('a term', () => {
  test('is understood as filters, which the answer lists with the words that they took', async () => {
    const term = `jazz in munich  on ${iso(3)} under 50 €`;
    const { understood } = await search({ term });
    expect(understood).toEqual([
      {
        ...{ __typename: 'UnderstoodPlace', words: 'in munich', start: 5, end: 14 },
        ...{ city: 'munchen', country: null, isNearViewer: false },
      },
      {
        ...{ __typename: 'UnderstoodDates', words: `on ${iso(3)}`, start: 16, end: 29 },
        ...{ from: iso(3), fromHour: 0, to: iso(3) },
      },
      {
        ...{ __typename: 'UnderstoodPrice', words: 'under 50 €', start: 30, end: 40 },
        ...{ currency: 'EUR', min: null, max: 5_000 },
      },
    ]);
  });

  test('finds Events of those days, at that place and price alone', async () => {
    expect(await find(`jazz ${iso(5)}`)).toEqual([['Jazz in the Hall', 'Jazz de Paris'], [iso(5)]]);
    expect(await find(`jazz in paris`)).toEqual([['Jazz de Paris'], ['in paris']]);
    expect(await find(`jazz in germany ${iso(5)}`)).toEqual([['Jazz in the Hall'], ['in germany', iso(5)]]);
    expect(await find('funk in munich under 50 euros')).toEqual([
      ['Cheap Funk'],
      ['in munich', 'under 50 euros'],
    ]);
    expect(await find('concerts in munich under 50 euros')).toEqual([
      ['Cheap Funk'],
      ['in munich', 'under 50 euros'],
    ]);
    expect(await find(`events from ${iso(12)} to ${iso(13)}`)).toEqual([
      ['!!!', 'Cheap Funk', 'Dear Funk'],
      [expect.stringContaining(iso(12))],
    ]);
  });

  test('asks for anything beside a filter by words such as events, but not by signs', async () => {
    const names = ['!!!', 'Cheap Funk'];
    expect((await find(`what's on ${iso(12)}`))[0].toSorted()).toEqual(names);
    expect((await find(`the events ${iso(12)}`))[0].toSorted()).toEqual(names);
    expect((await find(`!!! ${iso(12)}`))[0]).toEqual(['!!!']);
  });

  test.each([
    ['munich', 'Jazz am Montag'],
    ['jazz munich', 'Jazz am Montag'],
    ['gothenburg', 'Håkan Hellström'],
    ['usa vs mexico', 'United States v Mexico'],
    ['U.S.A. v Mexico', 'United States v Mexico'],
    ['F.C. Barcelona', 'FC Barcelona v Valencia'],
    ['barca', 'FC Barcelona v Valencia'],
    ['bayern munich', 'Union v FC Bayern München'], // played in Berlin
  ])('%s finds %s', async (term, name) => {
    expect((await find(term))[0]).toContain(name);
  });

  test('that is part of a name is searched for as typed', async () => {
    expect(await find('free jazz')).toEqual([['Big Free Jazz Night'], []]);
    expect(await find('brian may')).toEqual([['Brian May and Queen'], []]);
    const [names, words] = await find('an american in paris');
    expect([names.toSorted(), words]).toEqual([['An American Songbook', 'An Evening of Gershwin'], []]);
    expect(await find('tonight a musical')).toEqual([['Tonight: a musical'], []]);
    expect((await find('tonight'))[1]).toEqual(['tonight']);
  });

  test('has unsure words as filters only where they find nothing as typed, and something as filters', async () => {
    const weekday = weekdayIn(5);
    expect((await find(`jazz ${weekday}`))[1]).toEqual([weekday]);
    expect((await find('american cheap'))[1]).toEqual([]);
    expect(await find('cheap funk')).toEqual([['Cheap Funk'], []]); // its name
    expect(await find('funk cheap')).toEqual([['Cheap Funk'], []]);
    expect(await find('polka cheap')).toEqual([['Polka'], ['cheap']]); // its description is no name
  });

  test('is searched for as typed if the client says so', async () => {
    const [names, words] = await find(`jazz ${iso(5)}`, { interpret: false });
    expect([names, words]).toEqual([[], []]);
  });

  test('meets the filters of the input as well', async () => {
    expect((await find(`jazz ${iso(5)}`, { city: 'Paris' }))[0]).toEqual(['Jazz de Paris']);
    expect((await find(`jazz ${iso(5)}`, { days: { from: iso(3) } }))[0]).toEqual([]);
    expect(
      (await find('jazz near me', { near: { latitude: 52.5, longitude: 13.3, radiusKm: 20 } }))[1],
    ).toEqual(['near me']);
  });

  test('means the same on every page, whatever day it is then', async () => {
    const input = { term: `jazz ${iso(5)}` };
    const { pageInfo } = await search(input, { first: 1 });
    await seedEvent(world.platform.db, `Jazz ${iso(5)}`, { startsAt: inDays(20) }); // now a name
    const next = await search(input, { first: 1, after: pageInfo.endCursor });
    expect(next.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual(['Jazz de Paris']);
    expect(next.understood).toHaveLength(1);
    expect((await search(input)).understood).toEqual([]);
  });

  test.each([
    ['two years ago', -2 * 366],
    ['in two days', 2],
  ])('is refused of a list that is said to begin %s', async (_when, days) => {
    const input = { term: `jazz ${iso(5)}`, city: 'Paris' };
    const { pageInfo } = await search(input, { first: 1 });
    const position = JSON.parse(Buffer.from(pageInfo.endCursor, 'base64url').toString()) as unknown[];
    const [asOf, taken] = position.pop() as [number, number[]];
    position.push([asOf + days * 24 * 60 * 60 * 1_000, taken]);
    const after = Buffer.from(JSON.stringify(position)).toString('base64url');
    await expect(search(input, { first: 1, after })).rejects.toThrow('is not a cursor of this list');
  });
});
