import { expect, test } from 'vitest';

import { cityOfVenue, classifyVenue } from '../../../src/demo-catalogue/normalise/classify-venue.ts';
import {
  canonicalId,
  findDuplicates,
} from '../../../src/demo-catalogue/normalise/find-duplicate-performers.ts';
import { openCityIndex } from '../../../src/demo-catalogue/normalise/normalise-city.ts';
import {
  normaliseConcertDescription,
  normaliseConcertTitle,
} from '../../../src/demo-catalogue/normalise/normalise-concert.ts';
import {
  normaliseMatchLineup,
  normaliseMatchLocation,
  normaliseMatchTitle,
} from '../../../src/demo-catalogue/normalise/normalise-match.ts';
import { normalisePunctuation } from '../../../src/demo-catalogue/normalise/normalise-punctuation.ts';
import { normaliseWorkTitle } from '../../../src/demo-catalogue/normalise/normalise-work-title.ts';
import { openTimeZoneIndex } from '../../../src/demo-catalogue/normalise/time-zones.ts';
import { team } from '../catalogue-fixture.ts';

const PHIL = 'New York Philharmonic';

test('hyphens and apostrophes become ASCII; dashes stay', () => {
  expect(normalisePunctuation('Veltins\u2010Arena')).toBe('Veltins-Arena');
  expect(normalisePunctuation('Mother\u2019s Day')).toBe("Mother's Day");
  expect(normalisePunctuation('Bryant\u2013Denny Stadium')).toBe('Bryant\u2013Denny Stadium');
});

test.each([
  ['None', 'VIRTUAL'],
  ['Virtual Event', 'VIRTUAL'],
  ['Virtual (Zoom)', 'VIRTUAL'],
  ['Apr 23: Virtual', 'VIRTUAL'],
  ['Master Sha Wellness Centre - virtual event', 'VIRTUAL'],
  ['Unknown Venue', 'UNKNOWN'],
  ['secret location! (check our site to find it)', 'UNKNOWN'],
  ['Arts Commons: Big Secret Theatre', 'REAL'],
  ['Nonesuch Hall', 'REAL'],
])('a venue called “%s” is %s', (name, expected) => {
  expect(classifyVenue(name)).toBe(expected);
});

test('a missing city is taken from the name of the venue', () => {
  expect(cityOfVenue('Tannadice Park Dundee', '')).toBe('Dundee');
  expect(cityOfVenue('Tannadice Park Dundee', 'Perth')).toBe('Perth');
});

test('cities have the spelling of the venue file', () => {
  const cities = openCityIndex();
  cities.add('TR', 'İstanbul');
  cities.add('DE', 'München');
  expect(cities.normalise('TR', 'Istanbul')).toBe('İstanbul');
  expect(cities.normalise('DE', 'Munich')).toBe('München');
  expect(cities.normalise('PT', 'Lisboa')).toBe('Lisbon');
  expect(cities.normalise('US', 'Munich')).toBe('Munich');
});

test('brackets around composers are removed', () => {
  expect(normaliseConcertTitle(`${PHIL}: [Bartók], Grieg`, '')).toBe(`${PHIL}: Bartók, Grieg`);
  expect(normaliseConcertTitle(`${PHIL}: {Seeger], Berg`, '')).toBe(`${PHIL}: Seeger, Berg`);
  expect(normaliseConcertTitle(`${PHIL}: Handel with Joelle [Joélle] Harvey`, '')).toBe(
    `${PHIL}: Handel with Joélle Harvey`,
  );
});

test('a suffix is replaced by its composer, or removed', () => {
  const programme = 'Programme: John Corigliano Jr. – Fantasia; Johann Strauss II – Waltz';
  expect(normaliseConcertTitle(`${PHIL}: Jr., Mozart`, programme)).toBe(`${PHIL}: Corigliano, Mozart`);
  expect(normaliseConcertTitle(`${PHIL}: II, Mozart with Ana Bo`, programme)).toBe(
    `${PHIL}: Strauss, Mozart with Ana Bo`,
  );
  expect(normaliseConcertTitle(`${PHIL}: Haydn, III`, programme)).toBe(`${PHIL}: Haydn`);
  expect(normaliseConcertTitle(`${PHIL}: Strauss, II`, programme)).toBe(`${PHIL}: Strauss`);
});

test('surplus commas are removed', () => {
  expect(normaliseConcertTitle(`${PHIL}: Ponchielli, VARIOUS,, Grieg`, '')).toBe(
    `${PHIL}: Ponchielli, Various, Grieg`,
  );
  expect(normaliseConcertTitle('NYP Presentation: Discussion,', '')).toBe('NYP Presentation: Discussion');
  expect(normaliseConcertTitle('Musicians from the New York Philharmonic in Concert', '')).toBe(
    'Musicians from the New York Philharmonic in Concert',
  );
});

