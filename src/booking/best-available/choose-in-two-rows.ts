import { leftAlone } from '../seats/orphan-rule.ts';
import { accessibleIn, type ChartRow } from '../seats/seat-chart.ts';
import { ALONE, lastResort } from './choose-in-row.ts';
import {
  meanDistance,
  mustFitCleanly,
  runsOf,
  type Run,
  type SeatSearch,
} from './seat-search.ts';
import type { Shortlist } from './shortlist.ts';

/** Farther apart than this, in seats' widths, beyond where their own seats end, two blocks are not behind each other. */
const MOST_APART = 4;

/** So many seats side by side, as part of a choice. */
interface Part {
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
interface RowPair {
  section: number;
  number: number;
  rows: FreeRow[];
  longest: number;
  nearest: number;
}

/** Two lines of a section, one behind the other. */
export interface LinePair {
  front: RowPair;
  back: RowPair;
  nearest: number;
}

/** List all pairs of neighbouring rows in which anything is free, nearest the stage first. */
export function pairsOfLines(search: SeatSearch): LinePair[] {
  const lines = linesOf(search);
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
  pairs: readonly LinePair[],
  larger: number,
  shortlist: Shortlist,
): void {
  const smaller = search.criteria.quantity - larger;
  for (const { front, back, nearest } of pairs) {
    if (!shortlist.wants(nearest)) return; // most of a stadium need not be looked at
    pair(search, front, larger, back, smaller, shortlist);
    if (smaller !== larger) pair(search, front, smaller, back, larger, shortlist);
  }
}

function linesOf({ free, rows }: SeatSearch): RowPair[] {
  const lines: RowPair[] = [];
  for (const row of rows) {
    const runs = runsOf(free, row);
    if (runs.length === 0) continue;
    const { section, line: number } = row;
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
function pair(
  search: SeatSearch,
  front: RowPair,
  inFront: number,
  back: RowPair,
  behind: number,
  shortlist: Shortlist,
): void {
  if (front.longest < inFront || back.longest < behind) return;
  const { chart, criteria } = search;
  const others = partsOf(search, back, behind);
  if (others.length === 0) return;
  const most = (Math.max(inFront, behind) / 2 + MOST_APART) * chart.pitch;
  for (const part of partsOf(search, front, inFront)) {
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
      stranded * ALONE * chart.pitch +
      lastResort(search, part.section, stranded, reachable);
    if (!shortlist.wants(score)) continue;
    const blocks = [{ first: part.first, count: inFront }, { first: other.first, count: behind }]; // prettier-ignore
    shortlist.offer({ blocks, stranded, score });
  }
}

function partsOf(search: SeatSearch, line: RowPair, quantity: number): Part[] {
  return line.rows.flatMap(({ row, runs }) => {
    const cleanly = mustFitCleanly(search, row, runs, quantity);
    return runs.flatMap((run) => partsOfRun(search, row, run, quantity, cleanly));
  });
}

function partsOfRun(
  { chart: { sums } }: SeatSearch,
  { section }: ChartRow,
  { start, end }: Run,
  quantity: number,
  cleanly: boolean,
): Part[] {
  const parts: Part[] = [];
  for (let first = start; first + quantity <= end; first++) {
    const stranded = leftAlone(first - start, end - first - quantity);
    if (stranded > 0 && cleanly) continue;
    const mean = (sum: Float64Array) => (sum[first + quantity]! - sum[first]!) / quantity;
    parts.push({ first, section, stranded, x: mean(sums.x), y: mean(sums.y) });
  }
  return parts;
}
