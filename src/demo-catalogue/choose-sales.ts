import { chance, chooseCapacity, MOST_PLACES } from '../seating-plan/index.ts';
import type { EventRecord } from './plan-events.ts';
import type { VenueRecord } from './read-places.ts';

/** An Event that tickets could be sold for: what choosing and pricing it takes, and no more, for there are many. */
export interface SaleCandidate {
  eventId: string;
  venue: VenueRecord;
  category: string;
  startsAt: number;
  price: EventRecord['price'];
  /** What kind of house is laid out for it: mostly the Venue's kind. */
  house: string;
  purpose: 'CONCERT' | 'MATCH';
  capacity: number;
  capacityIsKnown: boolean;
}

/** So many Events of one sort go on sale. */
interface Bucket {
  count: number;
  fits: (candidate: SaleCandidate) => boolean;
}

const house =
  (...houses: string[]) =>
  (candidate: SaleCandidate): boolean =>
    houses.includes(candidate.house);
const stadium =
  (least: number, most: number) =>
  (candidate: SaleCandidate): boolean =>
    candidate.house === 'stadium' &&
    candidate.capacityIsKnown &&
    candidate.capacity >= least &&
    candidate.capacity < most;

/** Two hundred of all sizes: together some nine hundred thousand tickets. */
const BUCKETS: readonly Bucket[] = [
  { count: 1, fits: stadium(80_000, MOST_PLACES + 1) },
  { count: 1, fits: stadium(60_000, 80_000) },
  { count: 4, fits: stadium(35_000, 60_000) },
  { count: 8, fits: stadium(0, 35_000) },
  { count: 1, fits: house('race circuit') },
  { count: 20, fits: (candidate) => candidate.house === 'arena' && candidate.purpose === 'CONCERT' },
  { count: 5, fits: house('amphitheatre') },
  { count: 3, fits: house('festival site') },
  { count: 35, fits: house('concert hall') },
  { count: 6, fits: house('opera house') },
  { count: 32, fits: house('theatre') },
  { count: 24, fits: house('hall') },
  { count: 10, fits: house('church') },
  { count: 20, fits: (candidate) => candidate.price !== null },
  { count: 16, fits: house('club') },
  { count: 14, fits: house('music venue') },
];
/** The same stage on three evenings is a tour; on thirty it is a monoculture. */
const MOST_PER_VENUE = 3;
const CATEGORIES_SOLD = new Set([
  'concert',
  'sports',
  'theatre',
  'comedy',
  'dance',
  'family',
  'film',
  'festival',
]);
/** A visitor of the demo finds Events that are neither over tomorrow nor too far off to care about. */
const EARLIEST_DAYS = 4;
const LATEST_DAYS = 300;
const DAY_MS = 86_400_000;

/** What an Event would be sold as, or null if it is not of a sort that is sold here: no Venue, free, an exhibition. */
export function toCandidate(event: EventRecord): SaleCandidate | null {
  const { venue, category, genre, price } = event;
  const isMatch = category === 'sports';
  if (venue === null || !CATEGORIES_SOLD.has(category)) return null;
  if (isMatch && genre !== 'Football' && genre !== 'Motorsport') return null; // runs and lessons: nobody sits and watches
  if (price !== null && price.most <= 0) return null;
  const kind = houseOf(event, venue.kind);
  return {
    eventId: event.id,
    venue,
    category,
    startsAt: event.startsAt.epochMilliseconds,
    price,
    house: kind,
    purpose: isMatch ? 'MATCH' : 'CONCERT',
    capacity: Math.min(MOST_PLACES, venue.capacity ?? chooseCapacity(kind, venue.id)),
    capacityIsKnown: venue.capacity !== null,
  };
}

/** Football is played in stadiums whatever their names; a park takes thousands for a concert, and a tent for the rest. */
function houseOf({ category, genre }: EventRecord, kind: string): string {
  if (category === 'sports') return genre === 'Football' ? 'stadium' : 'race circuit';
  return kind === 'festival site' && category !== 'concert' && category !== 'festival' ? 'venue' : kind;
}

/** Choose some two hundred Events of all sizes to put on sale: the same ones for the same candidates and day. */
export function chooseSales(candidates: readonly SaleCandidate[], today: Temporal.PlainDate): SaleCandidate[] {
  const start = today.toZonedDateTime('UTC').epochMilliseconds;
  const inTime = candidates.filter(
    ({ startsAt }) => startsAt >= start + EARLIEST_DAYS * DAY_MS && startsAt < start + LATEST_DAYS * DAY_MS,
  );
  const order = new Map(inTime.map((candidate) => [candidate, chance('sale', candidate.eventId)]));
  const shuffled = inTime.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const chosen = new Set<SaleCandidate>();
  const perVenue = new Map<string, number>();
  for (const { count, fits } of BUCKETS) {
    let left = count;
    for (const candidate of shuffled) {
      if (left === 0) break;
      const here = perVenue.get(candidate.venue.id) ?? 0;
      if (chosen.has(candidate) || here >= MOST_PER_VENUE || !fits(candidate)) continue;
      chosen.add(candidate);
      perVenue.set(candidate.venue.id, here + 1);
      left--;
    }
  }
  return [...chosen];
}
