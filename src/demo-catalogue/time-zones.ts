import { fold } from '../platform/text/fold.ts';

/** What share of a country's Venues must keep one clock before it is taken for the whole country. */
const MIN_MAJORITY = 0.8;

/** Time zones by city and country, learnt from Venues. */
export interface TimeZoneIndex {
  add(countryCode: string, city: string, timezone: string): void;
  /** The time zone of a place, or null where the country has several and nothing tells which. */
  find(countryCode: string, city: string): string | null;
}

/** Open an atlas that knows nothing yet. `today` decides which zones keep the same clock. */
export function openTimeZoneIndex(today: Temporal.PlainDate): TimeZoneIndex {
  const byCity = new Map<string, string>();
  const byCountry = new Map<string, Map<string, number>>();
  const offset = (timezone: string): string => today.toZonedDateTime(timezone).offset;
  const found = new Map<string, string | null>();

  const ofCountry = (countryCode: string): string | null => {
    const zones = [...(byCountry.get(countryCode) ?? [])].toSorted((a, b) => b[1] - a[1]);
    const usual = zones[0]?.[0];
    if (usual === undefined) return singleZoneOf(countryCode, offset);
    const venues = zones.reduce((sum, [, count]) => sum + count, 0);
    const alike = zones.reduce((sum, [zone, count]) => sum + (offset(zone) === offset(usual) ? count : 0), 0);
    return alike / venues >= MIN_MAJORITY ? usual : null;
  };
  return {
    add(countryCode, city, timezone) {
      byCity.set(`${countryCode} ${fold(city)}`, timezone);
      const zones = byCountry.get(countryCode) ?? new Map<string, number>();
      byCountry.set(countryCode, zones.set(timezone, (zones.get(timezone) ?? 0) + 1));
      found.clear();
    },
    find(countryCode, city) {
      const key = `${countryCode} ${fold(city)}`;
      const here = byCity.get(key) ?? found.get(key);
      if (here !== undefined) return here;
      const zone = ofCountry(countryCode);
      found.set(key, zone);
      return zone;
    },
  };
}

/** For a country without a single Venue: its time zone by the locale data, if all of it keeps one clock. */
function singleZoneOf(countryCode: string, offset: (timezone: string) => string): string | null {
  if (!/^[A-Z]{2}$/.test(countryCode)) return null;
  const zones = new Intl.Locale(`und-${countryCode}`).getTimeZones() ?? [];
  const [first] = zones;
  return first !== undefined && zones.every((zone) => offset(zone) === offset(first)) ? first : null;
}
