import type { Point } from './geometry.ts';

/** Rows stand further apart than chairs. */
const ROW_DEPTH_PER_SEAT_PITCH = 1.15;
/** From the wall to the middle of the first chair, in seat pitches. */
const INSET = 0.45;

/** Chairs on one stretch of a row, in the middle of it. */
interface RowSegment {
  row: number;
  middle: Point;
  seats: number;
}

/**
 * Put exactly `count` seats into an outline: straight rows from top to bottom, as far apart as they can be. A row that
 * the outline interrupts comes back in pieces, under one number.
 */
export function fillOutline(outline: readonly Point[], count: number): { row: number; points: Point[] }[] {
  const ys = outline.map((point) => point.y);
  const xs = outline.map((point) => point.x);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const size = Math.max(bottom - top, Math.max(...xs) - Math.min(...xs));
  for (let pitch = size; pitch > size / 1_000; pitch *= 0.99) {
    const pieces = segmentsAtPitch(outline, top, bottom, pitch);
    const room = pieces.reduce((sum, piece) => sum + piece.seats, 0);
    if (room < count) continue;
    trimLongest(pieces, room - count);
    return pieces.map(({ row, middle, seats }) => ({ row, points: seatPoints(middle, seats, pitch) }));
  }
  throw new Error(`no room for ${count} seats`);
}

function segmentsAtPitch(
  outline: readonly Point[],
  top: number,
  bottom: number,
  pitch: number,
): RowSegment[] {
  const depth = pitch * ROW_DEPTH_PER_SEAT_PITCH;
  const rows = Math.floor((bottom - top - 2 * INSET * depth) / depth) + 1;
  const pieces: RowSegment[] = [];
  for (let row = 0; row < rows; row++) {
    const y = (top + bottom) / 2 + (row - (rows - 1) / 2) * depth;
    for (const [from, to] of spansInside(outline, y)) {
      const seats = Math.floor((to - from - 2 * INSET * pitch) / pitch + 1);
      if (seats > 0) pieces.push({ row, middle: { x: (from + to) / 2, y }, seats });
    }
  }
  return pieces;
}

const seatPoints = (middle: Point, seats: number, pitch: number): Point[] =>
  Array.from({ length: seats }, (_, seat) => ({
    x: middle.x + (seat - (seats - 1) / 2) * pitch,
    y: middle.y,
  }));

/** The stretches of a horizontal line that lie inside the outline, left to right. */
function spansInside(outline: readonly Point[], y: number): [number, number][] {
  const xs = outline
    .flatMap((a, index) => {
      const b = outline[(index + 1) % outline.length] as Point;
      return a.y <= y === b.y <= y ? [] : [a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)];
    })
    .toSorted((a, b) => a - b);
  const inside: [number, number][] = [];
  for (let index = 0; index + 1 < xs.length; index += 2) {
    inside.push([xs[index] as number, xs[index + 1] as number]);
  }
  return inside;
}

/** Take `surplus` seats off the longest rows; each has one left, for there were no more than a row's worth too many. */
function trimLongest(pieces: readonly RowSegment[], surplus: number): void {
  for (let left = surplus; left > 0; left--) {
    pieces.reduce((longest, piece) => (piece.seats > longest.seats ? piece : longest)).seats--;
  }
}
