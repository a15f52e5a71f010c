/** Names of online venues in the Toronto and New York lists. */
const VIRTUAL = /^none$|^virtual\b|[:-] virtual( event)?$/i;
/** Names of venues with an undisclosed address: their Events keep the city. */
const UNKNOWN = /^unknown venue$|^secret location\b/i;

/** Cities missing in the source, by Venue. */
const MISSING_CITIES: Record<string, string> = { 'Tannadice Park Dundee': 'Dundee' };

/** Classify a Venue by its name: REAL, UNKNOWN (undisclosed address) or VIRTUAL (online). */
export function classifyVenue(name: string): 'REAL' | 'UNKNOWN' | 'VIRTUAL' {
  if (VIRTUAL.test(name)) return 'VIRTUAL';
  return UNKNOWN.test(name) ? 'UNKNOWN' : 'REAL';
}

/** The city of a Venue, by its name if the source has none. */
export const cityOfVenue = (name: string, city: string): string =>
  city === '' ? (MISSING_CITIES[name] ?? '') : city;
