import { fold } from '../../platform/text/fold.ts';

/** The venue file's names of cities that the match lists spell differently. Differences in accents need no entry. */
const PREFERRED_SPELLINGS: Record<string, string> = {
  'AE Al Ain': 'Al ‘Ayn',
  'AT Wien': 'Vienna',
  'BE Ghent': 'Gent',
  'CH Geneva': 'Genève',
  'CH Lucerne': 'Luzern',
  'DE Cologne': 'Köln',
  'DE Frankfurt': 'Frankfurt am Main',
  'DE Munich': 'München',
  'DE Nuremberg': 'Nürnberg',
  'ES Gerona': 'Girona',
  'ES Las Palmas': 'Las Palmas de Gran Canaria',
  'ES Seville': 'Sevilla',
  'ES Vitoria': 'Gasteiz / Vitoria',
  'GB Newcastle': 'Newcastle upon Tyne',
  'IT Genoa': 'Genova',
  'IT Milan': 'Milano',
  'IT Reggio Emilia': "Reggio nell'Emilia",
  'IT Rome': 'Roma',
  'IT Torino': 'Turin',
  'MM Yangon': 'Rangoon',
  'MX Pachuca': 'Pachuca de Soto',
  'MX Puebla': 'Puebla de Zaragoza',
  'MX Querétaro': 'Santiago de Querétaro',
  'NL The Hague': 'Den Haag',
  'PT Lisboa': 'Lisbon',
  'QA Al Rayyan': 'Ar Rayyān',
  'SE Gothenburg': 'Göteborg',
  'US New York City': 'New York',
  'US Sandy': 'Sandy City',
  'US St. Louis': 'Saint Louis',
  'US Washington, D.C.': 'Washington',
  'VN Hanoi': 'Hà Nội',
};

/** Cities in the spelling of the venue file. */
export interface CityIndex {
  add(countryCode: string, city: string): void;
  /** The venue file's spelling of a city; unknown cities are returned unchanged. */
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
    normalise(countryCode, city) {
      const preferred = PREFERRED_SPELLINGS[`${countryCode} ${city}`] ?? city;
      return spellings.get(`${countryCode} ${fold(preferred)}`) ?? preferred;
    },
  };
}
