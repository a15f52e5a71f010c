import {
  isCountryCode,
  MAX_CATEGORY_LENGTH,
  MAX_CITY_LENGTH,
  MAX_GENRE_LENGTH,
  readDateRange,
  requireId,
  spellingsOfCity,
} from '../catalog/index.ts';
import type { SearchEventsInput } from '../generated/graphql.ts';
import { badInput } from '../platform/errors.ts';
import { readLine } from '../platform/text/read-line.ts';
import { bothDays, dayOf, daysOfPreset, readDays, readZone } from './local-days.ts';
import { parseNear } from './parse-near.ts';
import { parsePrice } from './parse-price.ts';
import { parseTerm } from './parse-term.ts';
import type { EventQuery } from './search-engine.ts';
import { MAX_FILTER_VALUES } from './search-limits.ts';

/**
 * Validate and fold the input. Throws BAD_USER_INPUT with the path of the first invalid field. `now` decides what day is today.
 */
export function parseEventQuery(input: SearchEventsInput, now = new Date()): EventQuery {
  const sort = input.sort ?? 'RELEVANCE';
  if (sort === 'DISTANCE' && input.near == null) throw badInput('input.sort', 'DISTANCE needs `near`');
  const country = readCountry(input.country);
  const city = readText('input.city', input.city, MAX_CITY_LENGTH);
  return {
    term: parseTerm(input.term),
    near: parseNear(input.near, 'input.near'),
    cities: city === null ? null : spellingsOfCity(country, city),
    country,
    venueId: input.venue == null ? null : requireId('Venue', input.venue, 'input.venue'),
    performerId: input.performer == null ? null : requireId('Performer', input.performer, 'input.performer'),
    categories: readAny(
      ['input.category', input.category],
      ['input.categories', input.categories],
      MAX_CATEGORY_LENGTH,
    ),
    genres: readAny(['input.genre', input.genre], ['input.genres', input.genres], MAX_GENRE_LENGTH),
    ...readDateRange(input.dates, 'input.dates'),
    days: parseDays(input, now),
    price: parsePrice(input.price),
    onSale: input.onSale ?? false,
    available: input.available ?? false,
    accessible: input.accessible ?? false,
    sort,
  };
}

const readText = (argument: string, text: string | null | undefined, maxLength: number): string | null =>
  text == null ? null : readLine(argument, text, maxLength);

/** What meets both a single value and a list of them, if they are given. */
function readAny(
  [one, single]: [argument: string, value: string | null | undefined],
  [many, listed]: [argument: string, values: readonly string[] | null | undefined],
  maxLength: number,
): readonly string[] | null {
  const value = readText(one, single, maxLength);
  if (listed == null) return value === null ? null : [value];
  if (listed.length > MAX_FILTER_VALUES)
    throw badInput(many, `must have at most ${MAX_FILTER_VALUES} values`);
  const values = new Set(listed.map((text, at) => readLine(`${many}.${at}`, text, maxLength)));
  return value === null ? [...values].toSorted() : values.has(value) ? [value] : [];
}

function readCountry(code: string | null | undefined): string | null {
  if (code == null) return null;
  const country = code.length > 2 ? code : code.toUpperCase();
  if (!isCountryCode(country))
    throw badInput('input.country', 'must be an ISO 3166-1 alpha-2 code, like `DE`');
  return country;
}

function parseDays({ days, dayPreset, timezone }: SearchEventsInput, now: Date): EventQuery['days'] {
  const zone = readZone(timezone ?? 'UTC');
  const preset = dayPreset == null ? null : daysOfPreset(dayPreset, dayOf(now, zone));
  return bothDays(readDays(days), preset);
}
