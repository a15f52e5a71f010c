import type { SearchEventsInput } from '../../../src/generated/graphql.ts';
import { encodeId } from '../../../src/platform/ids.ts';
import { drawTerm } from './draw-term.ts';

/** What inputs are drawn from: an Event of the catalogue. */
export interface Sample {
  name: string;
  description: string;
  category: string;
  genre: string | null;
  city: string | null;
  countryCode: string | null;
  venueId: string | null;
  venueName: string | null;
  performerId: string | null;
  performerName: string | null;
  latitude: number | null;
  longitude: number | null;
  startsAt: Date;
  currency: string | null;
  lowestPrice: number | null;
}

/** Draws by a seed. */
export interface Draw {
  /** 0 to 1. */
  share(): number;
  pick<T>(list: readonly T[]): T;
  maybe(probability: number): boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Draw a search out of what Events of the catalogue say: words, filters, a sort order. */
export function drawInput(samples: readonly Sample[], draw: Draw): SearchEventsInput {
  const { pick, maybe } = draw;
  const isPriced = maybe(0.15);
  const event = pick(isPriced ? samples.filter(({ currency }) => currency !== null) : samples);
  const input: SearchEventsInput = {
    ...{ sort: 'RELEVANCE', timezone: 'UTC', interpret: true },
    ...drawPeriod(event, draw),
    ...drawPlace(event, draw),
  };
  if (maybe(0.85)) input.term = drawTerm(event, pick(samples), draw);
  if (maybe(0.15)) input.category = event.category;
  if (maybe(0.1) && event.genre !== null) input.genre = event.genre;
  if (maybe(0.05) && event.performerId !== null) input.performer = encodeId('Performer', event.performerId);
  if (maybe(0.1)) input.onSale = true;
  if (maybe(0.05)) input.available = true;
  if (maybe(0.05)) input.accessible = true;
  if (isPriced) input.price = drawPrice(event, draw);
  const orders = ['RELEVANCE', 'RELEVANCE', 'RELEVANCE', 'DATE', 'PRICE'] as const;
  input.sort = input.near && maybe(0.5) ? 'DISTANCE' : pick(orders);
  return input;
}

function drawPeriod({ startsAt }: Sample, { share, maybe }: Draw): Partial<SearchEventsInput> {
  const input: Partial<SearchEventsInput> = {};
  if (maybe(0.15)) {
    const begin = startsAt.getTime() - share() * 30 * DAY_MS;
    input.dates = { from: new Date(begin), before: new Date(begin + share() * 60 * DAY_MS) };
  }
  if (maybe(0.15)) {
    const day = (offset: number) => new Date(startsAt.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
    input.days = { from: day(-Math.floor(share() * 5)), to: day(Math.floor(share() * 5)) };
  }
  return input;
}

function drawPlace(event: Sample, { share, maybe }: Draw): Partial<SearchEventsInput> {
  const { city, countryCode, venueId, latitude, longitude } = event;
  const input: Partial<SearchEventsInput> = {};
  if (maybe(0.15) && city !== null) input.city = city;
  if (maybe(0.1) && countryCode !== null) input.country = countryCode;
  if (maybe(0.05) && venueId !== null) input.venue = encodeId('Venue', venueId);
  if (maybe(0.25) && latitude !== null && longitude !== null) {
    const near = (degrees: number, most: number) => Math.max(-most, Math.min(most, degrees + share() - 0.5));
    input.near = {
      latitude: near(latitude, 90),
      longitude: near(longitude, 180),
      radiusKm: 1 + Math.floor(share() * 300),
    };
  }
  return input;
}

function drawPrice({ currency, lowestPrice }: Sample, { share, maybe }: Draw) {
  const amount = lowestPrice ?? 5_000;
  return maybe(0.5)
    ? { currency, min: Math.floor(amount * share()), max: amount + 1_000 }
    : { max: Math.floor(share() * 200) };
}
