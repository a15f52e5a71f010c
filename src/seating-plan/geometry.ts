/** A point of the drawing, in decimetres. */
export interface Point {
  x: number;
  y: number;
}

/** From the middle of one seat to the middle of the next: half a metre, as chairs are. */
export const SEAT_PITCH = 5;
/** A step between blocks, wide enough for two people to pass. */
export const AISLE = 12;

/** The line a row stands on: straight, or around a centre. Offsets along it are measured from its middle. */
export type Curve =
  | { kind: 'LINE'; middle: Point; direction: Point }
  | { kind: 'ARC'; centre: Point; radius: number; middle: number; turn: 1 | -1 };

/** Where one is after walking `offset` from the middle of the curve. */
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

/** How many seats fit on `length`. */
export const seatsOn = (length: number): number => Math.max(0, Math.floor(length / SEAT_PITCH + 1e-6));

/** How far apart two points are. */
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
