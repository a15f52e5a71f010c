/** Canadian home cities of Major League Soccer, whose list has them in the United States. */
const CANADIAN_CITIES = new Set(['Toronto', 'Montréal', 'Vancouver']);
const UNITED_STATES = 'United States';

/** Location of a match in its row. */
export interface MatchLocation {
  city: string;
  countryCode: string;
  latitude: number | null;
  longitude: number | null;
  timezone: string;
}

/** Correct the country of Canadian home games; their coordinates and time zone belong to a namesake and are removed. */
export function normaliseMatchLocation(location: MatchLocation, series: string): MatchLocation {
  const misplaced =
    location.countryCode === 'US' && CANADIAN_CITIES.has(location.city) && /Major League Soccer/.test(series);
  return misplaced
    ? { city: location.city, countryCode: 'CA', latitude: null, longitude: null, timezone: '' }
    : location;
}

/** Spell the teams in a match title as their Performers are spelt. */
export const normaliseMatchTitle = (title: string): string =>
  title.replace('Bosnia & Herzegovina', 'Bosnia and Herzegovina').replace(/\bUSA\b/, UNITED_STATES);

/** Add the United States to the lineup of its matches where the list omits it; home team first. */
export function normaliseMatchLineup(
  title: string,
  performerIds: readonly string[],
  unitedStates: string | undefined,
): string[] {
  const sides = title.split(' vs ');
  if (unitedStates === undefined || performerIds.includes(unitedStates) || !sides.includes(UNITED_STATES))
    return [...performerIds];
  return sides[0] === UNITED_STATES ? [unitedStates, ...performerIds] : [...performerIds, unitedStates];
}
