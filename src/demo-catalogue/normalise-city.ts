import { fold } from '../platform/text/fold.ts';

/** Cities that the match lists name otherwise than the venue file, whose spelling wins. Accents need no entry. */
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

/** The cities of the venue file, as it spells them. */
export interface CityIndex {
  add(countryCode: string, city: string): void;
  /** The venue file's spelling of a city, or the city as it was given. */
  normalise(countryCode: string, city: string): string;
}

/** Open an empty gazetteer. */
export function openCityIndex(): CityIndex {
  const spellings = new Map<string, string>();
  return {
    add(countryCode, city) {
      const key = `${countryCode} ${fold(city)}`;
      if (!spellings.has(key)) spellings.set(key, city);
    },
    normalise(countryCode, city) {
      const usual = PREFERRED_SPELLINGS[`${countryCode} ${city}`] ?? city;
      return spellings.get(`${countryCode} ${fold(usual)}`) ?? usual;
    },
  };
}
