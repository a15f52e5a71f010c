/** A point of the drawing, in decimetres. */
export interface Point {
  x: number;
  y: number;
}

/** Distance between the centres of adjacent seats: half a metre. */
export const SEAT_PITCH = 5;
/** Width between blocks: two people can pass. */
export const AISLE = 12;

/** The curve of a row: a straight line, or an arc around a centre. Offsets are measured from its middle. */
export type Curve =
  | { kind: 'LINE'; middle: Point; direction: Point }
  | { kind: 'ARC'; centre: Point; radius: number; middle: number; turn: 1 | -1 };

/** The point at `offset` from the middle of the curve. */
export function pointOn(curve: Curve, offset: number): Point {
  if (curve.kind === 'LINE') {
    return {
      x: curve.middle.x + curve.direction.x * offset,
      y: curve.middle.y + curve.direction.y * offset,
    };
  }
  const angle = curve.middle + (curve.turn * offset) / curve.radius;
  return {
    x: curve.centre.x + curve.radius * Math.cos(angle),
    y: curve.centre.y + curve.radius * Math.sin(angle),
  };
}

/** Number of seats that fit on `length`. */
export const seatsOn = (length: number): number => Math.max(0, Math.floor(length / SEAT_PITCH + 1e-6));

/** Euclidean distance. */
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Round a coordinate to a tenth, the precision of layouts. */
export const roundToTenth = (value: number): number => Math.round(value * 10) / 10;
