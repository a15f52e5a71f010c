/** Venues of the Toronto and New York lists that are no place one can go to. */
const VIRTUAL = /^none$|^virtual\b|[:-] virtual( event)?$/i;
/** Venues that are a place nobody knows: their Events keep the city. */
const UNKNOWN = /^unknown venue$|^secret location\b/i;

/** Venues whose city the source left out. */
const MISSING_CITIES: Record<string, string> = { 'Tannadice Park Dundee': 'Dundee' };

/** Tell what kind of place a Venue of that name is: a real one, one that is kept secret, or none at all. */
export function classifyVenue(name: string): 'REAL' | 'UNKNOWN' | 'VIRTUAL' {
  if (VIRTUAL.test(name)) return 'VIRTUAL';
  return UNKNOWN.test(name) ? 'UNKNOWN' : 'REAL';
}

/** The city of a Venue, from its name where the source has none. */
export const cityOfVenue = (name: string, city: string): string =>
  city === '' ? (MISSING_CITIES[name] ?? '') : city;
