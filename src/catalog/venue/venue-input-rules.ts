import { z } from 'zod';

import type { FieldProblem } from '../../generated/graphql.ts';
import { fold } from '../../platform/text/fold.ts';
import { countryCode, degrees, integerBetween, singleLine, timezone } from '../input/field-rules.ts';
import { MAX_CITY_LENGTH } from '../input/text-limits.ts';
import type { VenueRow } from '../store/reads.ts';

/** Input rules of a Venue. */
export const VENUE_RULES = {
  required: {
    name: singleLine(200),
    kind: singleLine(50),
    city: singleLine(MAX_CITY_LENGTH),
    country: singleLine(100),
    countryCode,
    timezone,
  },
  optional: {
    aliases: z.array(singleLine(200)).max(20, 'must be at most 20'),
    region: singleLine(100),
    latitude: degrees(90),
    longitude: degrees(180),
    capacity: integerBetween(1, 1_000_000),
  },
};

/** Report a latitude without a longitude, or a longitude without a latitude. */
export function checkCoordinates(
  given: { latitude?: number | null | undefined; longitude?: number | null | undefined },
  path: string[],
): FieldProblem[] {
  const [hasLatitude, hasLongitude] = [given.latitude != null, given.longitude != null];
  if (hasLatitude === hasLongitude) return [];
  const missing = hasLatitude ? 'longitude' : 'latitude';
  return [{ path: [...path, missing], message: 'is required: give both coordinates or neither' }];
}

/** Folded search text of a Venue: name, aliases and city. */
export const foldVenue = ({ name, aliases, city }: Pick<VenueRow, 'name' | 'aliases' | 'city'>): string =>
  fold([name, ...aliases, city].join(' '));
