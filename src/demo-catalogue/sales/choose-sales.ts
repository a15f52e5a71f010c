import { chooseCapacity, MAX_PLACES, seededRandom } from '../../seating-plan/index.ts';
import type { EventRecord } from '../events/build-events.ts';
import type { VenueRecord } from '../read/read-venues.ts';

/** An Event that could be put on sale, reduced to what choosing and pricing need: there are thousands in memory. */
export interface SaleCandidate {
  eventId: string;
  venue: VenueRecord;
  category: string;
  startsAt: number;
  price: EventRecord['price'];
  /** Kind of Venue to lay out: usually the Venue's own kind. */
  layoutKind: string;
  purpose: 'CONCERT' | 'MATCH';
  capacity: number;
  capacityIsKnown: boolean;
}

/** Number of Events of one sort to put on sale. */
interface Bucket {
  count: number;
  matches: (candidate: SaleCandidate) => boolean;
}

const ofKind =
  (...kinds: string[]) =>
  (candidate: SaleCandidate): boolean =>
    kinds.includes(candidate.layoutKind);
const stadiumOfSize =
  (min: number, max: number) =>
  (candidate: SaleCandidate): boolean =>
    candidate.layoutKind === 'stadium' &&
    candidate.capacityIsKnown &&
    candidate.capacity >= min &&
    candidate.capacity < max;

/** 200 Events of all sizes, with some 900,000 tickets. */
const BUCKETS: readonly Bucket[] = [
  { count: 1, matches: stadiumOfSize(80_000, MAX_PLACES + 1) },
  { count: 1, matches: stadiumOfSize(60_000, 80_000) },
  { count: 4, matches: stadiumOfSize(35_000, 60_000) },
  { count: 8, matches: stadiumOfSize(0, 35_000) },
  { count: 1, matches: ofKind('race circuit') },
  { count: 20, matches: (candidate) => candidate.layoutKind === 'arena' && candidate.purpose === 'CONCERT' },
  { count: 5, matches: ofKind('amphitheatre') },
  { count: 3, matches: ofKind('festival site') },
  { count: 35, matches: ofKind('concert hall') },
  { count: 6, matches: ofKind('opera house') },
  { count: 32, matches: ofKind('theatre') },
  { count: 24, matches: ofKind('hall') },
  { count: 10, matches: ofKind('church') },
  { count: 20, matches: (candidate) => candidate.price !== null },
  { count: 16, matches: ofKind('club') },
  { count: 14, matches: ofKind('music venue') },
];
/** Limits the sales per Venue, so that they are spread over many Venues. */
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
/** Sales start neither within days of the import, as they would soon be past, nor in the last weeks of the year. */
const MIN_DAYS_AHEAD = 4;
const MAX_DAYS_AHEAD = 300;
const DAY_MS = 86_400_000;

/** Convert an Event to a candidate; null if it cannot be sold: without a Venue, free, or of another category. */
export function toSaleCandidate(event: EventRecord): SaleCandidate | null {
  const { venue, category, genre, price } = event;
  const isMatch = category === 'sports';
  if (venue === null || !SALE_CATEGORIES.has(category)) return null;
  if (isMatch && genre !== 'Football' && genre !== 'Motorsport') return null; // others have no spectators
  if (price !== null && price.max <= 0) return null;
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

/** Football is laid out in a stadium, whatever the Venue; a festival site only for concerts and festivals. */
function layoutKindOf({ category, genre }: EventRecord, kind: string): string {
  if (category === 'sports') return genre === 'Football' ? 'stadium' : 'race circuit';
  return kind === 'festival site' && category !== 'concert' && category !== 'festival' ? 'venue' : kind;
}

/** Choose some 200 Events of all sizes to put on sale. Deterministic by candidates and day. */
export function chooseSales(
  candidates: readonly SaleCandidate[],
  today: Temporal.PlainDate,
): SaleCandidate[] {
  const start = today.toZonedDateTime('UTC').epochMilliseconds;
  const inRange = candidates.filter(
    ({ startsAt }) =>
      startsAt >= start + MIN_DAYS_AHEAD * DAY_MS && startsAt < start + MAX_DAYS_AHEAD * DAY_MS,
  );
  const order = new Map(inRange.map((candidate) => [candidate, seededRandom('sale', candidate.eventId)]));
  const shuffled = inRange.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const chosen = new Set<SaleCandidate>();
  const perVenue = new Map<string, number>();
  for (const { count, matches } of BUCKETS) {
    let remaining = count;
    for (const candidate of shuffled) {
      if (remaining === 0) break;
      const salesHere = perVenue.get(candidate.venue.id) ?? 0;
      if (chosen.has(candidate) || salesHere >= MAX_SALES_PER_VENUE || !matches(candidate)) continue;
      chosen.add(candidate);
      perVenue.set(candidate.venue.id, salesHere + 1);
      remaining--;
    }
  }
  return [...chosen];
}
