import { normaliseConcertDescription, normaliseConcertTitle } from '../normalise/normalise-concert.ts';
import {
  normaliseMatchLineup,
  normaliseMatchLocation,
  normaliseMatchTitle,
  type MatchLocation,
} from '../normalise/normalise-match.ts';
import { normalisePunctuation } from '../normalise/normalise-punctuation.ts';
import type { Listing } from './listing.ts';
import { readConferences } from './read-conferences.ts';
import { numberOrNull, readCsv, splitList, type DataDirectory } from './read-csv.ts';
import type { PerformerIndex } from './read-performers.ts';

const COLUMNS = ['id', 'name', 'starts_at', 'timezone', 'category', 'genre', 'series', 'venue_id'] as const;
const MORE_COLUMNS = ['performer_ids', 'description'] as const;
const TORONTO_COLUMNS = ['ends_at', 'price_min', 'price_max', 'currency'] as const;
const SPORTS_COLUMNS = ['city', 'country_code', 'lat', 'lng'] as const;

/** Read the Events of all lists in sequence: concerts, Toronto, sports, conferences. */
export async function* readListings(
  directory: DataDirectory,
  performers: PerformerIndex,
): AsyncGenerator<Listing> {
  const columns = [...COLUMNS, ...MORE_COLUMNS] as const;
  for await (const row of readCsv(directory, 'events-nyphil.csv', columns)) {
    const name = normalisePunctuation(normaliseConcertTitle(row.name, row.description));
    yield { ...toListing(row), name, description: normaliseConcertDescription(row.description) };
  }
  for await (const row of readCsv(directory, 'events-gratefuldead.csv', columns)) yield toListing(row);
  for await (const row of readCsv(directory, 'events-toronto.csv', [...columns, ...TORONTO_COLUMNS])) {
    const [min, max] = [numberOrNull(row.price_min), numberOrNull(row.price_max)];
    const price = min === null || max === null ? null : { min, max, currency: row.currency };
    yield { ...toListing(row), endsAt: row.ends_at === '' ? null : row.ends_at, price };
  }
  const unitedStates = performers.teamId('United States');
  for await (const row of readCsv(directory, 'events-sports.csv', [...columns, ...SPORTS_COLUMNS])) {
    const name = normalisePunctuation(normaliseMatchTitle(row.name));
    const location: MatchLocation = {
      city: row.city,
      countryCode: row.country_code,
      latitude: numberOrNull(row.lat),
      longitude: numberOrNull(row.lng),
      timezone: row.timezone,
    };
    yield {
      ...toListing(row),
      name,
      performerIds: normaliseMatchLineup(name, splitList(row.performer_ids), unitedStates),
      location: normaliseMatchLocation(location, row.series),
    };
  }
  yield* readConferences(directory);
}

function toListing(row: Record<(typeof COLUMNS)[number] | (typeof MORE_COLUMNS)[number], string>): Listing {
  return {
    id: row.id,
    name: normalisePunctuation(row.name),
    startsAt: row.starts_at,
    endsAt: null,
    category: row.category,
    genre: row.genre,
    series: row.series,
    venueId: row.venue_id,
    performerIds: splitList(row.performer_ids),
    description: row.description,
    location: null,
    price: null,
  };
}
