import { sql, type SQL } from 'drizzle-orm';

import { EARTH_METRES, LATITUDE_STEP, LONGITUDE_STEP } from '../matching/distance.ts';

export interface Circle {
  latitude: number;
  longitude: number;
  radiusKm: number;
}

const DEGREES_PER_RADIAN = 180 / Math.PI;

const inSteps = (degrees: SQL, step: number): SQL =>
  sql`floor(${degrees} / ${step}::float8) * ${step}::float8`;

const LATITUDE = inSteps(sql`e.latitude`, LATITUDE_STEP);
const LONGITUDE = inSteps(sql`e.longitude`, LONGITUDE_STEP);

/** Distance from the centre to an Event, as by `metresTo`. */
export const metresFrom = ({ latitude, longitude }: Circle): SQL => sql`(
  2 * ${EARTH_METRES}::float8 * asin(sqrt(least(1,
    sin(radians(${LATITUDE} - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(${LATITUDE}))
      * sin(radians(${LONGITUDE} - ${longitude}::float8) / 2) ^ 2
  )))
)::int`;

/** Condition: the Event lies in the circle. The bounding box, a metre larger, uses the index; the distance is in whole metres. */
export function isInCircle(circle: Circle): SQL {
  const { south, north, spans } = boxAround({ ...circle, radiusKm: circle.radiusKm + 0.001 });
  const longitudes = spans.map(
    ([west, east]) => sql`e.longitude between ${west}::float8 and ${east}::float8`,
  );
  return sql`e.latitude between ${south}::float8 and ${north}::float8
    and (${sql.join(longitudes, sql` or `)})
    and ${metresFrom(circle)} <= ${Math.round(circle.radiusKm * 1_000)}`;
}

/** Bounding box: one span of longitudes, two across the date line, all of them at a pole. */
export function boxAround({ latitude, longitude, radiusKm }: Circle): {
  south: number;
  north: number;
  spans: [west: number, east: number][];
} {
  const angle = (radiusKm * 1_000) / EARTH_METRES;
  const height = angle * DEGREES_PER_RADIAN;
  const [south, north] = [latitude - height, latitude + height];
  if (south <= -90 || north >= 90) {
    return { south: Math.max(south, -90), north: Math.min(north, 90), spans: [[-180, 180]] };
  }
  const width = Math.asin(Math.sin(angle) / Math.cos(latitude / DEGREES_PER_RADIAN)) * DEGREES_PER_RADIAN;
  const [west, east] = [longitude - width, longitude + width];
  if (west < -180) {
    return {
      south,
      north,
      spans: [
        [-180, east],
        [west + 360, 180],
      ],
    };
  }
  if (east > 180) {
    return {
      south,
      north,
      spans: [
        [west, 180],
        [-180, east - 360],
      ],
    };
  }
  return { south, north, spans: [[west, east]] };
}
