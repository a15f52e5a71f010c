import { countOrphans } from '../seats/orphan-rule.ts';
import { accessibleIn, type SeatChart } from '../seats/seat-chart.ts';
import { ORPHAN_PENALTY_PITCHES } from './choose-in-row.ts';
import { meanDistance, runsOf, type Run, type SeatSearch } from './seat-search.ts';
import { LAST_RESORT_PENALTY, type SeatBlock, type Shortlist } from './shortlist.ts';

/** With how many of the nearest sections one is put together. */
const MAX_NEIGHBOURS = 4;
/** So many of those that promise the fewest groups are looked at seat by seat; in a fragmented stadium all would take a tenth of a second. */
const MAX_POOLS_SEARCHED = 12;

/** Free seats to be seated in together: of one section, or of two. */
interface SeatPool {
  x: number;
  y: number;
  /** How far it is from the stage. */
  distance: number;
  runs: Run[];
}

/** Offer one way to sit in each of the best sections, in as few groups as may be. */
export function offerSections(search: SeatSearch, shortlist: Shortlist): void {
  offerPools(search, poolBySection(search), shortlist);
}

/** Offer ways to sit in two sections that are next to each other. */
export function offerNeighbouringSections(search: SeatSearch, shortlist: Shortlist): void {
  const stands = poolBySection(search);
  const pairs = stands.flatMap((one) =>
    stands
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

/** One for each section that has what is wished for, whether or not any of it is free. */
function poolBySection({ chart, free, rows }: SeatSearch): SeatPool[] {
  const stands = new Map<number, SeatPool>();
  for (const row of rows) {
    const { x, y, distance } = chart.sections[row.section]!;
    let stand = stands.get(row.section);
    if (stand === undefined) stands.set(row.section, (stand = { x, y, distance, runs: [] }));
    stand.runs.push(...runsOf(free, row));
  }
  return [...stands.values()];
}

function offerPools(
  { chart, criteria, ...search }: SeatSearch,
  stands: SeatPool[],
  shortlist: Shortlist,
): void {
  const reachable = ({ runs }: SeatPool) =>
    runs.reduce((sum, { start, end }) => sum + accessibleIn(chart, start, end - start), 0);
  stands
    .filter((stand) => criteria.accessible === 0 || reachable(stand) >= criteria.accessible)
    .map((stand) => ({ stand, groups: fewestGroups(stand.runs, criteria.quantity) }))
    .filter(({ groups }) => groups < Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a.groups - b.groups || a.stand.distance - b.stand.distance)
    .slice(0, MAX_POOLS_SEARCHED)
    .forEach(({ stand }) => offerGroups({ chart, criteria, ...search }, stand.runs, shortlist));
}

/** In how few groups so many can be seated, largest runs first. Infinity: they cannot. */
function fewestGroups(runs: readonly Run[], quantity: number): number {
  const bySize = new Int32Array(quantity + 1);
  for (const { start, end } of runs) bySize[Math.min(end - start, quantity)]!++;
  let groups = 0;
  let missing = quantity;
  for (let size = quantity; size > 0 && missing > 0; size--) {
    const used = Math.min(bySize[size]!, Math.ceil(missing / size));
    groups += used;
    missing -= used * size;
  }
  return missing > 0 ? Number.POSITIVE_INFINITY : groups;
}

/** Fill the largest runs first, so that nobody sits alone who need not, and stay close to the first. */
function offerGroups({ chart, criteria }: SeatSearch, allRuns: readonly Run[], shortlist: Shortlist): void {
  const reachable = criteria.accessible > 0 ? nearestAccessible(chart, allRuns, criteria.accessible) : [];
  const blocks: SeatBlock[] = reachable.map((first) => ({ first, count: 1 }));
  let runs = excludePlaces(allRuns, reachable);
  let missing = criteria.quantity - reachable.length;
  while (missing > 0) {
    const block = largestBlock(chart, runs, missing, blocks[0] ?? null);
    if (block === null) return;
    blocks.push(block);
    missing -= block.count;
    runs = runs.filter(({ start, end }) => block.first < start || block.first >= end);
  }
  const distance = blocks.reduce(
    (sum, { first, count }) => sum + meanDistance(chart, first, count) * count,
    0,
  );
  const wasted = criteria.accessible === 0 && blocks.some(({ first, count }) => accessibleIn(chart, first, count) > 0); // prettier-ignore
  const mean = distance / criteria.quantity;
  // fewer groups before nearer the stage: a group more counts like the widest house
  const score = mean + blocks.length * GROUP_PENALTY + (wasted ? LAST_RESORT_PENALTY : 0);
  if (shortlist.wants(score)) shortlist.offer({ blocks, orphans: 0, score });
}

/** More than any distance, less than a last resort. */
const GROUP_PENALTY = 1e6;

/** Choose the part of a run that is the largest; of equals, one that keeps wheelchair places, then the nearest. */
function largestBlock(
  chart: SeatChart,
  runs: readonly Run[],
  most: number,
  near: SeatBlock | null,
): SeatBlock | null {
  let best: (SeatBlock & { cost: number }) | null = null;
  for (const { start, end } of runs) {
    const count = Math.min(most, end - start);
    if (best !== null && count < best.count) continue;
    // a part is cut off at either end, so that the rest stays in one piece
    for (const first of end - start > count ? [start, end - count] : [start]) {
      const cost =
        costOf(chart, { first, count }, near) +
        countOrphans(0, end - start - count) * ORPHAN_PENALTY_PITCHES * chart.pitch;
      if (best === null || count > best.count || cost < best.cost) best = { first, count, cost };
    }
  }
  return best && { first: best.first, count: best.count };
}

function costOf(chart: SeatChart, block: SeatBlock, near: SeatBlock | null): number {
  const far =
    near === null
      ? meanDistance(chart, block.first, block.count)
      : Math.hypot(
          meanOf(chart.sums.x, block) - meanOf(chart.sums.x, near),
          meanOf(chart.sums.y, block) - meanOf(chart.sums.y, near),
        );
  return far + (accessibleIn(chart, block.first, block.count) > 0 ? GROUP_PENALTY : 0);
}

const meanOf = (sums: Float64Array, { first, count }: SeatBlock): number =>
  (sums[first + count]! - sums[first]!) / count;

function nearestAccessible(chart: SeatChart, runs: readonly Run[], count: number): number[] {
  const reachable: number[] = [];
  for (const { start, end } of runs) {
    for (let place = start; place < end; place++)
      if (accessibleIn(chart, place, 1) > 0) reachable.push(place);
  }
  return reachable.toSorted((a, b) => meanDistance(chart, a, 1) - meanDistance(chart, b, 1)).slice(0, count);
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
