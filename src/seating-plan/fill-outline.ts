import type { Point } from './geometry.ts';

/** Distance between rows, in seat pitches. */
const ROW_DEPTH_PER_SEAT_PITCH = 1.15;
/** Distance from the outline to the centre of the first seat, in seat pitches. */
const INSET = 0.45;

/** Consecutive seats of a row, centred on `middle`. */
interface RowSegment {
  row: number;
  middle: Point;
  seats: number;
}

/**
 * Fill an outline with exactly `count` seats in straight rows, at the largest pitch that fits. A row that the outline
 * interrupts is returned in several parts with the same number.
 */
export function fillOutline(outline: readonly Point[], count: number): { row: number; points: Point[] }[] {
  const ys = outline.map((point) => point.y);
  const xs = outline.map((point) => point.x);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const size = Math.max(bottom - top, Math.max(...xs) - Math.min(...xs));
  for (let pitch = size; pitch > size / 1_000; pitch *= 0.99) {
    const segments = segmentsAtPitch(outline, top, bottom, pitch);
    const room = segments.reduce((sum, segment) => sum + segment.seats, 0);
    if (room < count) continue;
    trimLongest(segments, room - count);
    return segments.map(({ row, middle, seats }) => ({ row, points: seatPoints(middle, seats, pitch) }));
  }
  throw new Error(`outline too small for ${count} seats`);
}

function segmentsAtPitch(
  outline: readonly Point[],
  top: number,
  bottom: number,
  pitch: number,
): RowSegment[] {
  const depth = pitch * ROW_DEPTH_PER_SEAT_PITCH;
  const rows = Math.floor((bottom - top - 2 * INSET * depth) / depth) + 1;
  const segments: RowSegment[] = [];
  for (let row = 0; row < rows; row++) {
    const y = (top + bottom) / 2 + (row - (rows - 1) / 2) * depth;
    for (const [from, to] of spansInside(outline, y)) {
      const seats = Math.floor((to - from - 2 * INSET * pitch) / pitch + 1);
      if (seats > 0) segments.push({ row, middle: { x: (from + to) / 2, y }, seats });
    }
  }
  return segments;
}

const seatPoints = (middle: Point, seats: number, pitch: number): Point[] =>
  Array.from({ length: seats }, (_, seat) => ({
    x: middle.x + (seat - (seats - 1) / 2) * pitch,
    y: middle.y,
  }));

/** The intervals of a horizontal line that lie inside the outline, left to right. */
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

/** Remove `surplus` seats, one at a time from the longest segment. The surplus is small, so each keeps at least one. */
function trimLongest(segments: readonly RowSegment[], surplus: number): void {
  for (let remaining = surplus; remaining > 0; remaining--) {
    segments.reduce((longest, segment) => (segment.seats > longest.seats ? segment : longest)).seats--;
  }
}
