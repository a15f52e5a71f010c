import { normaliseConcertDescription, normaliseConcertTitle } from './normalise-concert.ts';
import {
  normaliseMatchLineup,
  normaliseMatchLocation,
  normaliseMatchTitle,
  type MatchLocation,
} from './normalise-match.ts';
import { normalisePunctuation } from './normalise-punctuation.ts';
import { numberOrNull, readCsv, splitList, type DataDirectory } from './read-csv.ts';
import type { PerformerIndex } from './read-performers.ts';

const COLUMNS = ['id', 'name', 'starts_at', 'timezone', 'category', 'genre', 'series', 'venue_id'] as const;
const MORE_COLUMNS = ['performer_ids', 'description'] as const;
const TORONTO_COLUMNS = ['ends_at', 'price_min', 'price_max', 'currency'] as const;
const SPORTS_COLUMNS = ['city', 'country_code', 'lat', 'lng'] as const;

/** One Event as its list has it, mended, but at its old date. Ids are the source's. */
export interface Listing {
  id: string;
  name: string;
  /** `YYYY-MM-DDTHH:MM`, or `YYYY-MM-DD` where the hour is not known. */
  startsAt: string;
  endsAt: string | null;
  category: string;
  genre: string;
  series: string;
  venueId: string;
  performerIds: string[];
  description: string;
  /** Set where the list says more than the Venue. */
  location: MatchLocation | null;
  price: { least: number; most: number; currency: string } | null;
}

/** Read the Events of all lists, one after the other: concerts, Toronto's, sports. */
export async function* readListings(directory: DataDirectory, cast: PerformerIndex): AsyncGenerator<Listing> {
  const columns = [...COLUMNS, ...MORE_COLUMNS] as const;
  for await (const row of readCsv(directory, 'events-nyphil.csv', columns)) {
    const name = normalisePunctuation(normaliseConcertTitle(row.name, row.description));
    yield { ...toListing(row), name, description: normaliseConcertDescription(row.description) };
  }
  for await (const row of readCsv(directory, 'events-gratefuldead.csv', columns)) yield toListing(row);
  for await (const row of readCsv(directory, 'events-toronto.csv', [...columns, ...TORONTO_COLUMNS])) {
    const [least, most] = [numberOrNull(row.price_min), numberOrNull(row.price_max)];
    const price = least === null || most === null ? null : { least, most, currency: row.currency };
    yield { ...toListing(row), endsAt: row.ends_at === '' ? null : row.ends_at, price };
  }
  const unitedStates = cast.teamId('United States');
  for await (const row of readCsv(directory, 'events-sports.csv', [...columns, ...SPORTS_COLUMNS])) {
    const name = normalisePunctuation(normaliseMatchTitle(row.name));
    const given: MatchLocation = {
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
      location: normaliseMatchLocation(given, row.series),
    };
  }
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
