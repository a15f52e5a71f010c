import { fold } from '../../platform/text/fold.ts';

interface Point {
  latitude: number;
  longitude: number;
}

/** Points of cities, from those of their Venues. */
export interface CityPoints {
  add(countryCode: string, city: string, point: Point): void;
  /** The median of the city's Venues, which one misplaced Venue does not move; `null` if none has a point. */
  find(countryCode: string, city: string): Point | null;
}

/** Create an empty index. */
export function openCityPoints(): CityPoints {
  const points = new Map<string, Point[]>();
  const keyOf = (countryCode: string, city: string) => `${countryCode} ${fold(city)}`;
  return {
    add(countryCode, city, point) {
      const key = keyOf(countryCode, city);
      const ofCity = points.get(key);
      if (ofCity === undefined) points.set(key, [point]);
      else ofCity.push(point);
    },
    find(countryCode, city) {
      const ofCity = points.get(keyOf(countryCode, city));
      if (ofCity === undefined) return null;
      return {
        latitude: median(ofCity.map(({ latitude }) => latitude)),
        longitude: median(ofCity.map(({ longitude }) => longitude)),
      };
    },
  };
}

/** The lower of two in the middle. Cities at the date line have Venues on one side of it. */
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]!;
