import { saleEndOf, type TicketCounts } from '../../booking/index.ts';
import { endOf, readTimezone, type PricedTier } from '../../catalog/index.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../../platform/instants.ts';
import { minorUnitDigits } from '../../platform/money.ts';
import { textsOf, type EventRows } from './document-texts.ts';
import type { AvailabilityBand, HiddenDocument, SearchDocument } from './search-document.ts';

/** Everything that a document says. */
export interface DocumentRows extends EventRows {
  tiers: readonly PricedTier[];
  /** Empty unless the Event has tickets that are sold or were. */
  tickets: readonly TicketCounts[];
  isAccessible: boolean;
}

/** The largest halls have 100,000 places. */
const MAX_POPULARITY = 17;

/** Make the document of an Event, which is hidden if it is a draft, or has no start that can be given back. */
export function makeDocument(rows: DocumentRows): SearchDocument | HiddenDocument {
  const { event, venue, performers } = rows;
  const { id, startsAt, status } = event;
  if (status === 'DRAFT' || startsAt <= MIN_INSTANT || startsAt >= MAX_INSTANT) return { id };
  const endsAt = endOf(event);
  const [startsAtLocal, endsAtLocal] = [
    localTime(startsAt, event.timezone),
    localTime(endsAt, event.timezone),
  ];
  const sold = rows.tickets.reduce((sum, tier) => sum + tier.sold, 0);
  return {
    id,
    ...textsOf(rows),
    foldedName: event.folded,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    startsAtLocal,
    endsAtLocal,
    startsOn: dayOf(startsAtLocal),
    endsOn: dayOf(endsAtLocal),
    timezone: event.timezone,
    location: locationOf(event),
    city: event.foldedCity,
    country: event.countryCode,
    venueId: venue?.id ?? null,
    performerIds: performers.map((performer) => performer.id),
    category: event.category,
    genres: event.genre === null ? [] : [event.genre],
    status,
    ...pricesOf(rows),
    saleStartsAt: status === 'ON_SALE' ? (event.saleStartsAt?.toISOString() ?? null) : null,
    saleEndsAt: status === 'ON_SALE' && event.salePausedAt === null ? saleEndOf(event).toISOString() : null,
    availability: bandOf(rows.tickets),
    accessible: rows.isAccessible,
    popularity: Math.min(MAX_POPULARITY, Math.round(Math.log2(1 + sold))),
  };
}

function pricesOf({ event: { currency, lowestPrice, highestPrice }, tiers, tickets }: DocumentRows) {
  const toMajor = (amount: number) => amount / 10 ** minorUnitDigits(currency ?? 'XXX');
  const prices = [...new Set(tiers.map(({ amount }) => amount))].toSorted((a, b) => a - b);
  const available = new Set(tickets.filter((tier) => tier.available > 0).map(({ tier }) => tier));
  const availablePrices = tiers.filter(({ tier }) => available.has(tier)).map(({ amount }) => amount);
  return {
    currency,
    lowestPrice,
    highestPrice,
    prices,
    lowestMajorPrice: lowestPrice === null ? null : toMajor(lowestPrice),
    lowestAvailablePrice: availablePrices.length === 0 ? null : Math.min(...availablePrices),
  };
}

function bandOf(tickets: readonly TicketCounts[]): AvailabilityBand | null {
  if (tickets.length === 0) return null;
  const total = tickets.reduce((sum, tier) => sum + tier.total, 0);
  const available = tickets.reduce((sum, tier) => sum + tier.available, 0);
  if (available === 0) return 'NONE';
  if (available * 10 <= total) return 'FEW';
  return available * 2 <= total ? 'SOME' : 'MANY';
}

const locationOf = ({ latitude, longitude }: EventRows['event']): SearchDocument['location'] =>
  latitude === null || longitude === null ? null : { lat: latitude, lon: longitude };

/** In UTC where the zone is not known, as it is shown then. */
const localTime = (instant: Date, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(readTimezone(timezone) ?? 'UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });

const dayOf = (localTime: string): string => localTime.slice(0, 'yyyy-mm-dd'.length);
