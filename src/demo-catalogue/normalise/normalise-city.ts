import { preferredNameOfCity, spellingsOfCity } from '../../catalog/index.ts';
import { fold } from '../../platform/text/fold.ts';

/** Cities in the spelling of the venue file. */
export interface CityIndex {
  add(countryCode: string, city: string): void;
  /** The venue file's spelling of a city; of others the one that lists of cities prefer. */
  normalise(countryCode: string, city: string): string;
}

/** Create an empty index. */
export function openCityIndex(): CityIndex {
  const spellings = new Map<string, string>();
  return {
    add(countryCode, city) {
      const key = `${countryCode} ${fold(city)}`;
      if (!spellings.has(key)) spellings.set(key, city);
    },
    normalise: (countryCode, city) =>
      spellingsOfCity(countryCode, city)
        .map((spelling) => spellings.get(`${countryCode} ${spelling}`))
        .find((known) => known !== undefined) ?? preferredNameOfCity(countryCode, city),
  };
}
