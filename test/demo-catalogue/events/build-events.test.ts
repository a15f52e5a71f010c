import { describe, expect, test } from 'vitest';

import { buildEvents, type EventRecord } from '../../../src/demo-catalogue/events/build-events.ts';
import { readListings } from '../../../src/demo-catalogue/read/read-listings.ts';
import { readPerformers } from '../../../src/demo-catalogue/read/read-performers.ts';
import { readVenues } from '../../../src/demo-catalogue/read/read-venues.ts';
import { listing, team, venue, writeCatalogue, type Fixture } from '../catalogue-fixture.ts';

const TODAY = Temporal.PlainDate.from('2026-11-21');

async function plan(rows: Fixture): Promise<{ events: EventRecord[]; dropped: string[] }> {
  await using catalogue = await writeCatalogue(rows);
  const venues = await readVenues(catalogue, TODAY);
  const performers = await readPerformers(catalogue);
  const dropped: string[] = [];
  const planned = buildEvents(readListings(catalogue, performers), venues, performers, TODAY, (reason) =>
    dropped.push(reason),
  );
  return { events: await Array.fromAsync(planned), dropped };
}

const wallClock = (event: EventRecord) =>
  event.startsAt.toZonedDateTimeISO(event.timezone).toPlainDateTime().toString({ smallestUnit: 'minute' });

describe('times', () => {
  test('keep the wall clock of the venue, in winter and in summer', async () => {
    const { events } = await plan({
      'venues.csv': [venue('v1', 'Hall')],
      'events-gratefuldead.csv': [
        listing('a', 'Winter', '1985-01-12T20:30'),
        listing('b', 'Summer', '1985-07-13T20:30'),
      ],
    });
    expect(events.map(wallClock)).toEqual(['2027-01-09T20:30', '2027-07-10T20:30']);
    expect(events.map((event) => event.startsAt.toString())).toEqual([
      '2027-01-10T01:30:00Z',
      '2027-07-11T00:30:00Z',
    ]);
    expect(events.map((event) => event.startsAtIsApproximate)).toEqual([false, false]);
  });

  test('that daylight saving skips are an hour later', async () => {
    const { events } = await plan({
      'venues.csv': [venue('v1', 'Hall')],
      'events-gratefuldead.csv': [listing('a', 'Night', '2021-03-14T02:30')],
    });
    expect(events.map(wallClock)).toEqual(['2027-03-14T03:30']);
  });

  test('default by category if only the day is known, and are marked as approximate', async () => {
    const { events } = await plan({
      'venues.csv': [venue('v1', 'Hall')],
      'events-gratefuldead.csv': [listing('a', 'Some day', '1985-01-12', { genre: 'Rock' })],
    });
    expect(events.map(wallClock)).toEqual(['2027-01-09T20:00']);
    expect(events[0]?.startsAtIsApproximate).toBe(true);
  });

  test('of the end move with the start; an end before the start is dropped', async () => {
    const { events } = await plan({
      'venues.csv': [venue('v1', 'Hall')],
      'events-toronto.csv': [
        listing('a', 'Fair', '2025-06-06T10:00', { ends_at: '2025-06-08T18:00' }),
        listing('b', 'Slip', '2025-06-06T10:00', { ends_at: '2025-06-06T09:00' }),
      ],
    });
    expect(events[0]!.endsAt!.since(events[0]!.startsAt).total('hours')).toBe(56);
    expect(events[1]!.endsAt).toBeNull();
  });
});

describe('locations', () => {
  test('that are online drop their events; undisclosed ones keep the city', async () => {
    const { events, dropped } = await plan({
      'venues.csv': [venue('v1', 'Virtual Event'), venue('v2', 'Unknown Venue', { city: 'Köln' })],
      'events-toronto.csv': [
        listing('a', 'Talk', '2025-06-06T10:00'),
        listing('b', 'Show', '2025-06-06T10:00', { venue_id: 'v2' }),
      ],
    });
    expect(dropped).toEqual(['online venue']);
    expect(events).toMatchObject([{ name: 'Show', venue: null, city: 'Köln', countryCode: 'CA' }]);
  });

  test('of matches without a venue are the city, in the spelling of the venue file', async () => {
    const match = { category: 'sports', genre: 'Football', venue_id: '', timezone: '' };
    const { events, dropped } = await plan({
      'venues.csv': [
        venue('v1', 'Olympia', { city: 'München', country_code: 'DE', timezone: 'Europe/Berlin' }),
      ],
      'events-sports.csv': [
        listing('a', 'A vs B', '2025-06-07T15:30', {
          ...match,
          city: 'Munich',
          country_code: 'DE',
          lat: '48.1',
          lng: '11.6',
        }),
        listing('b', 'C vs D', '2025-06-07T15:30', { ...match, country_code: 'DE' }),
        listing('c', 'E vs F', '2025-06-07T15:30', match),
      ],
    });
    expect(events).toMatchObject([
      { city: 'München', foldedCity: 'munchen', latitude: 48.1, timezone: 'Europe/Berlin', venue: null },
      { city: null, foldedCity: null, latitude: null, timezone: 'Europe/Berlin' },
    ]);
    expect(dropped).toEqual(['time zone unknown']);
  });
});

