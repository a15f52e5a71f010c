import { fold } from '../../platform/text/fold.ts';
import { EUROPEAN_CITIES } from './european-cities.ts';
import { OTHER_CITIES } from './other-cities.ts';

interface SpeltCity {
  /** In the list of cities the first one. */
  name: string;
  folded: readonly string[];
}

/** Spellings of cities by country code, each line of one city, separated by ` | `. */
export const LISTED_CITIES: Readonly<Record<string, readonly string[]>> = {
  ...EUROPEAN_CITIES,
  ...OTHER_CITIES,
};

/** By country code and folded spelling, and for all countries by folded spelling. */
const CITIES: ReadonlyMap<string, SpeltCity> = citiesOf(LISTED_CITIES);

/**
 * The folded spellings of a city in several languages, its own first. Without a country those of each city of that name are listed:
 * `cordoba` in Spain and in Argentina.
 */
export function spellingsOfCity(countryCode: string | null, city: string): readonly string[] {
  const folded = fold(city);
  const others = CITIES.get(keyOf(countryCode, folded))?.folded ?? [];
  return [folded, ...others.filter((spelling) => spelling !== folded)];
}

/** The name of a city that is listed under several; others are returned unchanged. */
export const preferredNameOfCity = (countryCode: string, city: string): string =>
  CITIES.get(keyOf(countryCode, fold(city)))?.name ?? city;

function keyOf(countryCode: string | null, folded: string): string {
  return countryCode === null ? folded : `${countryCode} ${folded}`;
}

function citiesOf(lists: Readonly<Record<string, readonly string[]>>): Map<string, SpeltCity> {
  const cities = new Map<string, SpeltCity>();
  const add = (key: string, { name, folded }: SpeltCity) => {
    const known = cities.get(key);
    cities.set(key, {
      name: known?.name ?? name,
      folded: [...new Set([...(known?.folded ?? []), ...folded])],
    });
  };
  for (const [countryCode, lines] of Object.entries(lists)) {
    for (const line of lines) {
      const names = line.split(' | ');
      const city = { name: names[0]!, folded: [...new Set(names.map(fold))] };
      for (const spelling of city.folded) {
        add(keyOf(null, spelling), city);
        add(keyOf(countryCode, spelling), city);
      }
    }
  }
  return cities;
}
