import { fold } from '../platform/text/fold.ts';
import { cityOfVenue, classifyVenue } from './classify-venue.ts';
import { deriveId } from './derive-id.ts';
import { openCityIndex, type CityIndex } from './normalise-city.ts';
import { normalisePunctuation } from './normalise-punctuation.ts';
import { nullIfEmpty, numberOrNull, readCsv, splitList, type DataDirectory } from './read-csv.ts';
import { openTimeZoneIndex, type TimeZoneIndex } from './time-zones.ts';

// prettier-ignore
const COLUMNS = [
  'id', 'name', 'aliases', 'kind', 'city', 'region', 'country', 'country_code', 'lat', 'lng', 'timezone', 'capacity',
] as const;

/** A row of `venues`, as it will be stored. */
export interface VenueRecord {
  id: string;
  name: string;
  aliases: string[];
  kind: string;
  city: string;
  region: string | null;
  country: string;
  countryCode: string;
  latitude: number | null;
  longitude: number | null;
  timezone: string;
  capacity: number | null;
  folded: string;
}

/** Where Events may be, by the source's ids, and what the Venues teach about cities and time zones. */
export interface VenueIndex {
  /** The Venues to store. */
  venues: Map<string, VenueRecord>;
  /** Venues of which nobody knows the address; their Events are known by city. */
  unknown: Map<string, VenueRecord>;
  /** Venues that are no place; their Events are left out. */
  virtual: Set<string>;
  cities: CityIndex;
  timezones: TimeZoneIndex;
}

/** Read the Venues. They stay in memory while Events are read: some four megabytes. */
export async function readVenues(directory: DataDirectory, today: Temporal.PlainDate): Promise<VenueIndex> {
  const places: VenueIndex = {
    venues: new Map(),
    unknown: new Map(),
    virtual: new Set(),
    cities: openCityIndex(),
    timezones: openTimeZoneIndex(today),
  };
  for await (const row of readCsv(directory, 'venues.csv', COLUMNS)) {
    const venue = toVenue(row);
    const place = classifyVenue(venue.name);
    if (place === 'VIRTUAL') places.virtual.add(row.id);
    else (place === 'UNKNOWN' ? places.unknown : places.venues).set(row.id, venue);
    places.cities.add(venue.countryCode, venue.city);
    places.timezones.add(venue.countryCode, venue.city, venue.timezone);
  }
  return places;
}

function toVenue(row: Record<(typeof COLUMNS)[number], string>): VenueRecord {
  const name = normalisePunctuation(row.name);
  const aliases = splitList(row.aliases).map(normalisePunctuation);
  const city = cityOfVenue(name, row.city);
  return {
    id: deriveId('venue', row.id),
    name,
    aliases,
    kind: row.kind,
    city,
    region: nullIfEmpty(row.region),
    country: row.country,
    countryCode: row.country_code,
    latitude: numberOrNull(row.lat),
    longitude: numberOrNull(row.lng),
    timezone: row.timezone,
    capacity: numberOrNull(row.capacity),
    folded: fold([name, ...aliases, city].join(' ')),
  };
}
