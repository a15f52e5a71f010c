import { countOrphans } from '../seats/orphan-rule.ts';
import { accessibleIn, type SeatChart } from '../seats/seat-chart.ts';
import { ORPHAN_PENALTY_PITCHES } from './choose-in-row.ts';
import { meanDistance, runsOf, type Run, type SeatSearch } from './seat-search.ts';
import { LAST_RESORT_PENALTY, type SeatBlock, type Shortlist } from './shortlist.ts';

/** Nearest sections that each section is combined with. */
const MAX_NEIGHBOURS = 4;
/** Pools with the fewest groups that are searched seat by seat; all pools of a fragmented stadium would take 100 ms. */
const MAX_POOLS_SEARCHED = 12;

/** Free seats of one section, or of two next to each other. */
interface SeatPool {
  x: number;
  y: number;
  /** From the stage. */
  distance: number;
  runs: Run[];
}

/** Offer one choice of seats in each of the best sections, in as few groups as possible. */
export function offerSections(search: SeatSearch, shortlist: Shortlist): void {
  offerPools(search, poolBySection(search), shortlist);
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

/** Fewest groups that seat the quantity, largest runs first. Infinity: there are too few seats. */
function fewestGroups(runs: readonly Run[], quantity: number): number {
  const bySize = new Int32Array(quantity + 1);
  for (const { start, end } of runs) bySize[Math.min(end - start, quantity)]!++;
  let groups = 0;
  let unseated = quantity;
  for (let size = quantity; size > 0 && unseated > 0; size--) {
    const used = Math.min(bySize[size]!, Math.ceil(unseated / size));
    groups += used;
    unseated -= used * size;
  }
  return unseated > 0 ? Number.POSITIVE_INFINITY : groups;
}

/** Fill the largest runs first, so that as few buyers as possible sit alone, and stay close to the first. */
function offerGroups({ chart, criteria }: SeatSearch, allRuns: readonly Run[], shortlist: Shortlist): void {
  const accessible = criteria.accessible > 0 ? nearestAccessible(chart, allRuns, criteria.accessible) : [];
  const blocks: SeatBlock[] = accessible.map((first) => ({ first, count: 1 }));
  let runs = excludePlaces(allRuns, accessible);
  let unseated = criteria.quantity - accessible.length;
  while (unseated > 0) {
    const block = largestBlock(chart, runs, unseated, blocks[0] ?? null);
    if (block === null) return;
    blocks.push(block);
    unseated -= block.count;
    runs = runs.filter(({ start, end }) => block.first < start || block.first >= end);
  }
  const distance = blocks.reduce(
    (sum, { first, count }) => sum + meanDistance(chart, first, count) * count,
    0,
  );
  const wasted = criteria.accessible === 0 && blocks.some(({ first, count }) => accessibleIn(chart, first, count) > 0); // prettier-ignore
  const mean = distance / criteria.quantity;
  // fewer groups come before nearer the stage
  const score = mean + blocks.length * GROUP_PENALTY + (wasted ? LAST_RESORT_PENALTY : 0);
  if (shortlist.wants(score)) shortlist.offer({ blocks, orphans: 0, score });
}

/** Larger than any distance in a plan, smaller than LAST_RESORT_PENALTY. */
const GROUP_PENALTY = 1e6;

/** The largest block within a run; of equal ones, one without wheelchair places, then the nearest. */
function largestBlock(
  chart: SeatChart,
  runs: readonly Run[],
  most: number,
  nearTo: SeatBlock | null,
): SeatBlock | null {
  let best: (SeatBlock & { cost: number }) | null = null;
  for (const { start, end } of runs) {
    const count = Math.min(most, end - start);
    if (best !== null && count < best.count) continue;
    // at either end of the run, so that the rest stays in one piece
    for (const first of end - start > count ? [start, end - count] : [start]) {
      const cost =
        costOf(chart, { first, count }, nearTo) +
        countOrphans(0, end - start - count) * ORPHAN_PENALTY_PITCHES * chart.pitch;
      if (best === null || count > best.count || cost < best.cost) best = { first, count, cost };
    }
  }
  return best && { first: best.first, count: best.count };
}

function costOf(chart: SeatChart, block: SeatBlock, nearTo: SeatBlock | null): number {
  const far =
    nearTo === null
      ? meanDistance(chart, block.first, block.count)
      : Math.hypot(
          meanOf(chart.sums.x, block) - meanOf(chart.sums.x, nearTo),
          meanOf(chart.sums.y, block) - meanOf(chart.sums.y, nearTo),
        );
  return far + (accessibleIn(chart, block.first, block.count) > 0 ? GROUP_PENALTY : 0);
}

const meanOf = (sums: Float64Array, { first, count }: SeatBlock): number =>
  (sums[first + count]! - sums[first]!) / count;

function nearestAccessible(chart: SeatChart, runs: readonly Run[], count: number): number[] {
  const accessible: number[] = [];
  for (const { start, end } of runs) {
    for (let place = start; place < end; place++)
      if (accessibleIn(chart, place, 1) > 0) accessible.push(place);
  }
  return accessible.toSorted((a, b) => meanDistance(chart, a, 1) - meanDistance(chart, b, 1)).slice(0, count);
}

function excludePlaces(runs: readonly Run[], places: readonly number[]): Run[] {
  return places.reduce<Run[]>(
    (left, place) =>
      left.flatMap(({ start, end }) =>
        place < start || place >= end
          ? [{ start, end }]
          : [
              { start, end: place },
              { start: place + 1, end },
            ].filter((run) => run.end > run.start),
      ),
    [...runs],
  );
}
