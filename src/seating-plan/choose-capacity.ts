import { seededRandom } from './seeded-random.ts';

/** Smallest and largest plausible capacity by kind of Venue. */
const RANGE_BY_KIND: Record<string, readonly [number, number]> = {
  'concert hall': [400, 2_600],
  'festival site': [3_000, 40_000],
  'music venue': [200, 2_500],
  'opera house': [900, 2_800],
  'race circuit': [10_000, 80_000],
  amphitheatre: [2_000, 18_000],
  arena: [4_000, 18_000],
  church: [150, 1_200],
  club: [80, 800],
  hall: [150, 1_500],
  stadium: [5_000, 45_000],
  theatre: [200, 1_800],
};
const DEFAULT_RANGE = [60, 600] as const;

/**
 * Choose a plausible capacity for a Venue without one: deterministic by seed (the Venue's id), from the range of its
 * kind, uniform on a logarithmic scale because small venues are more common, rounded to two digits.
 */
export function chooseCapacity(kind: string, seed: string): number {
  const [min, max] = RANGE_BY_KIND[kind] ?? DEFAULT_RANGE;
  const exact = min * (max / min) ** seededRandom('capacity', kind, seed);
  const digits = 10 ** (Math.floor(Math.log10(exact)) - 1);
  return Math.round(exact / digits) * digits;
}
