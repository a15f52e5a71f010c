import { eventTexts, searchTextOf, type EventTexts, type EventTextSource } from '../../catalog/index.ts';
import { fold } from '../../platform/text/fold.ts';
import { deriveId } from '../derive-id.ts';
import type { Listing } from '../read/listing.ts';
import type { PerformerIndex, PerformerRecord } from '../read/read-performers.ts';
import type { VenueIndex, VenueRecord } from '../read/read-venues.ts';
import { openCalendar } from './calendar.ts';
import { defaultStartTime } from './default-start-time.ts';

/** A row of `events` with its lineup, before insertion. */
export interface EventRecord {
  id: string;
  venue: VenueRecord | null;
  name: string;
  description: string;
  category: string;
  genre: string | null;
  series: string | null;
  city: string | null;
  countryCode: string | null;
  latitude: number | null;
  longitude: number | null;
  timezone: string;
  startsAt: Temporal.Instant;
  startsAtIsApproximate: boolean;
  endsAt: Temporal.Instant | null;
  lineup: PerformerRecord[];
  folded: string;
  foldedCity: string | null;
  searchText: string;
  texts: EventTexts;
  price: Listing['price'];
}

/** Why a listing was dropped. */
export type DropReason = 'online venue' | 'duplicate' | 'time zone unknown';

/** Assign each listing a day in the coming year, a location and a lineup. Calls `onDrop` for listings without. */
export async function* buildEvents(
  listings: AsyncIterable<Listing>,
  venues: VenueIndex,
  performers: PerformerIndex,
  today: Temporal.PlainDate,
  onDrop: (reason: DropReason) => void,
): AsyncGenerator<EventRecord> {
  const calendar = openCalendar(today);
  const seen = new Set<string>();
  for await (const listing of listings) {
    if (venues.online.has(listing.venueId)) {
      onDrop('online venue');
      continue;
    }
    const place = listing.venueId === '' ? (listing.location?.city ?? '') : listing.venueId;
    const key = `${fold(listing.name)} ${listing.startsAt} ${place}`;
    if (seen.has(key)) {
      onDrop('duplicate');
      continue;
    }
    seen.add(key);
    const location = locate(listing, venues);
    if (location.timezone === null) {
      onDrop('time zone unknown');
      continue;
    }
    const locationKey = listing.venueId === '' ? `${location.countryCode} ${location.city}` : listing.venueId;
    yield {
      ...toEventRecord(listing, performers, location),
      ...readTimes(listing, location.timezone, locationKey),
    };
  }

  function readTimes(listing: Listing, timezone: string, locationKey: string): Times {
    try {
      return timesOf(listing, timezone, locationKey);
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'cannot be read';
      throw new Error(`event ${listing.id}, ${listing.startsAt}, ${timezone}: ${problem}`, { cause: error });
    }
  }

  function timesOf(listing: Listing, timezone: string, locationKey: string): Times {
    const day = Temporal.PlainDate.from(listing.startsAt.slice(0, 10));
    const moved = calendar.schedule(day, locationKey, listing.name);
    const startsAtIsApproximate = listing.startsAt.length === 10;
    const time = startsAtIsApproximate
      ? defaultStartTime(listing.category, listing.genre, moved)
      : Temporal.PlainTime.from(listing.startsAt.slice(11));
    const startsAt = moved.toPlainDateTime(time).toZonedDateTime(timezone).toInstant();
    const ends =
      listing.endsAt === null ? null : Temporal.PlainDateTime.from(listing.endsAt).add(day.until(moved));
    const endsAt = ends?.toZonedDateTime(timezone).toInstant() ?? null;
    const inOrder = endsAt !== null && Temporal.Instant.compare(startsAt, endsAt) <= 0;
    return { timezone, startsAt, startsAtIsApproximate, endsAt: inOrder ? endsAt : null };
  }
}

type Times = Pick<EventRecord, 'timezone' | 'startsAt' | 'startsAtIsApproximate' | 'endsAt'>;
type Location = Pick<EventRecord, 'venue' | 'city' | 'countryCode' | 'latitude' | 'longitude'> & {
  timezone: string | null;
};

function locate(listing: Listing, index: VenueIndex): Location {
  const { venues, undisclosed, cities, points, timezones } = index;
  const venue = venues.get(listing.venueId) ?? null;
  const known = venue ?? undisclosed.get(listing.venueId);
  if (known !== undefined) {
    const { city, countryCode, latitude, longitude, timezone } = known;
    return { venue, city, countryCode, latitude, longitude, timezone };
  }
  const {
    city = '',
    countryCode = '',
    latitude = null,
    longitude = null,
    timezone = '',
  } = listing.location ?? {};
  const normalised = city === '' ? '' : cities.normalise(countryCode, city);
  const point =
    latitude === null || longitude === null ? points.find(countryCode, normalised) : { latitude, longitude };
  return {
    venue,
    city: normalised === '' ? null : normalised,
    countryCode: countryCode === '' ? null : countryCode,
    latitude: point?.latitude ?? null,
    longitude: point?.longitude ?? null,
    timezone: timezone === '' ? timezones.find(countryCode, normalised) : timezone,
  };
}

function toEventRecord(
  listing: Listing,
  performers: PerformerIndex,
  location: Location,
): Omit<EventRecord, keyof Times> {
  const lineupWithDuplicates = listing.performerIds.flatMap((sourceId) => performers.find(sourceId) ?? []);
  const lineup = [...new Set(lineupWithDuplicates)]; // duplicate Performers are one record
  const folded = fold(listing.name);
  const foldedCity = location.city === null ? null : fold(location.city);
  const source: EventTextSource = {
    ...{
      folded,
      performers: lineup.map((performer) => performer.folded),
      venue: location.venue?.folded ?? null,
    },
    ...{ city: location.city, countryCode: location.countryCode, category: listing.category },
    ...{ genre: listing.genre, series: listing.series, description: listing.description },
  };
  return {
    id: deriveId('event', listing.id),
    venue: location.venue,
    name: listing.name,
    description: listing.description,
    category: listing.category,
    genre: listing.genre === '' ? null : listing.genre,
    series: listing.series === '' ? null : listing.series,
    city: location.city,
    countryCode: location.countryCode,
    latitude: location.latitude,
    longitude: location.longitude,
    lineup,
    folded,
    foldedCity,
    searchText: searchTextOf(source),
    texts: eventTexts(source),
    price: listing.price,
  };
}