test('corrected spellings replace what they correct; other brackets stay', () => {
  expect(normaliseConcertDescription('Programme: Béla Bartok [Bartók] – Violin Duos')).toBe(
    'Programme: Béla Bartók – Violin Duos',
  );
  expect(normaliseConcertDescription('Programme: György [Gyorgy] Ligeti – Atmosphères')).toBe(
    'Programme: György Ligeti – Atmosphères',
  );
  expect(normaliseConcertDescription('Programme: Arvo Paert [Pärt] – Fratres')).toBe(
    'Programme: Arvo Pärt – Fratres',
  );
  expect(normaliseConcertDescription('Conductor: Jesus [Jesús] Lopez Cobos [López Cobos].')).toBe(
    'Conductor: Jesús López Cobos.',
  );
  expect(normaliseConcertDescription('Programme: Maurice Ravel – Bolero [boléro]')).toBe(
    'Programme: Maurice Ravel – Boléro',
  );
  expect(normaliseConcertDescription('Programme: Claude Debussy – Mer, la [the Sea]')).toBe(
    'Programme: Claude Debussy – La Mer [the Sea]',
  );
});

test('a truncated description ends with its last complete work; an empty programme becomes an empty description', () => {
  expect(normaliseConcertDescription('Programme: A B – C; D E – F; Igor…')).toBe(
    'Programme: A B – C; D E – F; …',
  );
  expect(normaliseConcertDescription('Programme: Traditional, – Song')).toBe('Programme: Traditional – Song');
  expect(normaliseConcertDescription('Programme:')).toBe('');
});

test.each([
  ['Concerto, Piano, No. 4, G Minor, Op. 40', 'Piano Concerto, No. 4, G Minor, Op. 40'],
  ['Concerto, Violin No. 3', 'Violin Concerto No. 3'],
  ['Quartet, Strings, Op. 3', 'String Quartet, Op. 3'],
  ['Concerto, Violin and Cello, A Minor', 'Concerto, Violin and Cello, A Minor'],
  ['Magic Flute, The, K.620', 'The Magic Flute, K.620'],
  ['Sacre du Printemps, le', 'Le Sacre du Printemps'],
  ["Italiana in Algeri, L'", "L'Italiana in Algeri"],
  ['Symphony, A, Op. 4', 'Symphony, A, Op. 4'],
  ['Adagio for Strings', 'Adagio for Strings'],
])('the title of a work, “%s”, becomes “%s”', (title, expected) => {
  expect(normaliseWorkTitle(title)).toBe(expected);
});

test('duplicate clubs and teams are merged, different clubs with similar names are not', () => {
  const duplicates = findDuplicates([
    team('1', 'Cardiff'),
    team('2', 'Cardiff City'),
    team('3', 'Cardiff City FC'),
    team('4', 'Watford FC'),
    team('5', 'Watford'),
    team('6', 'AFC Wimbledon'),
    team('7', 'Wimbledon FC'),
    team('8', 'Bosnia & Herzegovina', ''),
    team('9', 'Bosnia and Herzegovina', 'BA'),
    team('10', 'Bolton', 'US'),
  ]);
  expect([...duplicates]).toEqual([
    ['1', '2'],
    ['3', '2'],
    ['4', '5'],
    ['8', '9'],
  ]);
  expect(canonicalId(new Map([...duplicates, ['2', '11']]), '1')).toBe('11');
  expect(canonicalId(duplicates, '6')).toBe('6');
});

test('the United States are in the lineup of their matches, at their position', () => {
  expect(normaliseMatchTitle('USA vs Bosnia & Herzegovina')).toBe('United States vs Bosnia and Herzegovina');
  expect(normaliseMatchLineup('United States vs Paraguay', ['par'], 'usa')).toEqual(['usa', 'par']);
  expect(normaliseMatchLineup('Turkey vs United States', ['tur'], 'usa')).toEqual(['tur', 'usa']);
  expect(normaliseMatchLineup('Turkey vs United States', ['tur', 'usa'], 'usa')).toEqual(['tur', 'usa']);
  expect(normaliseMatchLineup('Turkey vs United States Virgin Islands', ['tur'], 'usa')).toEqual(['tur']);
});

test('Canadian home games of the American league are in Canada', () => {
  const location = {
    city: 'Vancouver',
    countryCode: 'US',
    latitude: 45.6,
    longitude: -122.7,
    timezone: 'America/Los_Angeles',
  };
  expect(normaliseMatchLocation(location, 'Major League Soccer 2025')).toEqual({
    city: 'Vancouver',
    countryCode: 'CA',
    latitude: null,
    longitude: null,
    timezone: '',
  });
  expect(normaliseMatchLocation(location, 'Friendly')).toEqual(location);
});

test('a missing time zone is inferred by city, by majority of the country, by locale data, or not at all', () => {
  const zones = openTimeZoneIndex(Temporal.PlainDate.from('2026-07-01'));
  zones.add('US', 'Boston', 'America/New_York');
  zones.add('US', 'Los Angeles', 'America/Los_Angeles');
  for (const city of ['São Paulo', 'Rio', 'Bahia', 'Recife']) zones.add('BR', city, 'America/Sao_Paulo');
  zones.add('BR', 'Manaus', 'America/Manaus');
  expect(zones.find('US', 'boston')).toBe('America/New_York');
  expect(zones.find('US', '')).toBeNull();
  expect(zones.find('BR', '')).toBe('America/Sao_Paulo');
  expect(zones.find('SM', 'Serravalle')).toBe('Europe/San_Marino');
  expect(zones.find('', 'Pirae')).toBeNull();
});
