import { minorUnitDigits } from '../platform/money.ts';
import { seededRandom } from '../seating-plan/index.ts';
import { currencyOf } from './currencies.ts';

/** What the dearest seat costs, in dollars, by the kind of house. */
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
/** What the cheapest category costs of the dearest. */
const LOWEST_PRICE_SHARE = 0.28;

/** What is priced: an Event's house, country and categories, or prices that the source gives. */
export interface PriceRequest {
  eventId: string;
  layoutKind: string;
  capacity: number;
  countryCode: string;
  categories: readonly string[];
  sourcePrice: { least: number; most: number; currency: string } | null;
}

/** One price per category in minor units, with their currency. */
export interface Prices {
  currency: string;
  prices: { tier: number; amount: number }[];
}

/**
 * Price an Event: what its source says, spread over the categories; else plausibly, by house, size and country, with
 * half as much up or down that depends on the Event alone.
 */
export function priceSale(request: PriceRequest): Prices {
  const { sourcePrice: given, categories } = request;
  if (given !== null) {
    return inMinorUnits(given.currency, spread(given.most, given.least, categories.length));
  }
  const { currency, perDollar } = currencyOf(request.countryCode);
  const size = Math.min(1.3, 0.75 + Math.log10(Math.max(10, request.capacity)) / 10);
  const fame = 0.6 + 0.9 * seededRandom('price', request.eventId);
  const most = (TOP_PRICE_DOLLARS[request.layoutKind] ?? 30) * size * fame * perDollar;
  return inMinorUnits(currency, spread(most, most * LOWEST_PRICE_SHARE, categories.length).map(roundPrice));
}

/** Prices that a plan brings with it, in whole units. */
export const pricesOfPlan = (currency: string, prices: readonly number[]): Prices =>
  inMinorUnits(currency, prices);

/** From the dearest to the cheapest, each the same part of the one before. */
function spread(most: number, least: number, count: number): number[] {
  if (count <= 1 || least <= 0)
    return Array.from({ length: count }, (_, tier) => (tier === 0 ? most : (most * (count - tier)) / count));
  return Array.from({ length: count }, (_, tier) => most * (least / most) ** (tier / (count - 1)));
}

/** Two digits and the last of them a 5 or 0, as prices are on posters: 45, 120, 3,500. */
function roundPrice(price: number): number {
  const step = 5 * 10 ** Math.max(0, Math.floor(Math.log10(price)) - 1);
  return price < 10 ? Math.max(1, Math.round(price)) : Math.round(price / step) * step;
}

function inMinorUnits(currency: string, prices: readonly number[]): Prices {
  const unit = 10 ** minorUnitDigits(currency);
  return { currency, prices: prices.map((price, tier) => ({ tier, amount: Math.round(price * unit) })) };
}
