import { countOrphans } from '../seats/orphan-rule.ts';
import { accessibleIn, type ChartRow } from '../seats/seat-chart.ts';
import { lastResortPenalty, ORPHAN_PENALTY_PITCHES } from './choose-in-row.ts';
import { meanDistance, mustAvoidOrphans, runsOf, type Run, type SeatSearch } from './seat-search.ts';
import type { Shortlist } from './shortlist.ts';

/** Farther apart than this, in seats' widths, beyond where their own seats end, two blocks are not behind each other. */
const MAX_OFFSET_PITCHES = 4;

/** So many seats side by side, as part of a choice. */
interface RowBlock {
  first: number;
  section: number;
  stranded: number;
  x: number;
  y: number;
}

/** What is free in a row. */
interface FreeRow {
  row: ChartRow;
  runs: Run[];
}

/** What is free in one line of seats, across its aisles. */
interface FullRow {
  section: number;
  number: number;
  rows: FreeRow[];
  longest: number;
  nearest: number;
}

/** Two lines of a section, one behind the other. */
export interface RowPair {
  front: FullRow;
  back: FullRow;
  nearest: number;
}

/** List all pairs of neighbouring rows in which anything is free, nearest the stage first. */
export function findRowPairs(search: SeatSearch): RowPair[] {
  const lines = fullRowsOf(search);
  return lines
    .flatMap((front, index) => {
      const back = lines[index + 1];
      const behind = back?.section === front.section && back.number === front.number + 1;
      return behind ? [{ front, back, nearest: Math.min(front.nearest, back.nearest) }] : [];
    })
    .toSorted((a, b) => a.nearest - b.nearest);
}

/** Offer every way to sit in two neighbouring rows, behind each other, with `larger` seats in one and the rest in the other. */
export function offerTwoRows(
  search: SeatSearch,
  pairs: readonly RowPair[],
  larger: number,
  shortlist: Shortlist,
): void {
  const smaller = search.criteria.quantity - larger;
  for (const { front, back, nearest } of pairs) {
    if (!shortlist.wants(nearest)) return; // most of a stadium need not be looked at
    offerPair(search, front, larger, back, smaller, shortlist);
    if (smaller !== larger) offerPair(search, front, smaller, back, larger, shortlist);
  }
}

function fullRowsOf({ free, rows }: SeatSearch): FullRow[] {
  const lines: FullRow[] = [];
  for (const row of rows) {
    const runs = runsOf(free, row);
    if (runs.length === 0) continue;
    const { section, rowNumber: number } = row;
    let line = lines.at(-1);
    if (line?.section !== section || line.number !== number) {
      line = { section, number, rows: [], longest: 0, nearest: Number.POSITIVE_INFINITY };
      lines.push(line);
    }
    line.rows.push({ row, runs });
    line.nearest = Math.min(line.nearest, row.nearest);
    for (const { start, end } of runs) line.longest = Math.max(line.longest, end - start);
  }
  return lines;
}

/** Put each part of one line together with the part of the other that is nearest to it. */
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
  const most = (Math.max(inFront, behind) / 2 + MAX_OFFSET_PITCHES) * chart.pitch;
  for (const part of blocksOf(search, front, inFront)) {
    let [other, apart] = [others[0]!, Number.POSITIVE_INFINITY];
    for (const candidate of others) {
      const distance =
        Math.hypot(candidate.x - part.x, candidate.y - part.y) + candidate.stranded * chart.pitch;
      if (distance < apart) [other, apart] = [candidate, distance];
    }
    const reachable = accessibleIn(chart, part.first, inFront) + accessibleIn(chart, other.first, behind);
    if (apart > most || reachable < criteria.accessible) continue;
    const stranded = part.stranded + other.stranded;
    const distance =
      meanDistance(chart, part.first, inFront) * inFront + meanDistance(chart, other.first, behind) * behind;
    const score =
      distance / criteria.quantity +
      apart +
      stranded * ORPHAN_PENALTY_PITCHES * chart.pitch +
      lastResortPenalty(search, part.section, stranded, reachable);
    if (!shortlist.wants(score)) continue;
    const blocks = [{ first: part.first, count: inFront }, { first: other.first, count: behind }]; // prettier-ignore
    shortlist.offer({ blocks, orphans: stranded, score });
  }
}

function blocksOf(search: SeatSearch, line: FullRow, quantity: number): RowBlock[] {
  return line.rows.flatMap(({ row, runs }) => {
    const cleanly = mustAvoidOrphans(search, row, runs, quantity);
    return runs.flatMap((run) => blocksOfRun(search, row, run, quantity, cleanly));
  });
}

function blocksOfRun(
  { chart: { sums } }: SeatSearch,
  { section }: ChartRow,
  { start, end }: Run,
  quantity: number,
  cleanly: boolean,
): RowBlock[] {
  const parts: RowBlock[] = [];
  for (let first = start; first + quantity <= end; first++) {
    const stranded = countOrphans(first - start, end - first - quantity);
    if (stranded > 0 && cleanly) continue;
    const mean = (sum: Float64Array) => (sum[first + quantity]! - sum[first]!) / quantity;
    parts.push({ first, section, stranded, x: mean(sums.x), y: mean(sums.y) });
  }
  return parts;
}
