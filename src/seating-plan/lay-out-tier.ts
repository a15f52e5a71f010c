import { AISLE, distance, pointOn, SEAT_PITCH, seatsOn, type Curve, type Point } from './geometry.ts';
import type { SeatingBlock } from './venue-geometry.ts';

/** The rectangle with round corners that the stands surround; its middle is (0, 0). */
export interface Ground {
  length: number;
  width: number;
  corner: number;
}

/** One stretch of the surround: a straight side, or the quarter circle between two. */
export type Sector =
  'NORTH' | 'NORTH_EAST' | 'EAST' | 'SOUTH_EAST' | 'SOUTH' | 'SOUTH_WEST' | 'WEST' | 'NORTH_WEST';

/** One tier of stands, all the way along its stretches. */
export interface Tier {
  level: string;
  /** First digit of its block numbers. */
  number: number;
  /** From the edge of the ground to the first row. */
  offset: number;
  rows: number;
  rowDepth: number;
  lowest: boolean;
}

/** Seats from aisle to aisle: so many that nobody passes more than a dozen knees. */
const SEATS_BETWEEN_AISLES = 22;

/** Clockwise from the north-west, as blocks are numbered; degrees count from the east, downwards. */
const SECTORS: Record<Sector, { along?: Point; out?: Point; corner?: Point; from?: number }> = {
  NORTH: { along: { x: 1, y: 0 }, out: { x: 0, y: -1 } },
  NORTH_EAST: { corner: { x: 1, y: -1 }, from: -90 },
  EAST: { along: { x: 0, y: 1 }, out: { x: 1, y: 0 } },
  SOUTH_EAST: { corner: { x: 1, y: 1 }, from: 0 },
  SOUTH: { along: { x: -1, y: 0 }, out: { x: 0, y: 1 } },
  SOUTH_WEST: { corner: { x: -1, y: 1 }, from: 90 },
  WEST: { along: { x: 0, y: -1 }, out: { x: -1, y: 0 } },
  NORTH_WEST: { corner: { x: -1, y: -1 }, from: 180 },
};

/** Lay out one tier. `mostBlocks` keeps a small stand in the middle of its side. */
export function layOutTier(
  ground: Ground,
  stretches: readonly Sector[],
  tier: Tier,
  focus: Point,
  mostBlocks = Number.POSITIVE_INFINITY,
): SeatingBlock[] {
  const curves = stretches.flatMap((stretch) => {
    const { along, out, corner, from } = SECTORS[stretch];
    if (along && out) return sideBlocks(ground, along, out, mostBlocks);
    return corner && from !== undefined ? cornerBlocks(ground, corner, (from * Math.PI) / 180, tier) : [];
  });
  return curves.map(({ length, curveAt }, index) => {
    const number = `${tier.number}${String(index + 1).padStart(2, '0')}`;
    const middle = pointOn(curveAt(tier.offset + (tier.rows / 2) * tier.rowDepth), 0);
    // a block is priced as one; the far end of a goal line sees less than the halfway line at the same distance
    const score = Math.round(distance(middle, focus));
    return {
      key: `block-${number}`,
      name: `Block ${number}`,
      level: tier.level,
      stepFree: tier.lowest ? 'FRONT_AND_BACK' : 'FRONT',
      rowNames: 'NUMBERS',
      rows: Array.from({ length: tier.rows }, (_, row) => {
        const offset = tier.offset + row * tier.rowDepth;
        return { curve: curveAt(offset), maxSeats: seatsOn(length(offset) - AISLE), score };
      }),
    };
  });
}

interface BlockShape {
  /** What the block has of a row at this distance from the ground. */
  length: (offset: number) => number;
  curveAt: (offset: number) => Curve;
}

function sideBlocks(ground: Ground, along: Point, out: Point, mostBlocks: number): BlockShape[] {
  const side = (along.x === 0 ? ground.width : ground.length) - 2 * ground.corner;
  const fromMiddle = (along.x === 0 ? ground.length : ground.width) / 2;
  const all = Math.max(1, Math.round(side / (SEATS_BETWEEN_AISLES * SEAT_PITCH + AISLE)));
  const count = Math.min(all, mostBlocks);
  const width = side / all;
  return Array.from({ length: count }, (_, index) => {
    const shift = (index - (count - 1) / 2) * width;
    return {
      length: () => width,
      curveAt: (offset) => ({
        kind: 'LINE',
        middle: {
          x: out.x * (fromMiddle + offset) + along.x * shift,
          y: out.y * (fromMiddle + offset) + along.y * shift,
        },
        direction: along,
      }),
    };
  });
}

function cornerBlocks(ground: Ground, corner: Point, from: number, tier: Tier): BlockShape[] {
  const quarter = Math.PI / 2;
  const middleRadius = ground.corner + tier.offset + (tier.rows / 2) * tier.rowDepth;
  const count = Math.max(
    1,
    Math.round((middleRadius * quarter) / (SEATS_BETWEEN_AISLES * SEAT_PITCH + AISLE)),
  );
  const centre = {
    x: corner.x * (ground.length / 2 - ground.corner),
    y: corner.y * (ground.width / 2 - ground.corner),
  };
  return Array.from({ length: count }, (_, index) => ({
    length: (offset) => ((ground.corner + offset) * quarter) / count,
    curveAt: (offset) => ({
      kind: 'ARC',
      centre,
      radius: ground.corner + offset,
      middle: from + (quarter * (index + 0.5)) / count,
      turn: 1,
    }),
  }));
}
