import { accessibleIn, type SeatChart } from '../seats/seat-chart.ts';
import { ORPHAN_PENALTY_PITCHES } from './choose-in-row.ts';
import { meanDistance, orphansBeside, type Run, type SeatSearch } from './seat-search.ts';
import { LAST_RESORT_PENALTY, type SeatBlock, type Shortlist } from './shortlist.ts';

/** Fewest groups that seat the quantity, largest runs first. Infinity: there are too few seats. */
export function fewestGroups(runs: readonly Run[], quantity: number): number {
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

/** First groups that are tried: the largest, nearest the stage. */
const MAX_STARTS = 8;

/** Fill the largest runs first, so that as few buyers as possible sit alone, and stay close to the first. */
export function offerGroups(search: SeatSearch, allRuns: readonly Run[], shortlist: Shortlist): void {
  const { chart, criteria } = search;
  const accessible = criteria.accessible > 0 ? nearestAccessible(chart, allRuns, criteria.accessible) : [];
  const runs = excludePositions(allRuns, accessible);
  const asked: SeatBlock[] = accessible.map((first) => ({ first, count: 1 }));
  if (asked.length > 0) return offerFrom(search, runs, asked, shortlist);
  const largest = Math.min(criteria.quantity, Math.max(0, ...runs.map(({ start, end }) => end - start)));
  runs
    .filter(({ start, end }) => end - start >= largest)
    .map((run) => ({ run, cost: costOf(chart, { first: run.start, count: run.end - run.start }, null) }))
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, MAX_STARTS)
    .forEach(({ run }) => {
      const first = largestBlock(chart, [run], criteria.quantity, null)!;
      offerFrom(search, without(runs, first), [first], shortlist);
    });
}

/** Complete a choice that begins with these blocks. */
function offerFrom(
  { chart, criteria }: SeatSearch,
  allRuns: readonly Run[],
  first: readonly SeatBlock[],
  shortlist: Shortlist,
): void {
  const blocks = [...first];
  let runs = allRuns;
  let unseated = criteria.quantity - blocks.reduce((sum, { count }) => sum + count, 0);
  while (unseated > 0) {
    const block = largestBlock(chart, runs, unseated, blocks[0] ?? null);
    if (block === null) return;
    blocks.push(block);
    unseated -= block.count;
    runs = without(runs, block);
  }
  const distance = blocks.reduce((sum, { first: at, count }) => sum + meanDistance(chart, at, count) * count, 0); // prettier-ignore
  const wasted = criteria.accessible === 0 && blocks.some(({ first: at, count }) => accessibleIn(chart, at, count) > 0); // prettier-ignore
  const mean = distance / criteria.quantity + spreadOf(chart, blocks);
  // fewer groups come before nearer the stage
  const score = mean + blocks.length * GROUP_PENALTY + (wasted ? LAST_RESORT_PENALTY : 0);
  if (shortlist.wants(score)) shortlist.offer({ blocks, orphans: 0, score });
}

const without = (runs: readonly Run[], { first }: SeatBlock): Run[] =>
  runs.filter(({ start, end }) => first < start || first >= end);

/** Mean distance of the blocks from their common centre, weighted by seats. */
function spreadOf({ sums }: SeatChart, blocks: readonly SeatBlock[]): number {
  const seats = blocks.reduce((sum, { count }) => sum + count, 0);
  const centre = (axis: Float64Array) => blocks.reduce((sum, block) => sum + meanOf(axis, block) * block.count, 0) / seats; // prettier-ignore
  const [x, y] = [centre(sums.x), centre(sums.y)];
  return (
    blocks.reduce(
      (sum, block) => sum + Math.hypot(meanOf(sums.x, block) - x, meanOf(sums.y, block) - y) * block.count,
      0,
    ) / seats
  );
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
  for (const run of runs) {
    const { start, end } = run;
    const count = Math.min(most, end - start);
    if (best !== null && count < best.count) continue;
    // at either end of the run, so that the rest stays in one piece
    for (const first of end - start > count ? [start, end - count] : [start]) {
      const cost =
        costOf(chart, { first, count }, nearTo) +
        orphansBeside(run, { first, count }) * ORPHAN_PENALTY_PITCHES * chart.pitch;
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
    for (let position = start; position < end; position++)
      if (accessibleIn(chart, position, 1) > 0) accessible.push(position);
  }
  return accessible.toSorted((a, b) => meanDistance(chart, a, 1) - meanDistance(chart, b, 1)).slice(0, count);
}

function excludePositions(runs: readonly Run[], positions: readonly number[]): Run[] {
  return positions.reduce<Run[]>(
    (left, position) =>
      left.flatMap((run) =>
        position < run.start || position >= run.end
          ? [run]
          : [
              { ...run, end: position, after: 0 },
              { ...run, start: position + 1, before: 0 },
            ].filter(({ start, end }) => end > start),
      ),
    [...runs],
  );
}
