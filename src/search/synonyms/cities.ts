import { LISTED_CITIES } from '../../catalog/index.ts';
import { fold } from '../../platform/text/fold.ts';
import { wordsOf } from '../../platform/text/words.ts';

/** Cities of one name, which the list of spellings lacks. A town that is a word, such as Bath, Reading and Nice, needs its Event's text. */
const OF_ONE_NAME: Readonly<Record<string, string>> = {
  AT: 'Linz, Innsbruck, Bregenz',
  AU: 'Melbourne, Brisbane, Perth, Adelaide, Canberra, Hobart, Darwin',
  CA: 'Toronto, Vancouver, Ottawa, Calgary, Edmonton, Winnipeg, Halifax, North York, Scarborough, Etobicoke, Trois-Rivières',
  CH: 'Winterthur, Lugano, Montreux',
  DE: 'Bonn, Dortmund, Bochum, Karlsruhe, Mannheim, Erfurt, Kiel, Rostock, Potsdam, Wuppertal, Bielefeld, Duisburg, Heidelberg',
  ES: 'Valencia, Granada, Murcia, Salamanca',
  FI: 'Oulu, Tampere',
  FR: 'Bordeaux, Toulouse, Nantes, Montpellier, Lille, Rennes, Grenoble, Avignon, Saint-Étienne',
  GB: 'Manchester, Liverpool, Birmingham, Glasgow, Leeds, Bristol, Sheffield, Newcastle upon Tyne, Newcastle, Cardiff, Belfast, Nottingham, Leicester, Southampton, Brighton, Oxford, Aberdeen',
  IE: 'Dublin, Galway, Limerick',
  JP: 'Nagoya, Yokohama, Fukuoka, Sapporo, Niigata, Kobe, Hiroshima, Sendai',
  NL: 'Rotterdam, Utrecht, Eindhoven, Groningen',
  NZ: 'Auckland, Wellington, Christchurch, Dunedin',
  SE: 'Uppsala, Lund',
  US: `Boston, Chicago, San Francisco, Austin, Seattle, Houston, Dallas, Atlanta, Denver, Detroit, Nashville, Minneapolis, Milwaukee,
    San Diego, San Jose, Las Vegas, Miami, Orlando, Tampa, Baltimore, Pittsburgh, Cleveland, Cincinnati, Indianapolis, Kansas City,
    Sacramento, Oakland, Berkeley, Salt Lake City, Tucson, Albuquerque, Oklahoma City, Omaha, San Antonio, Memphis, Louisville,
    Charlotte, Raleigh, Jacksonville, Brooklyn, Honolulu, Boulder, Ann Arbor, Portland, Columbus, Buffalo`,
};

interface City {
  /** Folded. */
  city: string;
  /** ISO 3166 code; `null`: there are others of that name. */
  country: string | null;
}

const wordsIn = (name: string): string => wordsOf(fold(name)).join(' ');

/** Cities by the words of each of their spellings. */
const CITIES: ReadonlyMap<string, City> = collect();

function collect(): Map<string, City> {
  const cities = new Map<string, City>();
  const add = (country: string, spellings: readonly string[]) => {
    const city = fold(spellings[0]!);
    for (const spelling of spellings.map(wordsIn)) {
      const known = cities.get(spelling);
      if (known === undefined) cities.set(spelling, { city, country });
      else if (known.country !== country) cities.set(spelling, { ...known, country: null });
    }
  };
  for (const [country, lines] of Object.entries(LISTED_CITIES))
    for (const line of lines) add(country, line.split(' | '));
  for (const [country, names] of Object.entries(OF_ONE_NAME))
    for (const name of names.split(',')) add(country, [name.trim()]);
  return cities;
}

/** The city of a spelling, folded. */
export const cityNamed = (words: string): string | undefined => CITIES.get(words)?.city;

/** ISO 3166 code of the country of a city, if there is one of that name. */
export const countryOfCity = (city: string): string | null =>
  CITIES.get(wordsOf(city).join(' '))?.country ?? null;

/** Of each city, the first of the list: mostly its own name and the English one. */
const MAX_SUGGESTED_SPELLINGS = 2;

/**
 * Names by which a city is suggested, by each of its spellings, as far as both are one word. Searches do not use them: a name with a
 * city would come before what is in that city.
 */
export const CITY_SPELLINGS: readonly (readonly [string, readonly string[]])[] = Object.values(LISTED_CITIES)
  .flat()
  .flatMap((line) => {
    const single = [...new Set(line.split(' | ').map(wordsIn))].filter((name) => !name.includes(' '));
    return single.map((name) => [name, single.slice(0, MAX_SUGGESTED_SPELLINGS)] as const);
  });
