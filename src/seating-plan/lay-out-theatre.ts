import { AISLE, distance, pointOn, SEAT_PITCH, seatsOn, type Curve, type Point } from './geometry.ts';
import type { RowSlot, SeatingBlock, VenueGeometry } from './venue-geometry.ts';
import { capacityOf } from './venue-geometry.ts';

/** Dimensions that distinguish theatres, halls and churches. */
export interface TheatreStyle {
  /** Names of levels from the stage backwards; a venue uses as many as its capacity needs. */
  levels: readonly string[];
  /** Angle of the front row around the stage: 2.4 is an amphitheatre, 0.05 a row of pews. */
  maxArcRadians: number;
  /** Seats in the first and the widest row, as multiples of the square root of the seats on the ground level. */
  firstRowFactor: number;
  widestRowFactor: number;
  /** Seats from aisle to aisle. */
  maxSeatsPerBlockRow: number;
  /** One pair of boxes, four seats each, per this number of seats; 0: none. */
  seatsPerBoxPair: number;
  stage: string;
}

const ROW_DEPTH = 9;
/** Distance in the drawing between two levels, which lie above each other in the venue. */
const LEVEL_GAP = 40;
/** Maximum seats for one, two and three levels. */
const MAX_SEATS_BY_LEVEL_COUNT = [450, 1_100, 2_600];
/** Share of the seats per level, by number of levels. */
const LEVEL_SHARES = [[1], [0.65, 0.35], [0.5, 0.28, 0.22], [0.42, 0.22, 0.2, 0.16]];
const SEATS_PER_BOX = 4;

/** Lay out a venue with a stage at one end: stalls, circles drawn behind them, boxes along the walls. */
export function layOutTheatre(seats: number, style: TheatreStyle): VenueGeometry {
  const boxPairs = style.seatsPerBoxPair === 0 ? 0 : Math.min(12, Math.floor(seats / style.seatsPerBoxPair));
  const inLevels = seats - boxPairs * 2 * SEATS_PER_BOX;
  const levelCount = MAX_SEATS_BY_LEVEL_COUNT.filter((max) => inLevels > max).length + 1;
  const shares = LEVEL_SHARES[Math.min(levelCount, style.levels.length) - 1] ?? [1];

  const floorSeats = inLevels * (shares[0] ?? 1);
  const width = Math.max(1, style.widestRowFactor * Math.sqrt(floorSeats)) * SEAT_PITCH;
  const firstRow = (Math.max(1, style.firstRowFactor * Math.sqrt(floorSeats)) + 0.5) * SEAT_PITCH;
  const stage: Point = { x: 0, y: firstRow / style.maxArcRadians - Math.max(30, firstRow / 5) };

  const blocks: SeatingBlock[] = [];
  let radius = firstRow / style.maxArcRadians;
  let share = 0;
  shares.forEach((levelShare, index) => {
    share += levelShare;
    const target = index === shares.length - 1 ? inLevels : Math.round(inLevels * share);
    const level = emptyLevel(style, index, width, shares.length > 1);
    while (capacityOf(blocks) + capacityOf(level) < target) {
      addRow(level, style, radius, width, stage, index);
      radius += ROW_DEPTH;
    }
    blocks.push(...level);
    radius += LEVEL_GAP;
  });
  const boxes = Array.from({ length: boxPairs }, (_, pair) => boxPair(pair, width, stage)).flat();
  return { stage: { ...stage, label: style.stage }, areas: [], blocks: [...blocks, ...boxes] };
}

/** The empty blocks of a level, left to right. */
function emptyLevel(style: TheatreStyle, index: number, width: number, named: boolean): SeatingBlock[] {
  const level = style.levels[index] ?? `Level ${index + 1}`;
  const count = Math.max(1, Math.round(width / SEAT_PITCH / style.maxSeatsPerBlockRow));
  return blockNames(count).map((side) => ({
    key: slug(side === '' ? level : `${level} ${side}`),
    name: side === '' ? level : `${level} ${side}`,
    level: named ? level : '',
    stepFree: index === 0 ? 'FRONT_AND_BACK' : 'FRONT',
    rowNames: 'LETTERS',
    rows: [],
  }));
}

/** Add one row to all blocks of a level. The arc widens with the radius until it reaches the walls. */
function addRow(
  level: readonly SeatingBlock[],
  style: TheatreStyle,
  radius: number,
  width: number,
  stage: Point,
  index: number,
): void {
  const angleToWalls = width / 2 < radius ? 2 * Math.asin(width / 2 / radius) : Math.PI;
  const angle = Math.min(style.maxArcRadians, angleToWalls);
  const blockAngle = angle / level.length;
  const aisle = level.length === 1 ? 0 : AISLE;
  level.forEach((block, position) => {
    // screen angles, y downwards: π/2 points from the stage to the back, larger angles to the left
    const curve: Curve = {
      kind: 'ARC',
      centre: { x: 0, y: 0 },
      radius,
      middle: Math.PI / 2 + angle / 2 - blockAngle * (position + 0.5),
      turn: -1,
    };
    // a circle overhangs the stalls, so its front is nearer than in the drawing: 12 % per level
    const score = Math.round(distance(pointOn(curve, 0), stage) * (1 - 0.12 * index));
    // at least one seat per row of a single block, for the smallest venues
    const maxSeats = Math.max(level.length === 1 ? 1 : 0, seatsOn(blockAngle * radius - aisle));
    block.rows.push({ curve, maxSeats, score });
  });
}

/** Two opposite boxes, each with two rows of two seats along its wall. */
function boxPair(pair: number, width: number, stage: Point): SeatingBlock[] {
  return ([-1, 1] as const).map((side) => {
    const name = `Box ${pair * 2 + (side === -1 ? 1 : 2)}`;
    const rows = [0, 1].map((row): RowSlot => {
      const middle = { x: side * (width / 2 + 25 + row * ROW_DEPTH), y: stage.y + 30 + pair * 24 };
      return {
        curve: { kind: 'LINE', middle, direction: { x: 0, y: 1 } },
        maxSeats: SEATS_PER_BOX / 2,
        score: Math.round(distance(middle, stage)),
      };
    });
    return {
      key: slug(name),
      name,
      level: 'Boxes',
      stepFree: 'FRONT',
      rowNames: 'NUMBERS',
      fixed: true,
      rows,
    };
  });
}

function blockNames(count: number): string[] {
  switch (count) {
    case 1:
      return [''];
    case 2:
      return ['Left', 'Right'];
    case 3:
      return ['Left', 'Centre', 'Right'];
    case 4:
      return ['Left', 'Centre Left', 'Centre Right', 'Right'];
    case 5:
      return ['Far Left', 'Left', 'Centre', 'Right', 'Far Right'];
    default:
      return Array.from({ length: count }, (_, index) => `Block ${index + 1}`);
  }
}

const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
