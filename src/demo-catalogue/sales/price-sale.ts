import { DEFAULT_TICKET_LIMIT } from '../../catalog/index.ts';
import { nearestPrice } from '../../platform/charge-limits.ts';
import { minorUnitDigits } from '../../platform/money.ts';
import { seededRandom } from '../../seating-plan/index.ts';
import { currencyOf } from './currencies.ts';

/** Price of the most expensive seat, in dollars, by kind of Venue. */
const TOP_PRICE_DOLLARS: Record<string, number> = {
  'concert hall': 120,
  'festival site': 140,
  'music venue': 60,
  'opera house': 190,
  'race circuit': 320,
  amphitheatre: 110,
  arena: 150,
  church: 45,
  club: 35,
  hall: 55,
  stadium: 130,
  theatre: 95,
};
/** Price of the cheapest category as a share of the most expensive. */
const LOWEST_PRICE_SHARE = 0.28;

/** Input of pricing. `sourcePrice` is the price range of the source, if it has one. */
export interface PriceRequest {
  eventId: string;
  layoutKind: string;
  capacity: number;
  countryCode: string;
  categories: readonly string[];
  sourcePrice: { min: number; max: number; currency: string } | null;
}

/** Currency, and one price per category in minor units. */
export interface Prices {
  currency: string;
  prices: { tier: number; amount: number }[];
}

/**
 * Price an Event: the range of its source, spread over the categories; else a plausible price by kind, capacity and
 * country, times a factor of 0.6 to 1.5 that depends on the Event only.
 */
export function priceSale(request: PriceRequest): Prices {
  const { sourcePrice, categories } = request;
  if (sourcePrice !== null) {
    return inMinorUnits(sourcePrice.currency, spread(sourcePrice.max, sourcePrice.min, categories.length));
  }
  const { currency, perDollar } = currencyOf(request.countryCode);
  const sizeFactor = Math.min(1.3, 0.75 + Math.log10(Math.max(10, request.capacity)) / 10);
  const demandFactor = 0.6 + 0.9 * seededRandom('price', request.eventId);
  const max = (TOP_PRICE_DOLLARS[request.layoutKind] ?? 30) * sizeFactor * demandFactor * perDollar;
  return inMinorUnits(currency, spread(max, max * LOWEST_PRICE_SHARE, categories.length).map(roundPrice));
}

/** Convert the prices of a bundled plan from major units. */
export const pricesOfPlan = (currency: string, prices: readonly number[]): Prices =>
  inMinorUnits(currency, prices);

/** A geometric series from `max` to `min`; a linear one if `min` is 0. */
function spread(max: number, min: number, count: number): number[] {
  if (count <= 1 || min <= 0)
    return Array.from({ length: count }, (_, tier) => (tier === 0 ? max : (max * (count - tier)) / count));
  return Array.from({ length: count }, (_, tier) => max * (min / max) ** (tier / (count - 1)));
}

/** Round to two digits, the second a 0 or 5, as on posters: 45, 120, 3,500. */
function roundPrice(price: number): number {
  const step = 5 * 10 ** Math.max(0, Math.floor(Math.log10(price)) - 1);
  return price < 10 ? Math.max(1, Math.round(price)) : Math.round(price / step) * step;
}

/** Prices of sources are rounded to what can be charged. */
function inMinorUnits(currency: string, prices: readonly number[]): Prices {
  const unit = 10 ** minorUnitDigits(currency);
  return {
    currency,
    prices: prices.map((price, tier) => ({
      tier,
      amount: nearestPrice(price * unit, currency, DEFAULT_TICKET_LIMIT),
    })),
  };
}
