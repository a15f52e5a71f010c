import { AISLE, distance, pointOn, SEAT_PITCH, seatsOn, type Curve, type Point } from './geometry.ts';
import type { RowSlot, SeatingBlock, VenueGeometry } from './venue-geometry.ts';
import { capacityOf } from './venue-geometry.ts';

/** How a theatre, hall or church differs from another. */
export interface TheatreStyle {
  /** From the stage backwards; a house has as many of them as it needs. */
  levels: readonly string[];
  /** What the front row would fill of a circle around the stage, in radians: 2.4 is an amphitheatre, 0.05 a row of pews. */
  maxArcRadians: number;
  /** Seats in the first and in the widest row of a level, as multiples of the root of its seats. */
  firstRowFactor: number;
  widestRowFactor: number;
  /** Most seats from aisle to aisle. */
  maxSeatsPerBlockRow: number;
  /** Boxes along the walls, four seats each, one pair for so many seats; 0: none. */
  seatsPerBoxPair: number;
  stage: string;
}

const ROW_DEPTH = 9;
/** Drawn between two levels, which in the house lie above each other. */
const LEVEL_GAP = 40;
/** Above that many seats a house needs one more level. */
const MAX_SEATS_BY_LEVEL_COUNT = [450, 1_100, 2_600];
/** What each level takes of the seats, by number of levels. */
const LEVEL_SHARES = [[1], [0.65, 0.35], [0.5, 0.28, 0.22], [0.42, 0.22, 0.2, 0.16]];
const SEATS_PER_BOX = 4;

/** Lay out a house with a stage at one end: stalls, circles behind them in the drawing, boxes at the walls. */
export function layOutTheatre(seats: number, style: TheatreStyle): VenueGeometry {
  const boxPairs = style.seatsPerBoxPair === 0 ? 0 : Math.min(12, Math.floor(seats / style.seatsPerBoxPair));
  const inLevels = seats - boxPairs * 2 * SEATS_PER_BOX;
  const wanted = MAX_SEATS_BY_LEVEL_COUNT.filter((most) => inLevels > most).length + 1;
  const shares = LEVEL_SHARES[Math.min(wanted, style.levels.length) - 1] ?? [1];

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

/** Add one row to all blocks of a level. Where the fan has reached the walls, rows keep their width. */
function addRow(
  level: readonly SeatingBlock[],
  style: TheatreStyle,
  radius: number,
  width: number,
  stage: Point,
  index: number,
): void {
  const toWall = width / 2 < radius ? 2 * Math.asin(width / 2 / radius) : Math.PI;
  const angle = Math.min(style.maxArcRadians, toWall);
  const part = angle / level.length;
  const aisle = level.length === 1 ? 0 : AISLE;
  level.forEach((block, at) => {
    // screen angles: y grows downwards, so a quarter turn looks from the stage to the back, and left is at the greater one
    const curve: Curve = {
      kind: 'ARC',
      centre: { x: 0, y: 0 },
      radius,
      middle: Math.PI / 2 + angle / 2 - part * (at + 0.5),
      turn: -1,
    };
    // the front of a circle hangs over the back of the stalls: better than the drawing makes it look
    const score = Math.round(distance(pointOn(curve, 0), stage) * (1 - 0.12 * index));
    // a tiny house in one block has at least its one seat
    const most = Math.max(level.length === 1 ? 1 : 0, seatsOn(part * radius - aisle));
    block.rows.push({ curve, maxSeats: most, score });
  });
}

/** Two boxes facing each other, each with two rows of two along its wall. */
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
