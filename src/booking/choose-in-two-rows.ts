import { ALONE, lastResort } from './choose-in-row.ts';
import { leftAlone } from './orphan-rule.ts';
import type { ChartRow } from './seat-chart.ts';
import {
  accessibleIn,
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

/** Offer every way to sit in two neighbouring rows, behind each other, with `larger` seats in one and the rest in the other. */
export function offerTwoRows(search: SeatSearch, larger: number, shortlist: Shortlist): void {
  const smaller = search.wish.quantity - larger;
  const lines = linesOf(search.rows);
  lines.forEach((front, index) => {
    const back = lines[index + 1];
    if (
      back === undefined ||
      front[0]!.section !== back[0]!.section ||
      back[0]!.line !== front[0]!.line + 1
    ) {
      return;
    }
    pair(search, front, larger, back, smaller, shortlist);
    if (smaller !== larger) pair(search, front, smaller, back, larger, shortlist);
  });
}

/** Rows of the same line, in order. */
function linesOf(rows: readonly ChartRow[]): ChartRow[][] {
  const lines: ChartRow[][] = [];
  for (const row of rows) {
    const last = lines.at(-1);
    if (last?.[0]!.section === row.section && last[0].line === row.line) last.push(row);
    else lines.push([row]);
  }
  return lines;
}

/** Put each part of one line together with the part of the other that is nearest to it. */
function pair(
  search: SeatSearch,
  front: readonly ChartRow[],
  inFront: number,
  back: readonly ChartRow[],
  behind: number,
  shortlist: Shortlist,
): void {
  const { chart, wish } = search;
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
    if (apart > most || reachable < wish.accessible) continue;
    const stranded = part.stranded + other.stranded;
    const distance =
      meanDistance(chart, part.first, inFront) * inFront + meanDistance(chart, other.first, behind) * behind;
    const score =
      distance / wish.quantity +
      apart +
      stranded * ALONE * chart.pitch +
      lastResort(search, part.section, stranded, reachable);
    if (!shortlist.wants(score)) continue;
    const blocks = [{ first: part.first, count: inFront }, { first: other.first, count: behind }]; // prettier-ignore
    shortlist.offer({ blocks, stranded, score });
  }
}

function partsOf(search: SeatSearch, line: readonly ChartRow[], quantity: number): Part[] {
  return line.flatMap((row) => {
    const runs = runsOf(search.free, row);
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