describe('conferences', () => {
  const conference = {
    ...{
      id: 'co1',
      name: 'RubyConf',
      starts_on: '2014-01-03',
      ends_on: '2014-01-04',
      timezone: 'Asia/Kolkata',
    },
    ...{ category: 'conference', topics: 'ruby|devops|general', city: 'Bangalore', country_code: 'IN' },
  };

  test('are Events of a city, of days, with their topics as genres', async () => {
    const { events } = await plan({
      'events-conferences.csv': [{ ...conference, lat: '12.97', lng: '77.59', also_online: 'true' }],
    });
    expect(events).toMatchObject([
      {
        ...{ name: 'RubyConf', category: 'conference', genre: 'Ruby, DevOps, Technology', series: null },
        ...{
          city: 'Bengaluru',
          countryCode: 'IN',
          latitude: 12.97,
          venue: null,
          description: 'Also online.',
        },
        startsAtIsApproximate: true,
      },
    ]);
    expect(events.map(wallClock)).toEqual(['2027-01-01T09:00']);
    expect(events[0]!.endsAt!.since(events[0]!.startsAt).total('hours')).toBe(33);
  });

  test('of one name and day are several in several cities', async () => {
    const { events, dropped } = await plan({
      'events-conferences.csv': [
        conference,
        { ...conference, id: 'co2', city: 'Delhi' },
        { ...conference, id: 'co3' },
      ],
    });
    expect(events.map(({ city }) => city)).toEqual(['Bengaluru', 'New Delhi']);
    expect(dropped).toEqual(['duplicate']);
  });
});

test('Events and Venues without a point have that of their city', async () => {
  const { events } = await plan({
    'venues.csv': [
      venue('v1', 'Hall', { lat: '43.6' }),
      venue('v2', 'Club', { lat: '43.7' }),
      venue('v3', 'Misplaced', { lat: '0', lng: '0' }),
      venue('v4', 'Unplaced', { lat: '', lng: '' }),
    ],
    'events-gratefuldead.csv': [listing('a', 'Show', '1985-01-12', { venue_id: 'v4' })],
    'events-sports.csv': [
      listing('b', 'A vs B', '2025-06-07T15:30', { venue_id: '', city: 'Toronto', country_code: 'CA' }),
      listing('c', 'C vs D', '2025-06-07T15:30', { venue_id: '', city: 'Nowhere', country_code: 'CA' }),
    ],
  });
  expect(events.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
    [43.6, -79.4],
    [43.6, -79.4],
    [null, null],
  ]);
});

test('events that differ only in an apostrophe are one', async () => {
  const { events, dropped } = await plan({
    'venues.csv': [venue('v1', 'Hall'), venue('v2', 'Other Hall')],
    'events-toronto.csv': [
      listing('a', "Mother's Day", '2025-05-11T15:00'),
      listing('b', 'Mother’s Day', '2025-05-11T15:00'),
      listing('c', 'Mother’s Day', '2025-05-11T16:00'),
      listing('d', 'Mother’s Day', '2025-05-11T15:00', { venue_id: 'v2' }),
    ],
  });
  expect(events.map((event) => event.name)).toEqual(["Mother's Day", "Mother's Day", "Mother's Day"]);
  expect(dropped).toEqual(['duplicate']);
});

test('a lineup has each performer once, in order, without duplicates', async () => {
  const { events } = await plan({
    'venues.csv': [venue('v1', 'Ground')],
    'performers.csv': [team('p1', 'Watford FC'), team('p2', 'Watford'), team('p3', 'Cardiff')],
    'events-sports.csv': [
      listing('a', 'Watford vs Cardiff', '2025-06-07T15:00', {
        category: 'sports',
        performer_ids: 'p1|p3|p2|p9',
      }),
    ],
  });
  expect(events[0]?.lineup.map((performer) => performer.name)).toEqual(['Watford', 'Cardiff']);
});

test('ids depend on the source only', async () => {
  const rows: Fixture = {
    'venues.csv': [venue('v1', 'Hall')],
    'events-gratefuldead.csv': [listing('a', 'One', '1985-01-12'), listing('b', 'One', '1986-01-11')],
  };
  const [first, again] = [await plan(rows), await plan(rows)];
  expect(again).toEqual(first);
  const [one, two] = first.events;
  expect(one?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(one?.id).not.toBe(two?.id);
  const renamed = await plan({
    ...rows,
    'events-gratefuldead.csv': [listing('a', 'Renamed', '1999-01-12')],
  });
  expect(renamed.events[0]?.id).toBe(one?.id);
});
