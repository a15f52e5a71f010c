/** Clubs of the American league that play in Canada, where the league's list says United States. */
const CANADIAN_CITIES = new Set(['Toronto', 'Montréal', 'Vancouver']);
const UNITED_STATES = 'United States';

/** Where a match is, as far as its row says. */
export interface MatchLocation {
  city: string;
  countryCode: string;
  latitude: number | null;
  longitude: number | null;
  timezone: string;
}

/** Bring Canadian home games back to Canada; the point and zone given are those of a namesake, and go. */
export function normaliseMatchLocation(place: MatchLocation, series: string): MatchLocation {
  const misplaced =
    place.countryCode === 'US' && CANADIAN_CITIES.has(place.city) && /Major League Soccer/.test(series);
  return misplaced
    ? { city: place.city, countryCode: 'CA', latitude: null, longitude: null, timezone: '' }
    : place;
}

/** Spell the title of a match as its Performers are spelt. */
export const normaliseMatchTitle = (title: string): string =>
  title.replace('Bosnia & Herzegovina', 'Bosnia and Herzegovina').replace(/\bUSA\b/, UNITED_STATES);

/** Add the United States to the bill of its matches where the list forgot it: home team first. */
export function normaliseMatchLineup(
  mendedTitle: string,
  bill: readonly string[],
  unitedStates: string | undefined,
): string[] {
  const sides = mendedTitle.split(' vs ');
  if (unitedStates === undefined || bill.includes(unitedStates) || !sides.includes(UNITED_STATES))
    return [...bill];
  return sides[0] === UNITED_STATES ? [unitedStates, ...bill] : [...bill, unitedStates];
}
