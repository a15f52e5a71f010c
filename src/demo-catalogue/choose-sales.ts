import { chooseCapacity, MAX_PLACES, seededRandom } from '../seating-plan/index.ts';
import type { EventRecord } from './plan-events.ts';
import type { VenueRecord } from './read-venues.ts';

/** An Event that tickets could be sold for: what choosing and pricing it takes, and no more, for there are many. */
export interface SaleCandidate {
  eventId: string;
  venue: VenueRecord;
  category: string;
  startsAt: number;
  price: EventRecord['price'];
  /** What kind of house is laid out for it: mostly the Venue's kind. */
  layoutKind: string;
  purpose: 'CONCERT' | 'MATCH';
  capacity: number;
  capacityIsKnown: boolean;
}

/** So many Events of one sort go on sale. */
interface Bucket {
  count: number;
  fits: (candidate: SaleCandidate) => boolean;
}

const ofKind =
  (...houses: string[]) =>
  (candidate: SaleCandidate): boolean =>
    houses.includes(candidate.layoutKind);
const stadiumOfSize =
  (least: number, most: number) =>
  (candidate: SaleCandidate): boolean =>
    candidate.layoutKind === 'stadium' &&
    candidate.capacityIsKnown &&
    candidate.capacity >= least &&
    candidate.capacity < most;

/** Two hundred of all sizes: together some nine hundred thousand tickets. */
const BUCKETS: readonly Bucket[] = [
  { count: 1, fits: stadiumOfSize(80_000, MAX_PLACES + 1) },
  { count: 1, fits: stadiumOfSize(60_000, 80_000) },
  { count: 4, fits: stadiumOfSize(35_000, 60_000) },
  { count: 8, fits: stadiumOfSize(0, 35_000) },
  { count: 1, fits: ofKind('race circuit') },
  { count: 20, fits: (candidate) => candidate.layoutKind === 'arena' && candidate.purpose === 'CONCERT' },
  { count: 5, fits: ofKind('amphitheatre') },
  { count: 3, fits: ofKind('festival site') },
  { count: 35, fits: ofKind('concert hall') },
  { count: 6, fits: ofKind('opera house') },
  { count: 32, fits: ofKind('theatre') },
  { count: 24, fits: ofKind('hall') },
  { count: 10, fits: ofKind('church') },
  { count: 20, fits: (candidate) => candidate.price !== null },
  { count: 16, fits: ofKind('club') },
  { count: 14, fits: ofKind('music venue') },
];
/** The same stage on three evenings is a tour; on thirty it is a monoculture. */
const MAX_SALES_PER_VENUE = 3;
const SALE_CATEGORIES = new Set([
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
const MIN_DAYS_AHEAD = 4;
const MAX_DAYS_AHEAD = 300;
const DAY_MS = 86_400_000;

/** What an Event would be sold as, or null if it is not of a sort that is sold here: no Venue, free, an exhibition. */
export function toSaleCandidate(event: EventRecord): SaleCandidate | null {
  const { venue, category, genre, price } = event;
  const isMatch = category === 'sports';
  if (venue === null || !SALE_CATEGORIES.has(category)) return null;
  if (isMatch && genre !== 'Football' && genre !== 'Motorsport') return null; // runs and lessons: nobody sits and watches
  if (price !== null && price.most <= 0) return null;
  const kind = layoutKindOf(event, venue.kind);
  return {
    eventId: event.id,
    venue,
    category,
    startsAt: event.startsAt.epochMilliseconds,
    price,
    layoutKind: kind,
    purpose: isMatch ? 'MATCH' : 'CONCERT',
    capacity: Math.min(MAX_PLACES, venue.capacity ?? chooseCapacity(kind, venue.id)),
    capacityIsKnown: venue.capacity !== null,
  };
}

/** Football is played in stadiums whatever their names; a park takes thousands for a concert, and a tent for the rest. */
function layoutKindOf({ category, genre }: EventRecord, kind: string): string {
  if (category === 'sports') return genre === 'Football' ? 'stadium' : 'race circuit';
  return kind === 'festival site' && category !== 'concert' && category !== 'festival' ? 'venue' : kind;
}

/** Choose some two hundred Events of all sizes to put on sale: the same ones for the same candidates and day. */
export function chooseSales(
  candidates: readonly SaleCandidate[],
  today: Temporal.PlainDate,
): SaleCandidate[] {
  const start = today.toZonedDateTime('UTC').epochMilliseconds;
  const inTime = candidates.filter(
    ({ startsAt }) =>
      startsAt >= start + MIN_DAYS_AHEAD * DAY_MS && startsAt < start + MAX_DAYS_AHEAD * DAY_MS,
  );
  const order = new Map(inTime.map((candidate) => [candidate, seededRandom('sale', candidate.eventId)]));
  const shuffled = inTime.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const chosen = new Set<SaleCandidate>();
  const perVenue = new Map<string, number>();
  for (const { count, fits } of BUCKETS) {
    let left = count;
    for (const candidate of shuffled) {
      if (left === 0) break;
      const here = perVenue.get(candidate.venue.id) ?? 0;
      if (chosen.has(candidate) || here >= MAX_SALES_PER_VENUE || !fits(candidate)) continue;
      chosen.add(candidate);
      perVenue.set(candidate.venue.id, here + 1);
      left--;
    }
  }
  return [...chosen];
}
