/** As in Postgres, so that both engines give the same distances. */
const EARTH_METRES = 6_371_009;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** Great-circle distance (haversine) between two points, in whole metres. */
export function metresBetween(
  from: { latitude: number; longitude: number },
  to: { latitude: number; longitude: number },
): number {
  const halfSine = (degrees: number) => Math.sin((degrees * RADIANS_PER_DEGREE) / 2) ** 2;
  const cosines = Math.cos(from.latitude * RADIANS_PER_DEGREE) * Math.cos(to.latitude * RADIANS_PER_DEGREE);
  const chord = halfSine(to.latitude - from.latitude) + cosines * halfSine(to.longitude - from.longitude);
  return Math.round(2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, chord))));
}
