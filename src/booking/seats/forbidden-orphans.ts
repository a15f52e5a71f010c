import { findOrphanSeats, hasRoomWithoutOrphan } from './orphan-rule.ts';
import { accessibleIn, rowOf, type ChartRow, type SeatChart } from './seat-chart.ts';

/** Selected places of one row, from aisle to aisle. */
export interface SelectedInLine {
  /** The segment of the first of them. */
  row: ChartRow;
  places: number[];
  /** Tiers of the selected places. */
  tiers: Set<number>;
}

/** Group places by the row from aisle to aisle that they are in; places in areas are left out. */
export function selectionByLine(chart: SeatChart, places: readonly number[]): SelectedInLine[] {
  const lines = new Map<number, SelectedInLine>();
  for (const place of places) {
    const row = rowOf(chart, place);
    if (row === null) continue;
    let selected = lines.get(row.lineStart);
    if (selected === undefined) lines.set(row.lineStart, (selected = { row, places: [], tiers: new Set() }));
    selected.places.push(place);
    selected.tiers.add(row.tier);
  }
  return [...lines.values()];
}

/** Whether the rule is not applied to the selection: it has a wheelchair place, of which there are few. */
export const isExempt = (chart: SeatChart, { places }: SelectedInLine): boolean =>
  places.some((place) => accessibleIn(chart, place, 1) > 0);

/** Places of the row, from aisle to aisle. */
export const placesOfLine = ({ row: { lineStart, lineEnd } }: SelectedInLine): number[] =>
  Array.from({ length: lineEnd - lineStart }, (_, index) => lineStart + index);

/**
 * List the single seats that a selection in one row would leave, if as many seats of the same tiers fit side by side
 * elsewhere in the row without one.
 */
export function forbiddenOrphans(
  chart: SeatChart,
  isFree: (place: number) => boolean,
  { row: { lineStart, lineEnd }, places, tiers }: SelectedInLine,
): number[] {
  const seats = Array.from({ length: lineEnd - lineStart }, (_, seat) => (isFree(lineStart + seat) ? 1 : 0));
  const chosen = places.map((place) => place - lineStart);
  const orphans = findOrphanSeats(seats, chosen);
  if (orphans.length === 0) return [];
  const isOfTier = (seat: number) => tiers.has(rowOf(chart, lineStart + seat)?.tier ?? -1);
  return hasRoomWithoutOrphan(seats, places.length, isOfTier) ? orphans.map((seat) => lineStart + seat) : [];
}
