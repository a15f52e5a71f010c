import { seededRandom } from './seeded-random.ts';

/** From the small to the large ones of each kind of Venue. */
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
 * Choose a plausible capacity for a Venue of which none is known. The rule: each kind has a range; the seed (the Venue's
 * id) picks a point on it by hash, evenly on a logarithmic scale, so that small houses are as common as they are in
 * life; the result is rounded to two digits. The same seed always gets the same capacity.
 */
export function chooseCapacity(kind: string, seed: string): number {
  const [least, most] = RANGE_BY_KIND[kind] ?? DEFAULT_RANGE;
  const exact = least * (most / least) ** seededRandom('capacity', kind, seed);
  const digits = 10 ** (Math.floor(Math.log10(exact)) - 1);
  return Math.round(exact / digits) * digits;
}
