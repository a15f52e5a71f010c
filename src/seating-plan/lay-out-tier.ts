import { AISLE, distance, pointOn, SEAT_PITCH, seatsOn, type Curve, type Point } from './geometry.ts';
import type { SeatingBlock } from './venue-geometry.ts';

/** The rectangle with round corners that the stands surround, centred on (0, 0). */
export interface Ground {
  length: number;
  width: number;
  corner: number;
}

/** One part of the stands: a straight side, or the quarter circle between two sides. */
export type Sector =
  'NORTH' | 'NORTH_EAST' | 'EAST' | 'SOUTH_EAST' | 'SOUTH' | 'SOUTH_WEST' | 'WEST' | 'NORTH_WEST';

/** One tier of stands along its sectors. */
export interface Tier {
  level: string;
  /** First digit of the block numbers. */
  number: number;
  /** Distance from the edge of the ground to the first row. */
  offset: number;
  rows: number;
  rowDepth: number;
  lowest: boolean;
}

/** A row of 22 seats between aisles: at most eleven seated people to pass. */
const SEATS_BETWEEN_AISLES = 22;

/** Clockwise from the north-west, as blocks are numbered; angles in degrees, clockwise from the east. */
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

/** Lay out one tier. `maxBlocks` limits the blocks per side, centred on it, for small venues. */
export function layOutTier(
  ground: Ground,
  sectors: readonly Sector[],
  tier: Tier,
  focus: Point,
  maxBlocks = Number.POSITIVE_INFINITY,
): SeatingBlock[] {
  const curves = sectors.flatMap((sector) => {
    const { along, out, corner, from } = SECTORS[sector];
    if (along && out) return sideBlocks(ground, along, out, maxBlocks);
    return corner && from !== undefined ? cornerBlocks(ground, corner, (from * Math.PI) / 180, tier) : [];
  });
  return curves.map(({ length, curveAt }, index) => {
    const number = `${tier.number}${String(index + 1).padStart(2, '0')}`;
    const centre = pointOn(curveAt(tier.offset + (tier.rows / 2) * tier.rowDepth), 0);
    // one score per block, so that it has one price: at equal distance the view is worse from behind a goal line
    const score = Math.round(distance(centre, focus));
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
  /** Width of the block in a row at this offset from the ground. */
  length: (offset: number) => number;
  curveAt: (offset: number) => Curve;
}

function sideBlocks(ground: Ground, along: Point, out: Point, maxBlocks: number): BlockShape[] {
  const side = (along.x === 0 ? ground.width : ground.length) - 2 * ground.corner;
  const fromMiddle = (along.x === 0 ? ground.length : ground.width) / 2;
  const all = Math.max(1, Math.round(side / (SEATS_BETWEEN_AISLES * SEAT_PITCH + AISLE)));
  const count = Math.min(all, maxBlocks);
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
