import { isWithin, reportLabel, type ReportProblem } from './layout-problem.ts';
import type { Row, SeatedSection, SeatingPlanLayout } from './layout.ts';
import { LookAlikes } from './look-alikes.ts';

/** Report the problems of the rows of a section. `seatPoints` collects the seat positions of the whole plan. */
export function validateRows(
  section: SeatedSection,
  layout: SeatingPlanLayout,
  path: string[],
  seatPoints: Set<string>,
  report: ReportProblem,
): void {
  const rows = new LookAlikes('signs');
  const seatsByRow = new Map<string, LookAlikes>();
  const finishedRows = new Set<string>();
  let next = section.firstPlace;
  section.rows.forEach((row, index) => {
    const rowPath = [...path, 'rows', String(index)];
    reportLabel(row.label, [...rowPath, 'label'], report);
    const previous = section.rows[index - 1];
    if (previous !== undefined && previous.label !== row.label) finishedRows.add(previous.label);
    if (finishedRows.has(row.label)) report([...rowPath, 'label'], `row “${row.label}” is a duplicate`);
    const lookAlike = rows.add(row.label);
    if (lookAlike !== null) report([...rowPath, 'label'], `row “${row.label}” ${lookAlike}`);
    if (row.firstPlace !== next) report([...rowPath, 'firstPlace'], `is ${row.firstPlace}, expected ${next}`);
    if (row.seats.length === 0) report([...rowPath, 'seats'], 'must not be empty');
    if (layout.categories[row.category] === undefined)
      report([...rowPath, 'category'], 'is not in `categories`');
    const seats = seatsByRow.getOrInsertComputed(row.label, () => new LookAlikes('labels'));
    validateSeats(row, rowPath, seats, report);
    validatePoints(row, layout, rowPath, seatPoints, report);
    validateAccessible(row, rowPath, report);
    next += row.seats.length;
  });
}

function validateSeats(row: Row, path: string[], seats: LookAlikes, report: ReportProblem): void {
  row.seats.forEach((seat, index) => {
    const seatPath = [...path, 'seats', String(index)];
    reportLabel(seat, seatPath, report);
    const problem = seats.has(seat) ? 'is a duplicate' : seats.add(seat);
    if (problem !== null) report(seatPath, `seat “${seat}” of row “${row.label}” ${problem}`);
  });
}

function validatePoints(
  row: Row,
  layout: SeatingPlanLayout,
  path: string[],
  seatPoints: Set<string>,
  report: ReportProblem,
): void {
  for (const axis of ['x', 'y'] as const) {
    if (row[axis].length !== row.seats.length) {
      report([...path, axis], `has ${row[axis].length} entries for ${row.seats.length} seats`);
    }
    const size = axis === 'x' ? layout.width : layout.height;
    if (!row[axis].every((value) => isWithin(value, size)))
      report([...path, axis], 'lies outside the drawing');
  }
  row.x.forEach((x, index) => {
    const point = `${x},${row.y[index]}`;
    if (seatPoints.has(point)) {
      const rule = 'each seat of a plan needs a point of its own; draw levels beside each other';
      report([...path, 'x', String(index)], `overlaps another seat at ${point}: ${rule}`);
    }
    seatPoints.add(point);
  });
}

function validateAccessible(row: Row, path: string[], report: ReportProblem): void {
  const ordered = row.accessible.every(
    (seat, index) =>
      Number.isInteger(seat) &&
      seat >= 0 &&
      seat < row.seats.length &&
      seat > (row.accessible[index - 1] ?? -1),
  );
  if (!ordered) report([...path, 'accessible'], 'must be indexes into `seats`, ascending');
}
