import { sql, type SQL } from 'drizzle-orm';

export interface Circle {
  latitude: number;
  longitude: number;
  radiusKm: number;
}

/** Mean radius: distances are exact to 0.5 %. */
const EARTH_METRES = 6_371_009;
const DEGREES_PER_RADIAN = 180 / Math.PI;

/** Great-circle distance (haversine) from the centre to an Event, in whole metres so that equal distances tie. */
export const metresFrom = ({ latitude, longitude }: Circle): SQL => sql`(
  2 * ${EARTH_METRES}::float8 * asin(sqrt(least(1,
    sin(radians(e.latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(e.latitude))
      * sin(radians(e.longitude - ${longitude}::float8) / 2) ^ 2
  )))
)::int`;

/** Condition: the Event lies in the circle. The bounding box uses the index, the distance is exact. */
export function isInCircle(circle: Circle): SQL {
  const { south, north, spans } = boxAround(circle);
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
