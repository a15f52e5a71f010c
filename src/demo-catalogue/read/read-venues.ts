import { fold } from '../../platform/text/fold.ts';
import { deriveId } from '../derive-id.ts';
import { openCityPoints, type CityPoints } from '../normalise/city-points.ts';
import { cityOfVenue, classifyVenue } from '../normalise/classify-venue.ts';
import { openCityIndex, type CityIndex } from '../normalise/normalise-city.ts';
import { normalisePunctuation } from '../normalise/normalise-punctuation.ts';
import { openTimeZoneIndex, type TimeZoneIndex } from '../normalise/time-zones.ts';
import { nullIfEmpty, numberOrNull, readCsv, splitList, type DataDirectory } from './read-csv.ts';

// prettier-ignore
const COLUMNS = [
  'id', 'name', 'aliases', 'kind', 'city', 'region', 'country', 'country_code', 'lat', 'lng', 'timezone', 'capacity',
] as const;

/** A row of `venues`, before insertion. */
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

/** Venues by their ids in the source, with the cities and time zones that they define. */
export interface VenueIndex {
  /** Venues to insert. */
  venues: Map<string, VenueRecord>;
  /** Venues with an undisclosed address; their Events have a city only. */
  undisclosed: Map<string, VenueRecord>;
  /** Online venues; their Events are dropped. */
  online: Set<string>;
  cities: CityIndex;
  points: CityPoints;
  timezones: TimeZoneIndex;
}

/** Read the Venues. They stay in memory while Events are read: some 4 MB. */
export async function readVenues(directory: DataDirectory, today: Temporal.PlainDate): Promise<VenueIndex> {
  const index: VenueIndex = {
    venues: new Map(),
    undisclosed: new Map(),
    online: new Set(),
    cities: openCityIndex(),
    points: openCityPoints(),
    timezones: openTimeZoneIndex(today),
  };
  for await (const row of readCsv(directory, 'venues.csv', COLUMNS)) {
    const venue = toVenue(row);
    const type = classifyVenue(venue.name);
    if (type === 'VIRTUAL') index.online.add(row.id);
    else (type === 'UNKNOWN' ? index.undisclosed : index.venues).set(row.id, venue);
    index.cities.add(venue.countryCode, venue.city);
    const { latitude, longitude } = venue;
    if (latitude !== null && longitude !== null) {
      index.points.add(venue.countryCode, venue.city, { latitude, longitude });
    }
    index.timezones.add(venue.countryCode, venue.city, venue.timezone);
  }
  for (const venue of [...index.venues.values(), ...index.undisclosed.values()]) {
    if (venue.latitude === null) Object.assign(venue, index.points.find(venue.countryCode, venue.city));
  }
  return index;
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
