import { z } from 'zod';

import type { FieldProblem } from '../../generated/graphql.ts';
import { fold } from '../../platform/text/fold.ts';
import { countryCode, degrees, integerBetween, singleLine, timezone } from '../input/field-rules.ts';
import type { VenueRow } from '../store/reads.ts';

/** What an organiser says of a Venue. */
export const VENUE_RULES = {
  required: {
    name: singleLine(200),
    kind: singleLine(50),
    city: singleLine(100),
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

/** Half a point is none: report a latitude that comes without a longitude, and the other way round. */
export function checkCoordinates(
  given: { latitude?: number | null | undefined; longitude?: number | null | undefined },
  path: string[],
): FieldProblem[] {
  const [has, hasOther] = [given.latitude != null, given.longitude != null];
  if (has === hasOther) return [];
  const missing = has ? 'longitude' : 'latitude';
  return [{ path: [...path, missing], message: 'is needed: both or neither make a point' }];
}

/** Fold what a Venue is found by. */
export const foldVenue = ({ name, aliases, city }: Pick<VenueRow, 'name' | 'aliases' | 'city'>): string =>
  fold([name, ...aliases, city].join(' '));
