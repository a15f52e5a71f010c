import { ALONE } from './choose-in-row.ts';
import { leftAlone } from './orphan-rule.ts';
import type { SeatChart } from './seat-chart.ts';
import { accessibleIn, meanDistance, runsOf, type Run, type SeatSearch } from './seat-search.ts';
import { LAST_RESORT, type Block, type Shortlist } from './shortlist.ts';

/** With how many of the nearest sections one is put together. */
const NEIGHBOURS = 4;

/** Offer one way to sit in each section, in as few groups as may be. */
export function offerSections(search: SeatSearch, shortlist: Shortlist): void {
  for (const { runs } of seatsBySection(search)) offerGroups(search, runs, shortlist);
}

/** Offer ways to sit in two sections that are next to each other. */
export function offerNeighbouringSections(search: SeatSearch, shortlist: Shortlist): void {
  const seats = seatsBySection(search);
  for (const one of seats) {
    const others = seats
      .filter((other) => other !== one)
      .map((other) => ({ ...other, apart: Math.hypot(one.x - other.x, one.y - other.y) }))
      .toSorted((a, b) => a.apart - b.apart);
    for (const other of others.slice(0, NEIGHBOURS)) {
      offerGroups(search, [...one.runs, ...other.runs], shortlist);
    }
  }
}

/** The runs of free seats of each section that has what is wished for, whether or not they have any. */
function seatsBySection({ chart, free, rows }: SeatSearch): { x: number; y: number; runs: Run[] }[] {
  const seats = new Map<number, { x: number; y: number; runs: Run[] }>();
  for (const row of rows) {
    const { x, y } = chart.sections[row.section]!;
    let section = seats.get(row.section);
    if (section === undefined) seats.set(row.section, (section = { x, y, runs: [] }));
    section.runs.push(...runsOf(free, row));
  }
  return [...seats.values()];
}

/** Fill the largest runs first, so that nobody sits alone who need not, and stay close to the first. */
function offerGroups(search: SeatSearch, allRuns: readonly Run[], shortlist: Shortlist): void {
  const { chart, wish } = search;
  if (allRuns.reduce((sum, { start, end }) => sum + end - start, 0) < wish.quantity) return;
  const reachable = wish.accessible > 0 ? nearestReachable(chart, allRuns, wish.accessible) : [];
  if (reachable.length < wish.accessible) return;

  const blocks: Block[] = reachable.map((first) => ({ first, count: 1 }));
  let runs = without(allRuns, reachable);
  let missing = wish.quantity - reachable.length;
  while (missing > 0) {
    const block = largest(chart, runs, missing, blocks[0] ?? null);
    if (block === null) return;
    blocks.push(block);
    missing -= block.count;
    runs = runs.filter(({ start, end }) => block.first < start || block.first >= end);
  }
  const distance = blocks.reduce(
    (sum, { first, count }) => sum + meanDistance(chart, first, count) * count,
    0,
  );
  const wasted = wish.accessible === 0 && blocks.some(({ first, count }) => accessibleIn(chart, first, count) > 0); // prettier-ignore
  const mean = distance / wish.quantity;
  // fewer groups before nearer the stage: a group more counts like the widest house
  const score = mean + blocks.length * GROUP + (wasted ? LAST_RESORT : 0);
  if (shortlist.wants(score)) shortlist.offer({ blocks, stranded: 0, score });
}

/** More than any distance, less than a last resort. */
const GROUP = 1e6;

/** Choose the part of a run that is the largest; of equals, one that keeps wheelchair places, then the nearest. */
function largest(chart: SeatChart, runs: readonly Run[], most: number, near: Block | null): Block | null {
  let best: (Block & { cost: number }) | null = null;
  for (const { start, end } of runs) {
    const count = Math.min(most, end - start);
    if (best !== null && count < best.count) continue;
    // a part is cut off at either end, so that the rest stays in one piece
    for (const first of end - start > count ? [start, end - count] : [start]) {
      const cost =
        costOf(chart, { first, count }, near) + leftAlone(0, end - start - count) * ALONE * chart.pitch;
      if (best === null || count > best.count || cost < best.cost) best = { first, count, cost };
    }
  }
  return best && { first: best.first, count: best.count };
}

function costOf(chart: SeatChart, block: Block, near: Block | null): number {
  const far =
    near === null
      ? meanDistance(chart, block.first, block.count)
      : Math.hypot(
          meanOf(chart.sums.x, block) - meanOf(chart.sums.x, near),
          meanOf(chart.sums.y, block) - meanOf(chart.sums.y, near),
        );
  return far + (accessibleIn(chart, block.first, block.count) > 0 ? GROUP : 0);
}

const meanOf = (sums: Float64Array, { first, count }: Block): number =>
  (sums[first + count]! - sums[first]!) / count;

function nearestReachable(chart: SeatChart, runs: readonly Run[], count: number): number[] {
  const reachable: number[] = [];
  for (const { start, end } of runs) {
    for (let place = start; place < end; place++)
      if (accessibleIn(chart, place, 1) > 0) reachable.push(place);
  }
  return reachable.toSorted((a, b) => meanDistance(chart, a, 1) - meanDistance(chart, b, 1)).slice(0, count);
}

function without(runs: readonly Run[], places: readonly number[]): Run[] {
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
