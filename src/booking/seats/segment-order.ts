import type { Row } from '../../seating-plan/index.ts';

/** A segment of a row as it is passed from one end of the row to the other; `reversed`: from its last seat to its first. */
export interface PassedSegment {
  segment: Row;
  reversed: boolean;
}

/** A row of more segments keeps the order of its plan: the search is quadratic. */
const MAX_SEGMENTS = 50;
/** Relative difference of two lengths that is no rounding error: coordinates have one decimal. */
const MIN_SHORTENING = 1e-6;

interface Point {
  x: number;
  y: number;
}

/** Group the Rows of a section that are one row, by their label. */
export function segmentsByRow(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    if (groups.at(-1)?.[0]?.label === row.label) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups;
}

/**
 * Order the segments of one row from end to end. A plan may list them by price, or some of them from right to left: the order
 * of the plan is kept unless another way leaves less distance between the segments.
 */
export function passRow(segments: readonly Row[]): PassedSegment[] {
  const asListed = segments.map((segment) => ({ segment, reversed: false }));
  if (segments.length < 2 || segments.length > MAX_SEGMENTS) return asListed;
  const nearest = nearestFirst(segments);
  return lengthBetween(nearest) < lengthBetween(asListed) * (1 - MIN_SHORTENING) ? nearest : asListed;
}

/** From the end that is farthest from the middle of the row, always to the nearest end of the segments that are left. */
function nearestFirst(segments: readonly Row[]): PassedSegment[] {
  const middle = middleOf(segments);
  const left = new Set(segments);
  const passed: PassedSegment[] = [];
  let next = endOf(left, (end) => -distance(end, middle));
  while (next !== null) {
    passed.push(next);
    left.delete(next.segment);
    const from = lastSeat(next);
    next = endOf(left, (end) => distance(end, from));
  }
  return passed;
}

/** The segment with the end of the lowest cost, to be passed from that end on. */
function endOf(segments: ReadonlySet<Row>, costOf: (end: Point) => number): PassedSegment | null {
  let best: PassedSegment | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  for (const segment of segments) {
    for (const reversed of [false, true]) {
      const cost = costOf(firstSeat({ segment, reversed }));
      if (cost < lowest) [best, lowest] = [{ segment, reversed }, cost];
    }
  }
  return best;
}

const lengthBetween = (passed: readonly PassedSegment[]): number =>
  passed.reduce(
    (sum, each, index) => (index === 0 ? 0 : sum + distance(lastSeat(passed[index - 1]!), firstSeat(each))),
    0,
  );

const seatAt = ({ x, y }: Row, index: number): Point => ({ x: x[index]!, y: y[index]! });

const firstSeat = ({ segment, reversed }: PassedSegment): Point =>
  seatAt(segment, reversed ? segment.seats.length - 1 : 0);

const lastSeat = ({ segment, reversed }: PassedSegment): Point =>
  seatAt(segment, reversed ? 0 : segment.seats.length - 1);

function middleOf(segments: readonly Row[]): Point {
  const seats = segments.reduce((sum, row) => sum + row.seats.length, 0);
  const mean = (axis: 'x' | 'y') =>
    segments.reduce((sum, row) => sum + row[axis].reduce((total, value) => total + value, 0), 0) / seats;
  return { x: mean('x'), y: mean('y') };
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
