import {
  countOrphans,
  fitsWithoutOrphan,
  hasRoomWithoutOrphan,
  isNearlySoldOut,
} from '../seats/orphan-rule.ts';
import { rowOf, type ChartRow, type SeatChart } from '../seats/seat-chart.ts';

export interface SeatCriteria {
  quantity: number;
  /** `null`: any. */
  tiers: ReadonlySet<number> | null;
  /** Keys of sections and areas. `null`: any. */
  sections: ReadonlySet<string> | null;
  /** How many of the seats must be wheelchair-accessible. */
  accessible: number;
}

/** Free seats side by side in a row: positions from `start` up to, not including, `end`. */
export interface Run {
  start: number;
  end: number;
  /** Free seats of another price that continue it; two stand for more. */
  before: number;
  after: number;
}

/** A search of one availability snapshot. */
export interface SeatSearch {
  chart: SeatChart;
  /** By position; 1 is free. */
  free: Uint8Array;
  criteria: SeatCriteria;
  /** Rows that meet the criteria. */
  rows: ChartRow[];
  /** By index of the section: 1 where the Event's orphan rule applies. */
  orphanRuled: Uint8Array;
}

/** Start a search with the free places: filter the rows by the criteria, and the sections by the orphan rule. */
export function openSearch(
  chart: SeatChart,
  freePlaces: Uint8Array,
  criteria: SeatCriteria,
  { orphanRule }: { orphanRule: boolean },
): SeatSearch {
  const free = chart.order.statesByPosition(freePlaces);
  const sectionMatches = chart.sections.map(
    ({ key }) => criteria.sections === null || criteria.sections.has(key),
  );
  const rows = chart.rows.filter(
    ({ section, tier }) =>
      sectionMatches[section] === true && (criteria.tiers === null || criteria.tiers.has(tier)),
  );
  const orphanRuled = new Uint8Array(chart.sections.length);
  // wheelchair places are few and fixed: a buyer of one cannot move by one seat
  if (orphanRule && criteria.accessible === 0) {
    chart.sections.forEach(({ firstPlace, places, area }, index) => {
      const left = countFree(free, firstPlace, firstPlace + places);
      if (area === null && !isNearlySoldOut(left, places)) orphanRuled[index] = 1;
    });
  }
  return { chart, free, criteria, rows, orphanRuled };
}

/** Count the free positions of a range; of an area or section, the free places. */
export function countFree(free: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place++) if (free[place] === 1) count++;
  return count;
}

/** List the runs of free seats of a row. */
export function runsOf(free: Uint8Array, row: ChartRow): Run[] {
  const runs: Run[] = [];
  const last = row.first + row.seats;
  for (let start = row.first; start < last; start++) {
    if (free[start] !== 1) continue;
    let end = start + 1;
    while (end < last && free[end] === 1) end++;
    const before = start === row.first ? countAdjacent(free, start, -1, row) : 0;
    const after = end === last ? countAdjacent(free, end - 1, 1, row) : 0;
    runs.push({ start, end, before, after });
    start = end;
  }
  return runs;
}

/** Count the free seats beside a position in the same row from aisle to aisle, up to two: only a single one is an orphan. */
function countAdjacent(free: Uint8Array, position: number, step: -1 | 1, row: ChartRow): number {
  const isFree = (seat: number) => seat >= row.lineStart && seat < row.lineEnd && free[seat] === 1;
  if (!isFree(position + step)) return 0;
  return isFree(position + 2 * step) ? 2 : 1;
}

/** Number of orphans that a block in a run would leave beside it. */
export const orphansBeside = (
  { start, end, before, after }: Run,
  { first, count }: { first: number; count: number },
): number => countOrphans(before + first - start, end - first - count + after);

/** Whether the rule forbids to leave an orphan in this row: it applies, and the quantity fits without one. */
export function mustAvoidOrphans(
  search: SeatSearch,
  row: ChartRow,
  runs: readonly Run[],
  quantity: number,
): boolean {
  if (search.orphanRuled[row.section] !== 1) return false;
  const fits = runs.some(({ start, end, before, after }) =>
    fitsWithoutOrphan(end - start, quantity, before, after),
  );
  return fits || (row.lineEnd - row.lineStart > row.seats && fitsInLine(search, row, quantity));
}

/** Whether the quantity fits beside price borders: in another part of the row, from aisle to aisle, that has the same tier. */
function fitsInLine(
  { chart, free }: SeatSearch,
  { lineStart, lineEnd, tier }: ChartRow,
  quantity: number,
): boolean {
  return hasRoomWithoutOrphan(
    free.subarray(lineStart, lineEnd),
    quantity,
    (seat) => rowOf(chart, lineStart + seat)?.tier === tier,
  );
}

/** Mean distance from the stage of `count` seats side by side. */
export const meanDistance = ({ sums: { distance } }: SeatChart, first: number, count: number): number =>
  (distance[first + count]! - distance[first]!) / count;
