import { fitsWithoutOrphan, isNearlySoldOut } from '../seats/orphan-rule.ts';
import type { ChartRow, SeatChart } from '../seats/seat-chart.ts';

export interface SeatCriteria {
  quantity: number;
  /** `null`: any. */
  tiers: ReadonlySet<number> | null;
  /** Keys of sections and areas. `null`: any. */
  sections: ReadonlySet<string> | null;
  /** How many of the seats must be wheelchair-accessible. */
  accessible: number;
}

/** Free seats side by side in a row: from `start` up to, not including, `end`. */
export interface Run {
  start: number;
  end: number;
}

/** A search of one availability snapshot. */
export interface SeatSearch {
  chart: SeatChart;
  /** By place; 1 is free. */
  free: Uint8Array;
  criteria: SeatCriteria;
  /** Rows that meet the criteria. */
  rows: ChartRow[];
  /** By index of the section: 1 where the Event's orphan rule applies. */
  orphanRuled: Uint8Array;
}

/** Start a search: filter the rows by the criteria, and the sections by the orphan rule. */
export function openSearch(
  chart: SeatChart,
  free: Uint8Array,
  criteria: SeatCriteria,
  { orphanRule }: { orphanRule: boolean },
): SeatSearch {
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

/** Whether the rule forbids to leave an orphan in this row: it applies, and the quantity fits without one. */
export function mustAvoidOrphans(
  { orphanRuled }: SeatSearch,
  row: ChartRow,
  runs: Run[],
  quantity: number,
): boolean {
  return (
    orphanRuled[row.section] === 1 && runs.some(({ start, end }) => fitsWithoutOrphan(end - start, quantity))
  );
}

/** Mean distance from the stage of `count` seats side by side. */
export const meanDistance = ({ sums: { distance } }: SeatChart, first: number, count: number): number =>
  (distance[first + count]! - distance[first]!) / count;
