import { accessibleIn } from '../seats/seat-chart.ts';
import type { FullRow } from './choose-in-two-rows.ts';
import { fewestGroups, offerGroups } from './fill-runs.ts';
import type { Run, SeatSearch } from './seat-search.ts';
import type { Shortlist } from './shortlist.ts';

/** Windows with the fewest groups that are searched seat by seat; all of a fragmented stadium would take 100 ms. */
const MAX_WINDOWS_SEARCHED = 12;

/** Free seats of a row. */
interface RowOfRuns {
  section: number;
  rowNumber: number;
  runs: Run[];
  seats: number;
  accessible: number;
  nearest: number;
}

/** Rows one behind the other: from `from` up to and including `to`, by index. */
interface RowWindow {
  from: number;
  to: number;
  /** Row numbers that it spans. */
  span: number;
}

/**
 * Offer choices in as few neighbouring rows of a section as possible, and there in as few groups as possible, nearest the
 * stage. Wheelchair places that were not asked for are used only if no section has enough seats without them.
 */
export function offerNeighbouringRows(
  search: SeatSearch,
  fullRows: readonly FullRow[],
  shortlist: Shortlist,
): void {
  const usesSpare = search.criteria.accessible === 0;
  const rows = fullRows.map((row) => rowOfRuns(search, row, usesSpare));
  const windows = smallestWindows(search, rows);
  if (windows.length > 0) return offerWindows(search, rows, windows, shortlist);
  if (!usesSpare) return;
  const all = fullRows.map((row) => rowOfRuns(search, row, false));
  offerWindows(search, all, smallestWindows(search, all), shortlist);
}

function rowOfRuns(
  { chart }: SeatSearch,
  { section, rowNumber, segments, nearest }: FullRow,
  withoutAccessible: boolean,
): RowOfRuns {
  const all = segments.flatMap(({ runs }) => runs);
  const accessible = all.reduce((sum, { start, end }) => sum + accessibleIn(chart, start, end - start), 0);
  const runs =
    withoutAccessible && accessible > 0
      ? all.flatMap((run) => piecesOf(run, (position) => accessibleIn(chart, position, 1) === 0))
      : all;
  const seats = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  return { section, rowNumber, runs, seats, accessible, nearest };
}

/** The parts of a run whose positions are suitable; what is cut off stays free beside them. */
function piecesOf(run: Run, isSuitable: (position: number) => boolean): Run[] {
  const pieces: Run[] = [];
  for (let start = run.start; start < run.end; start++) {
    if (!isSuitable(start)) continue;
    let end = start + 1;
    while (end < run.end && isSuitable(end)) end++;
    const before = Math.min(2, run.before + start - run.start);
    pieces.push({ start, end, before, after: Math.min(2, run.after + run.end - end) });
    start = end;
  }
  return pieces;
}

/** List the windows with enough seats that span the fewest rows: two pointers, so each row is looked at twice. */
function smallestWindows({ criteria }: SeatSearch, rows: readonly RowOfRuns[]): RowWindow[] {
  const windows: RowWindow[] = [];
  let smallest = Number.POSITIVE_INFINITY;
  let [from, seats, accessible] = [0, 0, 0];
  for (const [to, row] of rows.entries()) {
    if (rows[from]!.section !== row.section) [from, seats, accessible] = [to, 0, 0];
    seats += row.seats;
    accessible += row.accessible;
    for (;;) {
      const first = rows[from]!;
      const [seatsLeft, accessibleLeft] = [seats - first.seats, accessible - first.accessible];
      if (from === to || seatsLeft < criteria.quantity || accessibleLeft < criteria.accessible) break;
      [from, seats, accessible] = [from + 1, seatsLeft, accessibleLeft];
    }
    if (seats < criteria.quantity || accessible < criteria.accessible) continue;
    const span = row.rowNumber - rows[from]!.rowNumber + 1;
    if (span < smallest) windows.length = 0;
    smallest = Math.min(smallest, span);
    if (span === smallest) windows.push({ from, to, span });
  }
  return windows;
}

function offerWindows(
  search: SeatSearch,
  rows: readonly RowOfRuns[],
  windows: readonly RowWindow[],
  shortlist: Shortlist,
): void {
  windows
    .map(({ from, to }) => {
      const inWindow = rows.slice(from, to + 1);
      const runs = inWindow.flatMap((row) => row.runs);
      const nearest = Math.min(...inWindow.map((row) => row.nearest));
      return { runs, nearest, groups: fewestGroups(runs, search.criteria.quantity) };
    })
    .toSorted((a, b) => a.groups - b.groups || a.nearest - b.nearest)
    .slice(0, MAX_WINDOWS_SEARCHED)
    .forEach(({ runs }) => offerGroups(search, runs, shortlist));
}
