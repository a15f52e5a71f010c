import { accessibleIn } from '../seats/seat-chart.ts';
import { fewestGroups, offerGroups } from './fill-runs.ts';
import { runsOf, type Run, type SeatSearch } from './seat-search.ts';
import type { Shortlist } from './shortlist.ts';

/** Nearest sections that each section is combined with. */
const MAX_NEIGHBOURS = 4;
/** Pools with the fewest groups that are searched seat by seat; all pools of a fragmented stadium would take 100 ms. */
const MAX_POOLS_SEARCHED = 12;

/** Free seats of two sections next to each other, or of one. */
interface SeatPool {
  x: number;
  y: number;
  /** From the stage. */
  distance: number;
  runs: Run[];
}

/** Offer choices of seats in two neighbouring sections. */
export function offerNeighbouringSections(search: SeatSearch, shortlist: Shortlist): void {
  const pools = poolBySection(search);
  const pairs = pools.flatMap((one) =>
    pools
      .filter((other) => other !== one)
      .map((other) => ({ other, apart: Math.hypot(one.x - other.x, one.y - other.y) }))
      .toSorted((a, b) => a.apart - b.apart)
      .slice(0, MAX_NEIGHBOURS)
      .map(({ other }) => ({
        ...one,
        distance: (one.distance + other.distance) / 2,
        runs: [...one.runs, ...other.runs],
      })),
  );
  offerPools(search, pairs, shortlist);
}

/** One pool per section that meets the criteria, also if none of its seats is free. */
function poolBySection({ chart, free, rows }: SeatSearch): SeatPool[] {
  const pools = new Map<number, SeatPool>();
  for (const row of rows) {
    const { x, y, distance } = chart.sections[row.section]!;
    let pool = pools.get(row.section);
    if (pool === undefined) pools.set(row.section, (pool = { x, y, distance, runs: [] }));
    pool.runs.push(...runsOf(free, row));
  }
  return [...pools.values()];
}

function offerPools(
  { chart, criteria, ...search }: SeatSearch,
  pools: SeatPool[],
  shortlist: Shortlist,
): void {
  const accessible = ({ runs }: SeatPool) =>
    runs.reduce((sum, { start, end }) => sum + accessibleIn(chart, start, end - start), 0);
  pools
    .filter((pool) => criteria.accessible === 0 || accessible(pool) >= criteria.accessible)
    .map((pool) => ({ pool, groups: fewestGroups(pool.runs, criteria.quantity) }))
    .filter(({ groups }) => groups < Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a.groups - b.groups || a.pool.distance - b.pool.distance)
    .slice(0, MAX_POOLS_SEARCHED)
    .forEach(({ pool }) => offerGroups({ chart, criteria, ...search }, pool.runs, shortlist));
}
