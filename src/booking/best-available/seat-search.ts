import { fitsWithoutOrphan, isNearlySoldOut } from '../seats/orphan-rule.ts';
import type { ChartRow, SeatChart } from '../seats/seat-chart.ts';

/** What kind of places a buyer wants. */
export interface SeatCriteria {
  quantity: number;
  /** Null: any. */
  tiers: ReadonlySet<number> | null;
  /** Keys of sections and areas. Null: any. */
  sections: ReadonlySet<string> | null;
  /** How many of them have to be wheelchair-accessible. */
  accessible: number;
}

/** Free seats of a row side by side: from `start` up to, not including, `end`. */
export interface Run {
  start: number;
  end: number;
}

/** A search for seats at one moment. */
export interface SeatSearch {
  chart: SeatChart;
  /** By place; 1 is free. */
  free: Uint8Array;
  criteria: SeatCriteria;
  /** The rows that have what is wished for. */
  rows: ChartRow[];
  /** By index of the section: whether the Event's no-orphan rule applies to it. */
  orphanRuled: Uint8Array;
}

/** Begin a search. */
export function openSearch(
  chart: SeatChart,
  free: Uint8Array,
  criteria: SeatCriteria,
  { orphanRule }: { orphanRule: boolean },
): SeatSearch {
  const wanted = chart.sections.map(({ key }) => criteria.sections === null || criteria.sections.has(key));
  const rows = chart.rows.filter(
    ({ section, tier }) => wanted[section] === true && (criteria.tiers === null || criteria.tiers.has(tier)),
  );
  const ruled = new Uint8Array(chart.sections.length);
  // wheelchair places are few, and where they are; whoever needs one cannot move by one
  if (orphanRule && criteria.accessible === 0) {
    chart.sections.forEach(({ firstPlace, places, area }, index) => {
      const left = countFree(free, firstPlace, firstPlace + places);
      if (area === null && !isNearlySoldOut(left, places)) ruled[index] = 1;
    });
  }
  return { chart, free, criteria, rows, orphanRuled: ruled };
}

/** Count the free places of a range. */
export function countFree(free: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place++) if (free[place] === 1) count++;
  return count;
}

/** List the runs of free seats of a row. */
export function runsOf(free: Uint8Array, { firstPlace, seats }: ChartRow): Run[] {
  const runs: Run[] = [];
  const last = firstPlace + seats;
  for (let start = firstPlace; start < last; start++) {
    if (free[start] !== 1) continue;
    let end = start + 1;
    while (end < last && free[end] === 1) end++;
    runs.push({ start, end });
    start = end;
  }
  return runs;
}

/** Whether the rule forbids to leave a seat of this row alone by taking so many side by side. */
export function mustAvoidOrphans(
  { orphanRuled: ruled }: SeatSearch,
  row: ChartRow,
  runs: Run[],
  quantity: number,
): boolean {
  return ruled[row.section] === 1 && runs.some(({ start, end }) => fitsWithoutOrphan(end - start, quantity));
}

/** Mean distance from the stage of so many seats side by side. */
export const meanDistance = ({ sums: { distance } }: SeatChart, first: number, count: number): number =>
  (distance[first + count]! - distance[first]!) / count;
