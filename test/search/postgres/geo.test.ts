import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { EARTH_METRES } from '../../../src/search/matching/distance.ts';
import { boxAround, type Circle } from '../../../src/search/postgres/geo.ts';

const EARTH_KM = EARTH_METRES / 1_000;
const RADIANS = Math.PI / 180;

/** The point that lies `km` away from the middle, in the direction of `bearing` degrees. */
function pointAt({ latitude, longitude }: Circle, km: number, bearing: number) {
  const [d, b] = [km / EARTH_KM, bearing * RADIANS];
  const [lat, lon] = [latitude * RADIANS, longitude * RADIANS];
  const lat2 = Math.asin(Math.sin(lat) * Math.cos(d) + Math.cos(lat) * Math.sin(d) * Math.cos(b));
  const lon2 =
    lon + Math.atan2(Math.sin(b) * Math.sin(d) * Math.cos(lat), Math.cos(d) - Math.sin(lat) * Math.sin(lat2));
  return { latitude: lat2 / RADIANS, longitude: ((((lon2 / RADIANS + 180) % 360) + 360) % 360) - 180 };
}

const inBox = (circle: Circle, point: { latitude: number; longitude: number }): boolean => {
  const { south, north, spans } = boxAround(circle);
  return (
    point.latitude >= south &&
    point.latitude <= north &&
    spans.some(([west, east]) => point.longitude >= west && point.longitude <= east)
  );
};

describe('the box around a circle', () => {
  test('holds every point of the circle, everywhere on Earth', () => {
    const circles = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
      radiusKm: fc.double({ min: 1, max: 1_000, noNaN: true }),
    });
    const inside = fc.double({ min: 0, max: 0.9999, noNaN: true });
    const bearing = fc.double({ min: 0, max: 360, noNaN: true });
    fc.assert(
      fc.property(circles, inside, bearing, (circle, share, direction) =>
        inBox(circle, pointAt(circle, circle.radiusKm * share, direction)),
      ),
      { numRuns: 2_000 },
    );
  });

  test('is no larger than it has to be', () => {
    const { south, north, spans } = boxAround({ latitude: 52.5, longitude: 13.4, radiusKm: 50 });

    expect([south, north]).toEqual([expect.closeTo(52.05, 2), expect.closeTo(52.95, 2)]);
    expect(spans).toEqual([[expect.closeTo(12.66, 2), expect.closeTo(14.14, 2)]]);
  });

  test('is two spans across the date line, and all longitudes at a pole', () => {
    const fiji = { latitude: -17.7, longitude: 179.9, radiusKm: 100 };
    expect(boxAround(fiji).spans).toHaveLength(2);
    expect(inBox(fiji, { latitude: -17.7, longitude: -179.9 })).toBe(true);
    expect(boxAround({ ...fiji, longitude: -179.9 }).spans).toHaveLength(2);
    expect(boxAround({ latitude: 89.9, longitude: 0, radiusKm: 50 })).toMatchObject({
      north: 90,
      spans: [[-180, 180]],
    });
  });
});
