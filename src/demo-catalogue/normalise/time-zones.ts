import { fold } from '../../platform/text/fold.ts';

/** Minimum share of a country's Venues with one UTC offset before it is used for the whole country. */
const MIN_MAJORITY = 0.8;

/** Time zones by city and country, from the Venues. */
export interface TimeZoneIndex {
  add(countryCode: string, city: string, timezone: string): void;
  /** The time zone of a city; null if it is unknown and its country has several. */
  find(countryCode: string, city: string): string | null;
}

/** Create an empty index. Zones count as equal if they have the same UTC offset on `today`. */
export function openTimeZoneIndex(today: Temporal.PlainDate): TimeZoneIndex {
  const byCity = new Map<string, string>();
  const byCountry = new Map<string, Map<string, number>>();
  const offset = (timezone: string): string => today.toZonedDateTime(timezone).offset;
  const inferred = new Map<string, string | null>();

  const ofCountry = (countryCode: string): string | null => {
    const zones = [...(byCountry.get(countryCode) ?? [])].toSorted((a, b) => b[1] - a[1]);
    const mostCommon = zones[0]?.[0];
    if (mostCommon === undefined) return singleZoneOf(countryCode, offset);
    const venues = zones.reduce((sum, [, count]) => sum + count, 0);
    const sameOffset = zones.reduce(
      (sum, [zone, count]) => sum + (offset(zone) === offset(mostCommon) ? count : 0),
      0,
    );
    return sameOffset / venues >= MIN_MAJORITY ? mostCommon : null;
  };
  return {
    add(countryCode, city, timezone) {
      byCity.set(`${countryCode} ${fold(city)}`, timezone);
      const zones = byCountry.get(countryCode) ?? new Map<string, number>();
      byCountry.set(countryCode, zones.set(timezone, (zones.get(timezone) ?? 0) + 1));
      inferred.clear();
    },
    find(countryCode, city) {
      const key = `${countryCode} ${fold(city)}`;
      const known = byCity.get(key) ?? inferred.get(key);
      if (known !== undefined) return known;
      const zone = ofCountry(countryCode);
      inferred.set(key, zone);
      return zone;
    },
  };
}

/** Time zone of a country without Venues, from the locale data, if all its zones have one offset. */
function singleZoneOf(countryCode: string, offset: (timezone: string) => string): string | null {
  if (!/^[A-Z]{2}$/.test(countryCode)) return null;
  const zones = new Intl.Locale(`und-${countryCode}`).getTimeZones() ?? [];
  const [first] = zones;
  return first !== undefined && zones.every((zone) => offset(zone) === offset(first)) ? first : null;
}
