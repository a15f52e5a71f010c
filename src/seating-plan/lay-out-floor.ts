import { AISLE, distance, SEAT_PITCH, type Point } from './geometry.ts';
import type { Ground } from './lay-out-tier.ts';
import { capacityOf, type Area, type SeatingBlock } from './venue-geometry.ts';

/** Places on the ground in front of the stage: standing areas, or blocks of chairs. `places` is their total. */
export interface Floor {
  areas: Area[];
  blocks: SeatingBlock[];
  places: number;
}

/** 2.5 people per square metre: what event safety guides allow in front of a stage, with room to leave. */
const STANDING_PER_SQUARE_METRE = 2.5;
const SQUARE_METRE_DM2 = 100;
const ROW_DEPTH = 9;
const BLOCK_SEATS = 14;
const BLOCK_ROWS = 14;
/** A larger standing crowd is divided by a barrier. */
const MAX_STANDING_PER_AREA = 6_000;
/** Distance from the boards to the first place. */
const SAFETY_MARGIN = 20;

/** Lay out up to `requested` places on the ground, as many as fit. */
export function layOutFloor(ground: Ground, requested: number, seated: boolean, stage: Point): Floor {
  const west = -ground.length * 0.33;
  const east = ground.length / 2 - SAFETY_MARGIN;
  const south = ground.width / 2 - SAFETY_MARGIN;
  if (requested === 0) return { areas: [], blocks: [], places: 0 };
  return seated
    ? seatedFloor(west, east, south, requested, stage)
    : standingFloor(west, east, south, requested);
}

function standingFloor(west: number, east: number, south: number, requested: number): Floor {
  const room = Math.floor((((east - west) * 2 * south) / SQUARE_METRE_DM2) * STANDING_PER_SQUARE_METRE);
  const places = Math.min(requested, room);
  const area = (key: string, name: string, from: number, to: number, people: number): Area => ({
    key,
    name,
    level: 'Floor',
    places: people,
    outline: [
      { x: from, y: -south },
      { x: to, y: -south },
      { x: to, y: south },
      { x: from, y: south },
    ],
  });
  if (places <= MAX_STANDING_PER_AREA) {
    return { areas: [area('floor', 'Floor Standing', west, east, places)], blocks: [], places };
  }
  const front = Math.round(places * 0.3);
  const barrier = west + (east - west) * 0.3;
  return {
    areas: [
      area('floor-front', 'Front Standing', west, barrier - AISLE, front),
      area('floor-rear', 'Rear Standing', barrier, east, places - front),
    ],
    blocks: [],
    places,
  };
}

/** Blocks A, B, C … side by side, with rows facing the stage in the west. */
function seatedFloor(west: number, east: number, south: number, requested: number, stage: Point): Floor {
  const blockWidth = BLOCK_SEATS * SEAT_PITCH;
  const columns = Math.max(1, Math.floor((2 * south + AISLE) / (blockWidth + AISLE)));
  const blocks: SeatingBlock[] = [];
  let x = west;
  while (capacityOf(blocks) < requested && x + BLOCK_ROWS * ROW_DEPTH <= east) {
    for (let column = 0; column < columns && capacityOf(blocks) < requested; column++) {
      blocks.push(chairBlock(blocks.length, x, (column - (columns - 1) / 2) * (blockWidth + AISLE), stage));
    }
    x += BLOCK_ROWS * ROW_DEPTH + 2 * AISLE;
  }
  return { areas: [], blocks, places: Math.min(requested, capacityOf(blocks)) };
}

function chairBlock(index: number, x: number, y: number, stage: Point): SeatingBlock {
  const name = `Floor ${blockLetters(index)}`;
  return {
    key: name.toLowerCase().replace(' ', '-'),
    name,
    level: 'Floor',
    stepFree: 'FRONT_AND_BACK',
    rowNames: 'NUMBERS',
    rows: Array.from({ length: BLOCK_ROWS }, (_, row) => ({
      // seat 1 is on the left, facing west: on the south side
      curve: { kind: 'LINE', middle: { x: x + row * ROW_DEPTH, y }, direction: { x: 0, y: -1 } },
      maxSeats: BLOCK_SEATS,
      score: Math.round(distance({ x: x + (BLOCK_ROWS / 2) * ROW_DEPTH, y }, stage)),
    })),
  };
}

/** A, B, … Z, AA, AB, … */
const blockLetters = (index: number): string =>
  (index < 26 ? '' : blockLetters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
