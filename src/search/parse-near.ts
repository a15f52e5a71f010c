import type { NearInput } from '../generated/graphql.ts';
import { badInput } from '../platform/errors.ts';
import type { EventQuery } from './search-engine.ts';
import { MAX_RADIUS_KM } from './search-limits.ts';

/** Validate a circle. Throws BAD_USER_INPUT, named by the path of the first invalid field. */
export function parseNear(near: NearInput | null | undefined, path: string): EventQuery['near'] {
  if (near == null) return null;
  const { latitude, longitude, radiusKm = 50 } = near;
  if (!isWithin(latitude, -90, 90)) throw badInput(`${path}.latitude`, 'must be -90 to 90');
  if (!isWithin(longitude, -180, 180)) throw badInput(`${path}.longitude`, 'must be -180 to 180');
  if (!isWithin(radiusKm, 1, MAX_RADIUS_KM)) {
    throw badInput(`${path}.radiusKm`, `must be 1 to ${MAX_RADIUS_KM.toLocaleString('en')}`);
  }
  return { latitude: roundToCentimetre(latitude), longitude: roundToCentimetre(longitude), radiusKm };
}

/** False for NaN. */
const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** Postgres rejects the sine of denormal numbers such as 5e-324. */
function roundToCentimetre(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
