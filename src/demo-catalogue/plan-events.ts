import { fold } from '../platform/text/fold.ts';
import { wordsOf } from '../platform/text/words.ts';
import { openCalendar } from './calendar.ts';
import { defaultStartTime } from './default-start-time.ts';
import { deriveId } from './derive-id.ts';
import type { Listing } from './read-listings.ts';
import type { PerformerIndex, PerformerRecord } from './read-performers.ts';
import type { VenueIndex, VenueRecord } from './read-venues.ts';

/** A row of `events` and its bill, as they will be stored. */
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
  price: Listing['price'];
}

/** Why a listing became no Event. */
export type DropReason = 'no real place' | 'listed twice' | 'time zone unknown';

/** Give each listing its day in the coming year, its place and its bill. Tells `drop` about those it leaves out. */
export async function* planEvents(
  listings: AsyncIterable<Listing>,
  places: VenueIndex,
  cast: PerformerIndex,
  today: Temporal.PlainDate,
  drop: (reason: DropReason) => void,
): AsyncGenerator<EventRecord> {
  const calendar = openCalendar(today);
  const listed = new Set<string>();
  for await (const listing of listings) {
    if (places.virtual.has(listing.venueId)) {
      drop('no real place');
      continue;
    }
    const twin = `${fold(listing.name)} ${listing.startsAt} ${listing.venueId}`;
    if (listed.has(twin)) {
      drop('listed twice');
      continue;
    }
    listed.add(twin);
    const where = locate(listing, places);
    if (where.timezone === null) {
      drop('time zone unknown');
      continue;
    }
    const crowd = listing.venueId === '' ? `${where.countryCode} ${where.city}` : listing.venueId;
    yield { ...toEventRecord(listing, cast, where), ...readTimes(listing, where.timezone, crowd) };
  }

  function readTimes(listing: Listing, timezone: string, crowd: string): Times {
    try {
      return timesOf(listing, timezone, crowd);
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'cannot be read';
      throw new Error(`event ${listing.id}, ${listing.startsAt}, ${timezone}: ${problem}`, { cause: error });
    }
  }

  function timesOf(listing: Listing, timezone: string, crowd: string): Times {
    const day = Temporal.PlainDate.from(listing.startsAt.slice(0, 10));
    const moved = calendar.schedule(day, crowd, listing.name);
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

function locate(
  listing: Listing,
  { venues, unknown, cities: gazetteer, timezones: zones }: VenueIndex,
): Location {
  const venue = venues.get(listing.venueId) ?? null;
  const known = venue ?? unknown.get(listing.venueId);
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
  const spelt = city === '' ? '' : gazetteer.normalise(countryCode, city);
  return {
    venue,
    city: spelt === '' ? null : spelt,
    countryCode: countryCode === '' ? null : countryCode,
    latitude,
    longitude,
    timezone: timezone === '' ? zones.find(countryCode, spelt) : timezone,
  };
}

function toEventRecord(
  listing: Listing,
  cast: PerformerIndex,
  where: Location,
): Omit<EventRecord, keyof Times> {
  const found = listing.performerIds.flatMap((sourceId) => cast.find(sourceId) ?? []);
  const bill = [...new Set(found)]; // twins may have met
  const folded = fold(listing.name);
  const foldedCity = where.city === null ? null : fold(where.city);
  // in the order of refreshSearchText, which keeps it true from now on
  const found_by = [
    folded,
    ...bill.map((performer) => performer.folded),
    where.venue?.folded ?? '',
    foldedCity ?? '',
    fold(listing.series),
    fold(listing.genre),
  ];
  return {
    id: deriveId('event', listing.id),
    venue: where.venue,
    name: listing.name,
    description: listing.description,
    category: listing.category,
    genre: listing.genre === '' ? null : listing.genre,
    series: listing.series === '' ? null : listing.series,
    city: where.city,
    countryCode: where.countryCode,
    latitude: where.latitude,
    longitude: where.longitude,
    lineup: bill,
    folded,
    foldedCity,
    searchText: wordsOf(found_by.join(' ')).join(' '),
    price: listing.price,
  };
}
