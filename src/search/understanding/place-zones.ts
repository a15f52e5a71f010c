import { countryOfCity } from '../synonyms/cities.ts';
import type { Place } from './parts.ts';

/** Cities of countries with several zones that name no zone themselves. */
const CITY_ZONES: Readonly<Record<string, string>> = {
  'America/New_York':
    'philadelphia, boston, atlanta, washington, miami, pittsburgh, cleveland, columbus, cincinnati, buffalo, baltimore, charlotte, orlando, tampa, jacksonville, raleigh, rochester, syracuse, albany, brooklyn',
  'America/Chicago':
    'austin, dallas, houston, san antonio, nashville, memphis, minneapolis, saint paul, milwaukee, madison, new orleans, kansas city, saint louis, oklahoma city, omaha, des moines',
  'America/Denver': 'salt lake city, albuquerque, boulder',
  'America/Phoenix': 'tucson',
  'America/Los_Angeles':
    'san francisco, san jose, san diego, oakland, berkeley, sacramento, seattle, portland, las vegas, paradise, eugene',
  'America/Toronto': 'montreal, ottawa, quebec, hamilton, north york, scarborough, etobicoke, trois rivieres',
  'America/Edmonton': 'calgary',
  'Europe/Moscow': 'saint petersburg, st petersburg',
  'America/Sao_Paulo': 'rio de janeiro, porto alegre, belo horizonte, curitiba, brasilia',
};

const words = (zone: string): string => zone.split('/').at(-1)!.replaceAll('_', ' ').toLowerCase();

/** Zones by folded city: `new york` is America/New_York. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ...Intl.supportedValuesOf('timeZone').map((zone): [string, string] => [words(zone), zone]),
  ...Object.entries(CITY_ZONES).flatMap(([zone, cities]) =>
    cities.split(', ').map((city): [string, string] => [city, zone]),
  ),
]);

/** The time zone of a place; `null` if it has several, or is not known. */
export function zoneOf(place: Place): string | null {
  if (place === 'HERE') return null;
  if ('country' in place) return onlyZoneOf(place.country);
  const country = countryOfCity(place.city);
  return (country === null ? null : onlyZoneOf(country)) ?? ZONES.get(place.city) ?? null;
}

/** Country of a place, for its currency. */
export const countryOf = (place: Place): string | null =>
  place === 'HERE' ? null : 'country' in place ? place.country : countryOfCity(place.city);

/** The zone of a country if its clocks are the same everywhere, as of Germany with Berlin and Büsingen. */
function onlyZoneOf(country: string): string | null {
  const known = onlyZones.get(country);
  if (known !== undefined) return known;
  const zones = zonesOf(country);
  const offsets = new Set(
    zones.flatMap((zone) => SEASONS.map((day) => `${day.month} ${day.toZonedDateTime(zone).offset}`)),
  );
  const only = offsets.size === SEASONS.length ? zones[0]! : null;
  onlyZones.set(country, only);
  return only;
}

const SEASONS = ['2026-01-01', '2026-07-01'].map((day) => Temporal.PlainDate.from(day));

/** Looking them up takes 0.5 ms; there are some 250 countries. */
const onlyZones = new Map<string, string | null>();

const zonesOf = (country: string): readonly string[] =>
  (
    new Intl.Locale('und', { region: country }) as Intl.Locale & { getTimeZones(): string[] | undefined }
  ).getTimeZones() ?? [];

const dollarCountries: ReadonlyMap<string, string> = new Map(
  ['CA', 'AU', 'NZ', 'HK', 'SG'].flatMap((country) =>
    zonesOf(country).map((zone): [string, string] => [zone, country]),
  ),
);

/** The country with a dollar in whose time zone a viewer is; `null`: it is not known, or the United States. */
export const dollarCountryOf = (timezone: string): string | null => dollarCountries.get(timezone) ?? null;
