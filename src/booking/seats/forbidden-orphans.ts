import { findOrphanSeats, hasRoomWithoutOrphan } from './orphan-rule.ts';
import { accessibleIn, rowOf, type ChartRow, type SeatChart } from './seat-chart.ts';

/** Selected positions of one row, from aisle to aisle. */
export interface SelectedInLine {
  /** The segment of the first of them. */
  row: ChartRow;
  positions: number[];
  /** Tiers of the selected seats. */
  tiers: Set<number>;
}

/** Group positions by the row from aisle to aisle that they are in; those in areas are left out. */
export function selectionByLine(chart: SeatChart, positions: readonly number[]): SelectedInLine[] {
  const lines = new Map<number, SelectedInLine>();
  for (const position of positions) {
    const row = rowOf(chart, position);
    if (row === null) continue;
    let selected = lines.get(row.lineStart);
    if (selected === undefined)
      lines.set(row.lineStart, (selected = { row, positions: [], tiers: new Set() }));
    selected.positions.push(position);
    selected.tiers.add(row.tier);
  }
  return [...lines.values()];
}

/** Whether the rule is not applied to the selection: it has a wheelchair place, of which there are few. */
export const isExempt = (chart: SeatChart, { positions }: SelectedInLine): boolean =>
  positions.some((position) => accessibleIn(chart, position, 1) > 0);

/** Positions of the row, from aisle to aisle. */
export const positionsOfLine = ({ row: { lineStart, lineEnd } }: SelectedInLine): number[] =>
  Array.from({ length: lineEnd - lineStart }, (_, index) => lineStart + index);

/**
 * List the positions of single seats that a selection in one row would leave, if as many seats of the same tiers fit side by side
 * elsewhere in the row without one.
 */
export function forbiddenOrphans(
  chart: SeatChart,
  isFree: (position: number) => boolean,
  { row: { lineStart, lineEnd }, positions, tiers }: SelectedInLine,
): number[] {
  const seats = Array.from({ length: lineEnd - lineStart }, (_, seat) => (isFree(lineStart + seat) ? 1 : 0));
  const chosen = positions.map((position) => position - lineStart);
  const orphans = findOrphanSeats(seats, chosen);
  if (orphans.length === 0) return [];
  const isOfTier = (seat: number) => tiers.has(rowOf(chart, lineStart + seat)?.tier ?? -1);
  return hasRoomWithoutOrphan(seats, positions.length, isOfTier)
    ? orphans.map((seat) => lineStart + seat)
    : [];
}
