import { isLabel, isWithin, type ReportProblem } from './layout-problem.ts';
import type { Row, SeatedSection, SeatingPlanLayout } from './layout.ts';

/** Report what is wrong with the rows of a section; `seatPoints` collects where seats stand in the whole plan. */
export function validateRows(
  section: SeatedSection,
  layout: SeatingPlanLayout,
  path: string[],
  seatPoints: Set<string>,
  report: ReportProblem,
): void {
  const taken = new Set<string>();
  const ended = new Set<string>();
  let next = section.firstPlace;
  section.rows.forEach((row, index) => {
    const rowPath = [...path, 'rows', String(index)];
    if (!isLabel(row.label)) report([...rowPath, 'label'], 'must have 1 to 100 characters');
    const before = section.rows[index - 1];
    if (before !== undefined && before.label !== row.label) ended.add(before.label);
    if (ended.has(row.label)) report([...rowPath, 'label'], `row “${row.label}” is there twice`);
    if (row.firstPlace !== next)
      report([...rowPath, 'firstPlace'], `is ${row.firstPlace}, and ${next} comes next`);
    if (row.seats.length === 0) report([...rowPath, 'seats'], 'must not be empty');
    if (layout.categories[row.category] === undefined)
      report([...rowPath, 'category'], 'is not in `categories`');
    validateSeats(row, rowPath, taken, report);
    validatePoints(row, layout, rowPath, seatPoints, report);
    validateAccessible(row, rowPath, report);
    next += row.seats.length;
  });
}

function validateSeats(row: Row, path: string[], taken: Set<string>, report: ReportProblem): void {
  row.seats.forEach((seat, index) => {
    const name = `${row.label}\u0000${seat}`;
    if (!isLabel(seat)) report([...path, 'seats', String(index)], 'must have 1 to 100 characters');
    if (taken.has(name)) {
      report([...path, 'seats', String(index)], `seat “${seat}” of row “${row.label}” is there twice`);
    }
    taken.add(name);
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
    if (seatPoints.has(point)) report([...path, 'x', String(index)], `another seat stands at ${point}`);
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
