import { CurrencyResolver } from 'graphql-scalars';

import { MAX_CATEGORY_LENGTH, MAX_GENRE_LENGTH, readDateRange } from '../catalog/index.ts';
import type { SearchEventsInput } from '../generated/graphql.ts';
import { badInput } from '../platform/errors.ts';
import { readLine } from '../platform/text/read-line.ts';
import { parseTerm } from './parse-term.ts';
import type { EventQuery } from './search-engine.ts';
import { MAX_RADIUS_KM } from './search-limits.ts';

/** Validate and fold the input. Throws BAD_USER_INPUT with the path of the first invalid field. */
export function parseEventQuery(input: SearchEventsInput): EventQuery {
  const sort = input.sort ?? 'RELEVANCE';
  if (sort === 'DISTANCE' && input.near == null) throw badInput('input.sort', 'DISTANCE needs `near`');
  return {
    term: parseTerm(input.term),
    near: parseNear(input.near),
    category: readText('input.category', input.category, MAX_CATEGORY_LENGTH),
    genre: readText('input.genre', input.genre, MAX_GENRE_LENGTH),
    ...readDateRange(input.dates, 'input.dates'),
    price: parsePrice(input.price),
    onSale: input.onSale ?? false,
    sort,
  };
}

const readText = (argument: string, text: string | null | undefined, maxLength: number): string | null =>
  text == null ? null : readLine(argument, text, maxLength);

function parseNear(near: SearchEventsInput['near']): EventQuery['near'] {
  if (near == null) return null;
  const { latitude, longitude, radiusKm = 50 } = near;
  if (!isWithin(latitude, -90, 90)) throw badInput('input.near.latitude', 'must be -90 to 90');
  if (!isWithin(longitude, -180, 180)) throw badInput('input.near.longitude', 'must be -180 to 180');
  if (!isWithin(radiusKm, 1, MAX_RADIUS_KM)) {
    throw badInput('input.near.radiusKm', `must be 1 to ${MAX_RADIUS_KM.toLocaleString('en')}`);
  }
  return { latitude: roundToCentimetre(latitude), longitude: roundToCentimetre(longitude), radiusKm };
}

/** False for NaN. */
const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;

function parsePrice(price: SearchEventsInput['price']): EventQuery['price'] {
  if (price == null) return null;
  const { currency, min = null, max = null } = price;
  if (!isCurrency(currency))
    throw badInput('input.price.currency', 'must be an ISO 4217 code: three upper-case letters, like `EUR`');
  if (min !== null && min < 0) throw badInput('input.price.min', 'must not be negative');
  if (max !== null && max < 0) throw badInput('input.price.max', 'must not be negative');
  if (min !== null && max !== null && min > max) {
    throw badInput('input.price.max', 'must not be less than `min`');
  }
  return { currency, min, max };
}

function isCurrency(code: string): boolean {
  try {
    CurrencyResolver.parseValue(code);
    return true;
  } catch {
    return false;
  }
}

/** Postgres rejects the sine of denormal numbers such as 5e-324. */
function roundToCentimetre(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
