import { accessibleIn, type ChartRow } from '../seats/seat-chart.ts';
import { lastResortPenalty, ORPHAN_PENALTY_PITCHES } from './choose-in-row.ts';
import {
  meanDistance,
  mustAvoidOrphans,
  orphansBeside,
  runsOf,
  type Run,
  type SeatSearch,
} from './seat-search.ts';
import type { Shortlist } from './shortlist.ts';

/** In seat widths beyond the ends of the longer block: two blocks farther apart are not behind each other. */
const MAX_OFFSET_PITCHES = 4;

/** The block of a choice that is in one of its rows. */
interface RowBlock {
  first: number;
  section: number;
  orphans: number;
  x: number;
  y: number;
}

interface FreeSegment {
  segment: ChartRow;
  runs: Run[];
}

/** Free seats of a row in all its segments, across aisles. */
export interface FullRow {
  section: number;
  rowNumber: number;
  segments: FreeSegment[];
  longest: number;
  nearest: number;
}

/** Two rows of a section, one behind the other. */
export interface RowPair {
  front: FullRow;
  back: FullRow;
  nearest: number;
}

/** List the pairs of neighbouring rows with free seats, nearest to the stage first. */
export function findRowPairs(fullRows: readonly FullRow[]): RowPair[] {
  return fullRows
    .flatMap((front, index) => {
      const back = fullRows[index + 1];
      const behind = back?.section === front.section && back.rowNumber === front.rowNumber + 1;
      return behind ? [{ front, back, nearest: Math.min(front.nearest, back.nearest) }] : [];
    })
    .toSorted((a, b) => a.nearest - b.nearest);
}

/** Offer choices in two neighbouring rows, behind each other, with `larger` seats in one row and the rest in the other. */
export function offerTwoRows(
  search: SeatSearch,
  pairs: readonly RowPair[],
  larger: number,
  shortlist: Shortlist,
): void {
  const smaller = search.criteria.quantity - larger;
  for (const { front, back, nearest } of pairs) {
    if (!shortlist.wants(nearest)) return; // sorted by distance: the rest of the stadium is no better
    offerPair(search, front, larger, back, smaller, shortlist);
    if (smaller !== larger) offerPair(search, front, smaller, back, larger, shortlist);
  }
}

/** List the rows with free seats, in the order of positions. */
export function fullRowsOf({ free, rows }: SeatSearch): FullRow[] {
  const fullRows: FullRow[] = [];
  for (const segment of rows) {
    const runs = runsOf(free, segment);
    if (runs.length === 0) continue;
    const { section, rowNumber } = segment;
    let fullRow = fullRows.at(-1);
    if (fullRow?.section !== section || fullRow.rowNumber !== rowNumber) {
      fullRow = { section, rowNumber, segments: [], longest: 0, nearest: Number.POSITIVE_INFINITY };
      fullRows.push(fullRow);
    }
    fullRow.segments.push({ segment, runs });
    fullRow.nearest = Math.min(fullRow.nearest, segment.nearest);
    for (const { start, end } of runs) fullRow.longest = Math.max(fullRow.longest, end - start);
  }
  return fullRows;
}

/** Combine each block of the front row with the nearest block of the back row. */
function offerPair(
  search: SeatSearch,
  front: FullRow,
  inFront: number,
  back: FullRow,
  behind: number,
  shortlist: Shortlist,
): void {
  if (front.longest < inFront || back.longest < behind) return;
  const { chart, criteria } = search;
  const others = blocksOf(search, back, behind);
  if (others.length === 0) return;
  const maxApart = (Math.max(inFront, behind) / 2 + MAX_OFFSET_PITCHES) * chart.pitch;
  for (const block of blocksOf(search, front, inFront)) {
    let [other, apart] = [others[0]!, Number.POSITIVE_INFINITY];
    for (const candidate of others) {
      const distance =
        Math.hypot(candidate.x - block.x, candidate.y - block.y) + candidate.orphans * chart.pitch;
      if (distance < apart) [other, apart] = [candidate, distance];
    }
    const accessibleSeats =
      accessibleIn(chart, block.first, inFront) + accessibleIn(chart, other.first, behind);
    if (apart > maxApart || accessibleSeats < criteria.accessible) continue;
    const orphans = block.orphans + other.orphans;
    const distance =
      meanDistance(chart, block.first, inFront) * inFront + meanDistance(chart, other.first, behind) * behind;
    const score =
      distance / criteria.quantity +
      apart +
      orphans * ORPHAN_PENALTY_PITCHES * chart.pitch +
      lastResortPenalty(search, block.section, orphans, accessibleSeats);
    if (!shortlist.wants(score)) continue;
    const blocks = [{ first: block.first, count: inFront }, { first: other.first, count: behind }]; // prettier-ignore
    shortlist.offer({ blocks, orphans, score });
  }
}

function blocksOf(search: SeatSearch, { segments }: FullRow, quantity: number): RowBlock[] {
  return segments.flatMap(({ segment, runs }) => {
    const avoidOrphans = mustAvoidOrphans(search, segment, runs, quantity);
    return runs.flatMap((run) => blocksOfRun(search, segment, run, quantity, avoidOrphans));
  });
}

function blocksOfRun(
  { chart: { sums } }: SeatSearch,
  { section }: ChartRow,
  run: Run,
  quantity: number,
  avoidOrphans: boolean,
): RowBlock[] {
  const blocks: RowBlock[] = [];
  for (let first = run.start; first + quantity <= run.end; first++) {
    const orphans = orphansBeside(run, { first, count: quantity });
    if (orphans > 0 && avoidOrphans) continue;
    const mean = (sum: Float64Array) => (sum[first + quantity]! - sum[first]!) / quantity;
    blocks.push({ first, section, orphans, x: mean(sums.x), y: mean(sums.y) });
  }
  return blocks;
}
