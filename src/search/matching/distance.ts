/** Mean radius, as in Lucene: distances are exact to 0.5 %. */
export const EARTH_METRES = 6_371_008.7714;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** Lucene holds a coordinate in 32 bits, rounded down to these steps in degrees: a centimetre at most. */
export const LATITUDE_STEP = 180 / 2 ** 32;
export const LONGITUDE_STEP = 360 / 2 ** 32;

interface Point {
  latitude: number;
  longitude: number;
}

/**
 * Great-circle distance (haversine) to an Event, in whole metres so that equal distances tie. Every engine gives the same one, which
 * cursors carry: from the centre as it is asked for to the place as Lucene holds it.
 */
export function metresTo(event: Point, centre: Point): number {
  const halfSine = (degrees: number) => Math.sin((degrees * RADIANS_PER_DEGREE) / 2) ** 2;
  const latitude = inSteps(event.latitude, LATITUDE_STEP);
  const longitude = inSteps(event.longitude, LONGITUDE_STEP);
  const cosines = Math.cos(centre.latitude * RADIANS_PER_DEGREE) * Math.cos(latitude * RADIANS_PER_DEGREE);
  const chord = halfSine(latitude - centre.latitude) + cosines * halfSine(longitude - centre.longitude);
  return Math.round(2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, chord))));
}

const inSteps = (degrees: number, step: number): number => Math.floor(degrees / step) * step;
